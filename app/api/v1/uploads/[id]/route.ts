import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { sendFile } from '@/lib/server/download';
import { route } from '@/lib/server/route';
import { storedRange } from '@/lib/server/stored-range';
import { removeUpload } from '@/lib/server/uploads';
import { waitingDocument } from '@/lib/server/waiting-document';

export const dynamic = 'force-dynamic';

/** GET: a document that waits to be published, for those who must read it first. */
export const GET = route<{ id: string }>(async ({ request, params, world, actor }) => {
  const who = await actor();
  if (!who) return refuse('not-signed-in');
  const upload = z.uuid().safeParse(params.id).success ? await waitingDocument(world, who, params.id) : null;
  if (!upload) return refuse('not-found');
  const { name, mediaType, size, sha256, storageKey } = upload;
  return sendFile(request, {
    name,
    mediaType,
    size: Number(size),
    sha256,
    shared: false,
    read: (from, to) => storedRange(world.storage, storageKey, from, to),
  });
});

/** DELETE: one's own upload, while it is not part of a record. 204. */
export const DELETE = route<{ id: string }>(async ({ params, world, actor }) => {
  const who = await actor();
  if (!who) return refuse('not-signed-in');
  if (!z.uuid().safeParse(params.id).success) return refuse('not-found');
  const removed = await removeUpload(world, who, params.id);
  return removed.ok ? new Response(null, { status: 204 }) : removed;
});
