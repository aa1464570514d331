import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { takeEnvelope } from '@/lib/server/envelope-uploads';
import { announcedLength } from '@/lib/server/receive';
import { json, parse, query, route } from '@/lib/server/route';

const querySchema = z.strictObject({ tender: z.uuid('uuid') });

export const dynamic = 'force-dynamic';

/** POST: a sealed bid, as raw bytes. 201 {id, sha256, size}. */
export const POST = route(
  async ({ request, url, world, actor }) => {
    const who = await actor();
    if (!who) return refuse('not-signed-in');
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    const upload = {
      tenderId: asked.value.tender,
      actor: who,
      body: request.body,
      announced: announcedLength(request),
    };
    const taken = await takeEnvelope(world, upload);
    if (!taken.ok) return taken;
    const { id, sha256, size } = taken.upload;
    return json({ id, sha256, size }, { status: 201 });
  },
  { rate: { name: 'envelopes', perMinute: 30, by: 'person' } },
);
