import { Prisma } from '@/prisma/generated/client';
import type { PublishedAnchor, PublishedRecord, PublishedStage } from '@/lib/audit/sources';
import { toHex } from '@/lib/record/hex';
import type { Tx } from '@/lib/server/load-process';

/** Anchors on one page. */
const ANCHORS = 500;

interface Row {
  id: string;
  type: string;
  stage: number | null;
  round: number | null;
  time: Date;
  commitment: Uint8Array;
  index: bigint | null;
  anchoredBy: string | null;
  text: string | null;
  salt: Uint8Array | null;
  erased: boolean;
}

/**
 * Records as an audit reads them: each column as it is kept, whatever the entry says, and whether it can be read or not.
 * Whose erasure has an order that holds is for the audit to find out.
 */
export async function recordRows(tx: Tx, where: Prisma.Sql): Promise<PublishedRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.type, r.stage, r.round, r.time, r.commitment, l.index,
           r.promise->>'anchoredBy' AS "anchoredBy", e.text, e.salt,
           EXISTS (SELECT 1 FROM erasures x WHERE x."recordId" = r.id) AS erased
      FROM records r
      LEFT JOIN entries e ON e."recordId" = r.id
      LEFT JOIN log_leaves l ON l.commitment = r.commitment
     WHERE ${where}
     ORDER BY r.filing`;
  return rows.map(({ text, ...row }) => ({
    ...row,
    time: row.time.toISOString(),
    commitment: toHex(row.commitment),
    index: row.index === null ? null : Number(row.index),
    entry: text,
    salt: row.salt && toHex(row.salt),
  }));
}

export const ofTender = (tenderId: string) => Prisma.sql`r."tenderId" = ${tenderId}::uuid`;

/** `ids` in the order of filing. */
export const withIds = (ids: readonly string[]) =>
  ids.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`r.id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;

export async function stageRows(tx: Tx, tenderId: string): Promise<PublishedStage[]> {
  const rows = await tx.stageClosure.findMany({
    where: { tenderId },
    orderBy: [{ stage: 'asc' }, { round: 'asc' }, { key: 'asc' }],
  });
  return rows.map(({ key, stage, round, rootHash, count, anchorIndex, leaves }) => ({
    key,
    stage,
    round,
    rootHash: toHex(rootHash),
    count,
    anchorIndex,
    // What is no number is at no place of the log.
    leaves: Array.isArray(leaves) ? leaves.map((index) => (typeof index === 'number' ? index : -1)) : [],
  }));
}

/** Anchors as the registry keeps them, each with the checkpoint that it gives out in evidence. */
export async function anchorRows(tx: Tx, from: number): Promise<PublishedAnchor[]> {
  const rows = await tx.anchor.findMany({
    where: { index: { gte: from } },
    orderBy: { index: 'asc' },
    take: ANCHORS,
  });
  const checkpoints = await tx.checkpoint.findMany({
    where: { treeSize: { in: rows.map(({ treeSize }) => treeSize) } },
    select: { treeSize: true, note: true },
  });
  const notes = new Map(checkpoints.map(({ treeSize, note }) => [treeSize, note]));
  return rows.map(({ index, treeSize, time, rootHash }) => ({
    index,
    treeSize: Number(treeSize),
    time: Math.floor(time.getTime() / 1000),
    rootHash: toHex(rootHash),
    checkpoint: notes.get(treeSize) ?? null,
  }));
}
