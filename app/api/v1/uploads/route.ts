import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { nameFile, plainName } from '@/lib/server/file-type';
import { announcedLength, tooLargeFor } from '@/lib/server/receive';
import { json, parse, query, route } from '@/lib/server/route';
import { takeDocument, UPLOAD_LIMITS } from '@/lib/server/uploads';

const querySchema = z.strictObject({
  tender: z.uuid('uuid'),
  name: z.string().min(1, 'required').max(1000, 'too-long'),
  type: z.string().max(255, 'too-long').default(''),
});

export const dynamic = 'force-dynamic';

/** POST: a document for a record to come, as raw bytes. 201 {id, name, mediaType, size, sha256}. */
export const POST = route(
  async ({ request, url, world, actor }) => {
    const who = await actor();
    if (!who) return refuse('not-signed-in');
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    const announced = announcedLength(request);
    if (announced !== null && announced > UPLOAD_LIMITS.document) return tooLargeFor(UPLOAD_LIMITS.document);
    const file = nameFile(asked.value.name, asked.value.type);
    if (!file) return refuse('upload-type', { detail: plainName(asked.value.name) });
    const taken = await takeDocument(
      world,
      { tenderId: asked.value.tender, actor: who, body: request.body, announced },
      file,
    );
    return taken.ok ? json(taken.upload, { status: 201 }) : taken;
  },
  { rate: { name: 'uploads', perMinute: 120, by: 'person' } },
);
