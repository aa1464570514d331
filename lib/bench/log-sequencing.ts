import { randomBytes } from 'node:crypto';
import { sequenceWaiting } from '@/lib/worker/sequencer';
import { sequencerDuty } from '@/lib/worker/sequencer-duty';
import type { BenchWorld } from './database';
import { sideBySide, timed, type Figure } from './figure';

const RECORDS = 50_000;
const ROUNDS = 5;

/** Puts commitments of random bytes into the sequencer's queue; not part of what is timed. */
export async function fileMany({ pool }: BenchWorld, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO filings (commitment, "filedAt")
     SELECT substring($1::bytea FROM i * 32 + 1 FOR 32), now() FROM generate_series(0, $2::int - 1) AS i`,
    [randomBytes(32 * count), count],
  );
}

/** Sequences until the queue is empty. @returns how many. */
export const sequenceAll = ({ world }: BenchWorld): Promise<number> => sequenceWaiting(world);

/** One round of the worker's duty, as it runs: it must not leave half of a long queue for the next round. */
async function dutyRound({ world }: BenchWorld): Promise<void> {
  await sequencerDuty(world).round(new AbortController().signal);
  const left = await world.db.filing.count();
  if (left > 0) throw new Error(`${left} filings were left to the next round`);
}

const TABLES = ['log_leaves', 'log_tiles', 'log_checkpoints'] as const;

interface Batch {
  leaves: { index: string; commitment: Buffer }[];
  tiles: { level: number; index: string; width: number; data: Buffer }[];
  checkpoint: { treeSize: string; rootHash: Buffer; note: string; time: Date };
}

/** The rows that the sequencer wrote above `size`, batch by batch, as they stand in the database. */
async function batchesAbove({ pool }: BenchWorld, size: number): Promise<Batch[]> {
  const checkpoints = await pool.query<Batch['checkpoint']>(
    'SELECT * FROM log_checkpoints WHERE "treeSize" > $1 ORDER BY 1',
    [size],
  );
  const batches: Batch[] = [];
  let from = size;
  for (const checkpoint of checkpoints.rows) {
    const to = Number(checkpoint.treeSize);
    const leaves = await pool.query<Batch['leaves'][number]>(
      'SELECT * FROM log_leaves WHERE index >= $1 AND index < $2 ORDER BY index',
      [from, to],
    );
    batches.push({ leaves: leaves.rows, tiles: [], checkpoint });
    from = to;
  }
  const tiles = await pool.query<Batch['tiles'][number] & { end: string }>(
    'SELECT *, ((index * 256 + width) * 256::bigint ^ level)::bigint AS end FROM log_tiles ORDER BY 5',
  );
  for (const { end, ...tile } of tiles.rows) {
    // A tile was written with the first checkpoint that covers all of it.
    const batch = batches.find(({ checkpoint }) => BigInt(checkpoint.treeSize) >= BigInt(end));
    if (BigInt(end) > BigInt(size)) batch?.tiles.push(tile);
  }
  return batches;
}

/** The floor: the same rows by multi-row INSERTs, one a table, a transaction for each batch, and nothing else. */
async function insertBare({ pool }: BenchWorld, batches: readonly Batch[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { leaves, tiles, checkpoint } of batches) {
      await client.query('BEGIN');
      await client.query('INSERT INTO bare_log_leaves SELECT * FROM unnest($1::bigint[], $2::bytea[])', [
        leaves.map((leaf) => leaf.index),
        leaves.map((leaf) => leaf.commitment),
      ]);
      await client.query(
        'INSERT INTO bare_log_tiles SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[], $4::bytea[])',
        [
          tiles.map((tile) => tile.level),
          tiles.map((tile) => tile.index),
          tiles.map((tile) => tile.width),
          tiles.map((tile) => tile.data),
        ],
      );
      const { treeSize, rootHash, note, time } = checkpoint;
      await client.query('INSERT INTO bare_log_checkpoints VALUES ($1, $2, $3, $4)', [
        treeSize,
        rootHash,
        note,
        time,
      ]);
      await client.query('COMMIT');
    }
  } finally {
    client.release();
  }
}

/** Sequencing a queue of filings, beside the bare writing of the rows that it leaves behind. */
export async function sequencing(bench: BenchWorld): Promise<Figure[]> {
  const { pool, world } = bench;
  // Tables of the same shape with the same indexes: where the rows go a second time.
  for (const table of TABLES) await pool.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`);
  const round = async () => {
    const size = await world.db.leaf.count();
    await fileMany(bench, RECORDS);
    const took = await timed(() => dutyRound(bench));
    const batches = await batchesAbove(bench, size);
    const bare = await timed(() => insertBare(bench, batches));
    return { took, bare };
  };
  await round();
  const rounds: { took: number; bare: number }[] = [];
  const perSecond = (ms: number) => (RECORDS / ms) * 1000;
  const { runs, floorRuns } = await sideBySide(
    ROUNDS,
    async () => {
      rounds.push(await round());
      return perSecond(rounds.at(-1)?.bare ?? NaN);
    },
    () => perSecond(rounds.at(-1)?.took ?? NaN),
  );
  const written = await world.db.leaf.count();
  // The duty may add a cover commitment.
  if (written < RECORDS * (ROUNDS + 1)) throw new Error(`${written} leaves were written`);
  return [
    {
      name: "sequencing: filed to indexed, in durable tiles, under a signed checkpoint, by the worker's own duty",
      unit: 'records/s',
      runs,
      floor: {
        name: 'bare multi-row INSERTs of the same leaves, tiles and checkpoints, in transactions of the same size',
        runs: floorRuns,
      },
      wanted: [
        { of: 'value', atLeast: 5000 },
        { of: 'ratio', atLeast: 0.5 },
      ],
      note: `${RECORDS.toLocaleString('en')} waiting filings a run; one connection, one transaction at a time, fsync on.`,
    },
  ];
}
