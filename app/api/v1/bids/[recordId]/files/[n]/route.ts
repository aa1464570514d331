import { mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import { refuse } from '@/lib/procedure/refusal';
import { readRecord } from '@/lib/server/disclosed-records';
import { sendFile } from '@/lib/server/download';
import { notFoundOrErased, refuseErased } from '@/lib/server/erased';
import { erasedBid, openedBid, readBidFile } from '@/lib/server/open-file';
import { viewerOf } from '@/lib/server/readers';
import { route } from '@/lib/server/route';
import { skip } from '@/lib/server/stored-range';

export const dynamic = 'force-dynamic';

/** GET: file n (from 0) of an opened bid, taken out of its envelope with the published seed. */
export const GET = route<{ recordId: string; n: string }>(
  async ({ request, params, world, actor }) => {
    const who = await actor();
    const found = await readRecord(world, params.recordId, who);
    if (!found) return notFoundOrErased(world.db, params.recordId);
    const gone = erasedBid(found.process, params.recordId);
    if (gone) return refuseErased(gone);
    const pair = openedBid(found.process, params.recordId);
    const n = /^\d{1,3}$/.test(params.n) ? Number(params.n) : -1;
    const file = pair?.opened.data.files[n];
    if (!pair || !file) return refuse('not-found');
    const { process } = found;
    // A tenderer reads its own bid's record before the opening; its files open with all the others.
    if (!mayRead(process, pair.opened, viewerOf(process, who))) return refuse('not-found');
    return sendFile(request, {
      name: file.name,
      // The tenderer's own word for what it is: sent as a file to save, never shown by our pages.
      mediaType: 'application/octet-stream',
      size: file.size,
      sha256: file.sha256,
      shared: mayRead(process, pair.opened, PUBLIC_VIEWER),
      read: (from, to) => skip(readBidFile(world, process, pair.opened, n), from, to),
    });
  },
  { rate: { name: 'bid-files', perMinute: 60 } },
);
