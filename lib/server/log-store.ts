import { randomBytes } from 'node:crypto';
import { MerkleError } from '@/lib/merkle/error';
import { HASH_SIZE } from '@/lib/merkle/hash';
import { TILE_WIDTH, type TileId, type TileReader } from '@/lib/merkle/tile';
import { encodeEntries } from '@/lib/merkle/tile-path';
import type { Tx } from './load-process';

/**
 * Tiles, all in one query; null for one that the log has not grown to.
 *
 * A tile's first hashes never change, so a partial one is cut from any wider one of its place. The unfinished tile of
 * level 0 is not stored at all but hashed from the leaves that are there anyway, which takes 0.1 ms: a log that grows by
 * one record at a time would otherwise keep every width of it, measured at 4.9 KB a record, for ever.
 */
export async function readTiles(tx: Tx, wanted: readonly TileId[]): Promise<(Uint8Array | null)[]> {
  const rows = await tx.$queryRaw<{ data: Uint8Array | null }[]>`
    SELECT COALESCE(
             (SELECT t.data FROM log_tiles t
               WHERE t.level = w.level AND t.index = w.index AND t.width >= w.width
               ORDER BY t.width LIMIT 1),
             CASE WHEN w.level = 0 THEN
               (SELECT string_agg(sha256('\\x00'::bytea || l.commitment), ''::bytea ORDER BY l.index)
                  FROM log_leaves l
                 WHERE l.index >= w.index * ${TILE_WIDTH} AND l.index < w.index * ${TILE_WIDTH} + w.width)
             END) AS data
      FROM unnest(${wanted.map((tile) => tile.level)}::int[],
                  ${wanted.map((tile) => BigInt(tile.index))}::bigint[],
                  ${wanted.map((tile) => tile.width)}::int[]) WITH ORDINALITY AS w(level, index, width, place)
     ORDER BY w.place`;
  return wanted.map(({ width }, i) => {
    const bytes = rows[i]?.data?.subarray(0, width * HASH_SIZE);
    return bytes?.length === width * HASH_SIZE ? bytes : null;
  });
}

/** The entry bundle of the leaves under tile (0, `index`), as it is served; null while the log is shorter. */
export async function readEntries(tx: Tx, index: number, width: number): Promise<Uint8Array | null> {
  const first = BigInt(index) * BigInt(TILE_WIDTH);
  const leaves = await tx.leaf.findMany({
    where: { index: { gte: first, lt: first + BigInt(width) } },
    orderBy: { index: 'asc' },
  });
  return leaves.length === width ? encodeEntries(leaves.map((leaf) => leaf.commitment)) : null;
}

interface Asked {
  tile: TileId;
  resolve(bytes: Uint8Array): void;
  reject(error: unknown): void;
}

/** Reads tiles from the database. What is asked for in one go (a whole proof) is read by one query. */
export function tileReader(tx: Tx): TileReader {
  let waiting: Asked[] = [];
  const readAll = async () => {
    const asked = waiting;
    waiting = [];
    try {
      const tiles = await readTiles(
        tx,
        asked.map(({ tile }) => tile),
      );
      asked.forEach(({ tile, resolve, reject }, i) => {
        const bytes = tiles[i];
        if (bytes) resolve(bytes);
        else
          reject(
            new MerkleError('tile-missing', `level ${tile.level}, index ${tile.index}, width ${tile.width}`),
          );
      });
    } catch (error) {
      asked.forEach(({ reject }) => reject(error));
    }
  };
  return (level, index, width) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(() => void readAll());
      waiting.push({ tile: { level, index, width }, resolve, reject });
    });
}

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

/**
 * Puts commitments into the sequencer's queue, in this order, inside the transaction that makes their records.
 *
 * Nothing is notified: PostgreSQL lets transactions that notify commit one at a time only, each with its own wait for the
 * disk, which costs a crowd of filers a third of its speed. The sequencer looks every quarter of a second instead.
 */
export async function queueFilings(
  tx: Tx,
  commitments: readonly Uint8Array<ArrayBuffer>[],
  now: number,
): Promise<void> {
  const filedAt = new Date(now);
  await tx.filing.createMany({ data: commitments.map((commitment) => ({ commitment, filedAt })) });
}

/** Files a cover commitment: random bytes, so that the log's growth does not count acts (protocol §1). */
export async function fileCover(tx: Tx, now: number): Promise<void> {
  await queueFilings(tx, [new Uint8Array(randomBytes(32))], now);
}
