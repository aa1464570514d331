import * as z from 'zod';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import { toHex } from '@/lib/record/hex';
import type { Tx } from './load-process';

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** The answer for a record whose entry is gone: since when, and the id of the order. Whole seconds, as people read it. */
export const refuseErased = (gone: { erasedAt: string; order: string }): Refusal =>
  refuse('erased', { at: `${gone.erasedAt.slice(0, 19)}.000Z`, detail: gone.order });

/**
 * What to answer where no record was found: that it was erased, when it was, and to everybody, since the order that
 * names it is public; else that there is nothing.
 */
export async function notFoundOrErased(tx: Tx, recordId: string): Promise<Refusal> {
  const row = isId(recordId) ? await tx.erasure.findUnique({ where: { recordId } }) : null;
  if (!row) return refuse('not-found');
  return refuseErased({ erasedAt: row.erasedAt.toISOString(), order: row.erasureRecordId });
}

export interface ErasedLeaf {
  recordId: string;
  /** 64 hex digits: the leaf that stays in the log. */
  commitment: string;
  index: number;
  /** Id of the record that ordered it. */
  order: string;
  erasedAt: string;
}

/** Most rows in one answer. */
const PAGE = 1000;

/** Every leaf of the log whose entry was erased, by record id, from after `after`; `next` when there are more. */
export async function listErased(
  tx: Tx,
  after: string | undefined,
): Promise<{ erased: ErasedLeaf[]; next: string | null }> {
  const rows = await tx.erasure.findMany({
    where: after === undefined ? {} : { recordId: { gt: after } },
    orderBy: { recordId: 'asc' },
    take: PAGE + 1,
    include: { record: { select: { commitment: true } } },
  });
  const page = rows.slice(0, PAGE);
  const leaves = await tx.leaf.findMany({
    where: { commitment: { in: page.map((row) => row.record.commitment) } },
  });
  const indexOf = new Map(leaves.map((leaf) => [toHex(leaf.commitment), Number(leaf.index)]));
  const erased = page.flatMap((row) => {
    const commitment = toHex(row.record.commitment);
    const index = indexOf.get(commitment);
    if (index === undefined) return [];
    const { recordId, erasureRecordId: order } = row;
    return [{ recordId, commitment, index, order, erasedAt: row.erasedAt.toISOString() }];
  });
  return { erased, next: rows.length > PAGE ? (page.at(-1)?.recordId ?? null) : null };
}
