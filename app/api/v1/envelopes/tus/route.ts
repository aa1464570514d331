import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { parse, query, route } from '@/lib/server/route';
import { beginUpload, TUS_HEADERS } from '@/lib/server/tus-uploads';
import { UPLOAD_LIMITS } from '@/lib/server/uploads';

const querySchema = z.strictObject({ tender: z.uuid('uuid') });

export const dynamic = 'force-dynamic';

/** POST: begins a sealed bid that comes in pieces (tus 1.0.0, creation). 201 with its `Location`. */
export const POST = route(
  async ({ request, url, world, actor }) => {
    const who = await actor();
    if (!who) return refuse('not-signed-in');
    const asked = parse(querySchema, query(url));
    return asked.ok ? beginUpload({ world, actor: who, request }, asked.value.tender) : asked;
  },
  { rate: { name: 'envelope-uploads', perMinute: 120, by: 'person' } },
);

/** OPTIONS: what of the protocol there is. */
export const OPTIONS = route(
  async () =>
    new Response(null, {
      status: 204,
      headers: {
        ...TUS_HEADERS,
        'Tus-Version': '1.0.0',
        'Tus-Extension': 'creation,creation-with-upload,termination',
        'Tus-Max-Size': String(UPLOAD_LIMITS.envelope),
      },
    }),
);
