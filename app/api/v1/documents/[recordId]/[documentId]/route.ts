import { readDocument } from '@/lib/server/disclosed-records';
import { sendFile } from '@/lib/server/download';
import { notFoundOrErased } from '@/lib/server/erased';
import { documentName } from '@/lib/server/file-type';
import { route } from '@/lib/server/route';
import { storedRange } from '@/lib/server/stored-range';

export const dynamic = 'force-dynamic';

/** GET: a document of a record, when the record is disclosed to the reader. */
export const GET = route<{ recordId: string; documentId: string }>(
  async ({ request, params: { recordId, documentId }, world, actor }) => {
    const found = await readDocument(world, recordId, documentId, await actor());
    if (!found) return notFoundOrErased(world.db, recordId);
    const { row, shared } = found;
    return sendFile(request, {
      name: documentName(row.title, row.mediaType),
      mediaType: row.mediaType,
      size: Number(row.size),
      sha256: row.sha256,
      shared,
      read: (from, to) => storedRange(world.storage, row.storageKey, from, to),
    });
  },
);
