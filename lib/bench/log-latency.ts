import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ROUND } from '@/lib/worker/run';
import { sequence } from '@/lib/worker/sequencer';
import type { BenchWorld } from './database';
import { percentile, type Figure } from './figure';

const PER_SECOND = 1000;
const SECONDS = 8;
/** Filings are let go in groups this often, in milliseconds. */
const EVERY = 10;
const CONNECTIONS = 16;

interface Filed {
  commitment: string;
  /** When its INSERT was sent, by this process's clock. */
  at: number;
}

/** Filers who come at a steady rate, each in a transaction of his own, whether or not the ones before are done. */
async function fileSteadily(databaseUrl: string): Promise<{ filed: Filed[]; perSecond: number }> {
  const filers = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const filed: Filed[] = [];
  const fileOne = async () => {
    const commitment = randomBytes(32);
    const at = performance.now();
    await filers.query('INSERT INTO filings (commitment, "filedAt") VALUES ($1, now())', [commitment]);
    filed.push({ commitment: commitment.toString('hex'), at });
  };
  const began = performance.now();
  const under: Promise<void>[] = [];
  while (under.length < PER_SECOND * SECONDS) {
    const due = Math.min(PER_SECOND * SECONDS, ((performance.now() - began) / 1000) * PER_SECOND);
    while (under.length < due) under.push(fileOne());
    await sleep(EVERY);
  }
  await Promise.all(under);
  const perSecond = filed.length / ((performance.now() - began) / 1000);
  await filers.end();
  return { filed, perSecond };
}

/** From the filing of a record to the commit of a checkpoint over it, while records arrive and the sequencer works. */
export async function latency({ world, pool, databaseUrl }: BenchWorld): Promise<Figure[]> {
  const first = await world.db.leaf.count();
  let size = first;
  let coming = true;
  const checkpoints: { size: number; at: number }[] = [];
  const sequencer = (async () => {
    while (coming || size < first + PER_SECOND * SECONDS) {
      const count = await sequence(world);
      size += count;
      if (count > 0) checkpoints.push({ size, at: performance.now() });
      await sleep(ROUND);
    }
  })();
  const { filed, perSecond } = await fileSteadily(databaseUrl);
  coming = false;
  await sequencer;
  const leaves = await pool.query<{ index: string; commitment: Buffer }>(
    'SELECT index, commitment FROM log_leaves WHERE index >= $1',
    [first],
  );
  const indexes = new Map(leaves.rows.map((row) => [row.commitment.toString('hex'), Number(row.index)]));
  const waits = filed.map(({ commitment, at }) => {
    const index = indexes.get(commitment) ?? Infinity;
    return (checkpoints.find((checkpoint) => checkpoint.size > index)?.at ?? Infinity) - at;
  });
  return [
    {
      name: 'filed to checkpoint, for 95 records in 100',
      unit: 'ms',
      runs: [percentile(waits, 0.95)],
      wanted: [{ of: 'value', atMost: 1000 }],
      note: `The slowest of ${filed.length}: ${Math.round(percentile(waits, 1))} ms, ${checkpoints.length} checkpoints.`,
    },
    {
      name: 'meanwhile records were filed, one a transaction',
      unit: 'records/s',
      runs: [perSecond],
      wanted: [{ of: 'value', atLeast: 0.95 * PER_SECOND }],
    },
  ];
}
