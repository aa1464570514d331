import { randomBytes } from 'node:crypto';
import type { TileReader } from '@/lib/merkle/tile';
import type { Tx } from './load-process';

/** Reads tiles from the database; a partial tile of another width is cut from a wider one, whose first hashes are the same. */
export const tileReader =
  (tx: Tx): TileReader =>
  async (level, index, width) => {
    const tile = await tx.tile.findFirst({
      where: { level, index: BigInt(index), width: { gte: width } },
      orderBy: { width: 'asc' },
    });
    if (!tile) throw new Error(`No tile at level ${level}, index ${index}, width ${width}`);
    return tile.data.subarray(0, width * 32);
  };

export interface LogHead {
  size: number;
  rootHash: Uint8Array;
  note: string;
  time: Date;
}

/** The newest checkpoint, or null for an empty log. */
export async function logHead(tx: Tx): Promise<LogHead | null> {
  const row = await tx.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } });
  return row && { size: Number(row.treeSize), rootHash: row.rootHash, note: row.note, time: row.time };
}

/** Files a cover commitment: random bytes, so that the log's growth does not count acts (protocol §1). */
export async function fileCover(tx: Tx, now: number): Promise<void> {
  await tx.filing.create({ data: { commitment: new Uint8Array(randomBytes(32)), filedAt: new Date(now) } });
}
