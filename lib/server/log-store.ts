import { randomBytes } from 'node:crypto';
import { MerkleError } from '@/lib/merkle/error';
import { HASH_SIZE } from '@/lib/merkle/hash';
import {
  proofFromTiles,
  TILE_WIDTH,
  type TileId,
  type TileMemory,
  type TileProofs,
  type TileReader,
} from '@/lib/merkle/tile';
import { encodeEntries } from '@/lib/merkle/tile-path';
import type { TreeLevels } from '@/lib/merkle/tree';
import type pg from 'pg';
import type { Tx } from './load-process';
import { nativeSha256 } from './sha256';

/** Of each tile asked for the widest that is kept of its place, or null for one that the log has not grown to. */
const FIND_TILES = `
  SELECT COALESCE(
           (SELECT t.data FROM log_tiles t
             WHERE t.level = w.level AND t.index = w.index AND t.width >= w.width
             ORDER BY t.width DESC LIMIT 1),
           CASE WHEN w.level = 0 THEN
             (SELECT string_agg(sha256('\\x00'::bytea || l.commitment), ''::bytea ORDER BY l.index)
                FROM log_leaves l
               WHERE l.index >= w.index * ${TILE_WIDTH} AND l.index < w.index * ${TILE_WIDTH} + w.width)
           END) AS data
    FROM unnest($1::int[], $2::bigint[], $3::int[]) WITH ORDINALITY AS w(level, index, width, place)
   ORDER BY w.place`;

type FoundTile = { data: Uint8Array | null };
type FindTiles = (levels: number[], indices: bigint[], widths: number[]) => Promise<FoundTile[]>;

/** In a transaction, or by the client. */
const findBy =
  (tx: Tx): FindTiles =>
  (...places) =>
    tx.$queryRawUnsafe<FoundTile[]>(FIND_TILES, ...places);

/** By a plain connection, planned once: half the time of a query through the client. */
const findByPool =
  (connections: pg.Pool): FindTiles =>
  async (...places) =>
    (await connections.query<FoundTile>({ name: 'tiles', text: FIND_TILES, values: places })).rows;

/** At least as wide as asked for; null for a tile that the log has not grown to. */
async function findTiles(find: FindTiles, wanted: readonly TileId[]): Promise<(Uint8Array | null)[]> {
  const rows = await find(
    wanted.map((tile) => tile.level),
    wanted.map((tile) => BigInt(tile.index)),
    wanted.map((tile) => tile.width),
  );
  return wanted.map(({ width }, i) => {
    const bytes = rows[i]?.data;
    return bytes && bytes.length >= width * HASH_SIZE ? bytes : null;
  });
}

/**
 * Tiles, all in one query; null for one that the log has not grown to.
 *
 * A tile's first hashes never change, so a partial one is cut from any wider one of its place. The unfinished tile of
 * level 0 is not stored at all but hashed from the leaves that are there anyway, which takes 0.1 ms: a log that grows by
 * one record at a time would otherwise keep every width of it, measured at 4.9 KB a record, for ever.
 */
export async function readTiles(tx: Tx, wanted: readonly TileId[]): Promise<(Uint8Array | null)[]> {
  const tiles = await findTiles(findBy(tx), wanted);
  return tiles.map((bytes, i) => bytes?.subarray(0, (wanted[i]?.width ?? 0) * HASH_SIZE) ?? null);
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

/** Reads tiles; what is asked for in one go (a whole proof) is read by one query. */
function batched(find: FindTiles): TileReader {
  let waiting: Asked[] = [];
  const readAll = async () => {
    const asked = waiting;
    waiting = [];
    try {
      const tiles = await findTiles(
        find,
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

/** Reads tiles from the database, in a transaction of the caller's. */
export const tileReader = (tx: Tx): TileReader => batched(findBy(tx));

/** How many full tiles above level 0 are kept in memory: 4 MB, and all that a log of four million leaves has. */
const REMEMBERED = 64;

/** The last used; a pool of connections has its own, as another database has another log. */
const memories = new WeakMap<pg.Pool, TileMemory>();

function memoryOf(connections: pg.Pool): TileMemory {
  const known = memories.get(connections);
  if (known) return known;
  const tiles = new Map<string, TreeLevels>();
  const touch = (tile: string, levels: TreeLevels) => {
    tiles.delete(tile);
    tiles.set(tile, levels);
    const oldest = tiles.size > REMEMBERED ? tiles.keys().next().value : undefined;
    if (oldest !== undefined) tiles.delete(oldest);
    return levels;
  };
  const memory: TileMemory = {
    get: (tile) => {
      const levels = tiles.get(tile);
      return levels && touch(tile, levels);
    },
    set: touch,
  };
  memories.set(connections, memory);
  return memory;
}

/**
 * Proofs as they are served, over connections of their own: outside the caller's transaction, which is no loss, as the
 * log only grows.
 */
export const servedProofs = (connections: pg.Pool): TileProofs =>
  proofFromTiles(batched(findByPool(connections)), nativeSha256, memoryOf(connections));

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
