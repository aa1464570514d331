import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { route } from '@/lib/server/route';
import { removeUpload } from '@/lib/server/uploads';

export const dynamic = 'force-dynamic';

/** DELETE: one's own upload, while it is not part of a record. 204. */
export const DELETE = route<{ id: string }>(async ({ params, world, actor }) => {
  const who = await actor();
  if (!who) return refuse('not-signed-in');
  if (!z.uuid().safeParse(params.id).success) return refuse('not-found');
  const removed = await removeUpload(world, who, params.id);
  return removed.ok ? new Response(null, { status: 204 }) : removed;
});
