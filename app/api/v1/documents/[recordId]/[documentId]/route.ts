import { PUBLIC_VIEWER, mayRead } from '@/lib/procedure/disclosure';
import { readRecord } from '@/lib/server/disclosed-records';
import { sendFile } from '@/lib/server/download';
import { notFoundOrErased } from '@/lib/server/erased';
import { documentName } from '@/lib/server/file-type';
import { route } from '@/lib/server/route';
import { storedRange } from '@/lib/server/stored-range';

export const dynamic = 'force-dynamic';

/** GET: a document of a record, when the record is disclosed to the reader. */
export const GET = route<{ recordId: string; documentId: string }>(
  async ({ request, params, world, actor }) => {
    const found = await readRecord(world, params.recordId, await actor());
    const named = found?.filed.documents.some((d) => d.id === params.documentId);
    const row = named
      ? await world.db.recordDocument.findFirst({
          where: { id: params.documentId, recordId: params.recordId },
        })
      : null;
    if (!found || !row) return notFoundOrErased(world.db, params.recordId);
    return sendFile(request, {
      name: documentName(row.title, row.mediaType),
      mediaType: row.mediaType,
      size: Number(row.size),
      sha256: row.sha256,
      shared: mayRead(found.process, found.filed, PUBLIC_VIEWER),
      read: (from, to) => storedRange(world.storage, row.storageKey, from, to),
    });
  },
);
