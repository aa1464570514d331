import * as z from 'zod';
import { DISCLOSURE, mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import type { Actor } from '@/lib/procedure/roles';
import type { Filed, Process } from '@/lib/procedure/state';
import type { RecordType } from '@/lib/record/catalogue';
import type { RecordDocument } from '@/prisma/generated/client';
import { loadProcess } from './load-process';
import { bidReader, viewerOf } from './readers';
import type { World } from './world';

export interface ReadableRecord {
  process: Process;
  filed: Filed;
  tenderId: string;
}

/** A record of a process, if this reader may read it now; null in every other case, without saying which. */
export async function readRecord(
  world: World,
  recordId: string,
  actor: Actor | null,
): Promise<ReadableRecord | null> {
  if (!z.uuid().safeParse(recordId).success) return null;
  const row = await world.db.record.findUnique({ where: { id: recordId }, select: { tenderId: true } });
  const process = row?.tenderId ? await loadProcess(world.db, world, row.tenderId, bidReader(actor)) : null;
  const filed = process?.filed.find((f) => f.id === recordId);
  if (!row?.tenderId || !process || !filed) return null;
  return mayRead(process, filed, viewerOf(process, actor))
    ? { process, filed, tenderId: row.tenderId }
    : null;
}

/** A document of a record that this reader may read now, and whether everybody may; null in every other case. */
export async function readDocument(
  world: World,
  recordId: string,
  documentId: string,
  actor: Actor | null,
): Promise<{ row: RecordDocument; shared: boolean } | null> {
  if (![recordId, documentId].every((id) => z.uuid().safeParse(id).success)) return null;
  const row = await world.db.recordDocument.findFirst({
    where: { id: documentId, recordId },
    include: { record: { select: { tenderId: true, type: true } } },
  });
  if (!row) return null;
  const { tenderId, type } = row.record;
  if (tenderId === null) return publicAtFiling(type) ? { row, shared: true } : null;
  const found = await readRecord(world, recordId, actor);
  if (!found?.filed.documents.some((d) => d.id === documentId)) return null;
  return { row, shared: mayRead(found.process, found.filed, PUBLIC_VIEWER) };
}

/** Records of no process (signing keys, programs) follow the same table; only what is public at filing is public. */
export const publicAtFiling = (type: string): boolean =>
  Object.hasOwn(DISCLOSURE, type) && DISCLOSURE[type as RecordType].public === 'filing';
