import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { attachment } from '@/lib/server/download';
import { notFoundOrErased } from '@/lib/server/erased';
import { receiptFor } from '@/lib/server/receipt';
import { json, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: one's own receipt (protocol §6), as a file to keep. */
export const GET = route<{ recordId: string }>(async ({ params: { recordId }, world, actor }) => {
  const who = await actor();
  if (!who) return refuse('not-signed-in');
  const known = z.uuid().safeParse(recordId).success;
  const receipt = known ? await receiptFor(world, recordId, who) : null;
  if (!receipt) return notFoundOrErased(world.db, recordId);
  return json(receipt, { headers: { 'Content-Disposition': attachment(`receipt-${recordId}.json`) } });
});
