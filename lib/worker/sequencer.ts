import { setImmediate } from 'node:timers/promises';
import {
  append,
  edgeFromTiles,
  EMPTY_LOG,
  rootOfEdge,
  type LogEdge,
  type TileData,
} from '@/lib/merkle/append';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { tileHashes } from '@/lib/merkle/tile';
import { concatBytes, equalBytes, HASH_SIZE } from '@/lib/merkle/hash';
import { fromHex, toHex } from '@/lib/record/hex';
import type { Tx } from '@/lib/server/load-process';
import { logHead, tileReader } from '@/lib/server/log-store';
import { nativeSha256 } from '@/lib/server/sha256';
import type { World } from '@/lib/server/world';

/** Filings taken in one transaction: a tenth of a second's work. */
export const BATCH = 5000;
/** Mean time between cover commitments, in seconds. */
export const COVER_EVERY = 300;
/** Only one transaction at a time may extend the log; the number is the lock's name. */
const SEQUENCER_LOCK = 7_301;

/**
 * Takes the oldest waiting commitments out of the queue, in the order of the log.
 *
 * That order is by `filings.id`, which a transaction draws before it commits: of two that overlap either may become
 * visible first, and one seen later comes later whatever its id. But what was acknowledged before another began has the
 * smaller id, and whoever sees the other sees it too: no record is ever put before one that its filer could know of. Acts
 * on one process wait for its lock, so its records stand exactly in the order in which they were committed.
 *
 * One statement, so that what is taken is what is removed: two would see two different queues.
 * @returns the commitments one after the other.
 */
async function takeFilings(tx: Tx): Promise<Uint8Array> {
  const [row] = await tx.$queryRaw<{ count: number; taken: Uint8Array | null }[]>`
    WITH taken AS (
      DELETE FROM filings
       WHERE id <= (SELECT max(id) FROM (SELECT id FROM filings ORDER BY id LIMIT ${BATCH}) AS oldest)
      RETURNING id, commitment)
    SELECT count(*)::int AS count, string_agg(commitment, ''::bytea ORDER BY id) AS taken FROM taken`;
  const bytes = row?.taken ?? new Uint8Array();
  if (bytes.length !== (row?.count ?? 0) * HASH_SIZE)
    throw new Error(
      'A filing holds something else than 32 bytes: something altered the database; run the audit',
    );
  return bytes;
}

/**
 * The log's right edge, read back and held against the checkpoint: a log key must never sign a root over leaves or tiles
 * that somebody altered, since that root would contradict the one before.
 */
async function currentEdge(tx: Tx): Promise<LogEdge> {
  const head = await logHead(tx);
  if (!head) return EMPTY_LOG;
  const edge = await edgeFromTiles(tileReader(tx), head.size);
  const root = rootOfEdge(edge, nativeSha256);
  if (equalBytes(root, head.rootHash)) return edge;
  throw new Error(
    `The log's tiles give root ${toHex(root)} at size ${head.size}, its checkpoint says ${toHex(head.rootHash)}: ` +
      'something altered the database. Nothing more is signed; run the audit, and restore what it names',
  );
}

/** One value for all rows, cut apart by the database: many small values would cost more to send than to store. */
async function writeLeaves(tx: Tx, first: number, commitments: Uint8Array): Promise<void> {
  const all = commitments as Uint8Array<ArrayBuffer>;
  await tx.$executeRaw`
    INSERT INTO log_leaves (index, commitment)
    SELECT ${BigInt(first)}::bigint + i, substring(${all}::bytea FROM i * ${HASH_SIZE} + 1 FOR ${HASH_SIZE})
      FROM generate_series(0, ${commitments.length / HASH_SIZE - 1}) AS i`;
}

async function writeTiles(tx: Tx, tiles: readonly TileData[]): Promise<void> {
  if (tiles.length === 0) return;
  const all = concatBytes(...tiles.map((tile) => tile.bytes)) as Uint8Array<ArrayBuffer>;
  let at = 1;
  const starts = tiles.map((tile) => {
    const start = at;
    at += tile.bytes.length;
    return start;
  });
  await tx.$executeRaw`
    INSERT INTO log_tiles (level, index, width, data)
    SELECT level, index, width, substring(${all}::bytea FROM start FOR width * ${HASH_SIZE})
      FROM unnest(${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => BigInt(tile.index))}::bigint[],
                  ${tiles.map((tile) => tile.width)}::int[], ${starts}::int[]) AS t(level, index, width, start)`;
}

/**
 * Gives every waiting commitment its index, in one transaction with the tiles and the signed checkpoint: a reader never
 * sees a leaf that no checkpoint covers. @returns how many were sequenced.
 */
export async function sequence(world: World): Promise<number> {
  // Most rounds find nothing: those need no transaction, and no lock.
  if ((await world.db.filing.findFirst({ select: { id: true } })) === null) return 0;
  return world.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK}::bigint)`;
    const commitments = await takeFilings(tx);
    if (commitments.length === 0) return 0;
    const before = await currentEdge(tx);
    const each = tileHashes(commitments, commitments.length / HASH_SIZE);
    // The leaves are on their way to the database while the tree over them is hashed.
    const [{ state, rootHash, fullTiles, partialTiles }] = await Promise.all([
      setImmediate().then(() => append(before, each, nativeSha256)),
      writeLeaves(tx, before.size, commitments),
    ]);
    // The unfinished tile of level 0 is made from the leaves when it is read (see `readTiles`).
    await writeTiles(tx, [...fullTiles, ...partialTiles.filter((tile) => tile.level > 0)]);
    const { REGISTRY_ORIGIN: origin, LOG_KEY } = world.env;
    const note = signCheckpoint({ origin, size: state.size, rootHash }, fromHex(LOG_KEY, 32));
    await tx.checkpoint.create({
      data: {
        treeSize: BigInt(state.size),
        rootHash: new Uint8Array(rootHash),
        note,
        time: new Date(world.clock.now()),
      },
    });
    return each.length;
  });
}

/**
 * Sequences until less than a whole batch was waiting: a long queue must not wait for the next round after each batch.
 * @returns how many were sequenced.
 */
export async function sequenceWaiting(world: World, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (let count = BATCH; count === BATCH && signal?.aborted !== true; total += count)
    count = await sequence(world);
  return total;
}
