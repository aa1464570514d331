import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { startProgram } from '@/lib/cli/supervise';
import { stopChild } from '@/lib/server/embedded/processes';
import type { BenchWorld } from './database';
import { percentile, type Figure } from './figure';
import type { Grown } from './sequencer-process';

const PER_SECOND = 1000;
const SECONDS = 8;
/** Filers are let go in groups this often, in milliseconds. */
const EVERY = 10;

interface Filed {
  commitment: string;
  /** When its filer asked, and when he had the receipt: milliseconds since the epoch. */
  asked: number;
  acknowledged: number;
}

const now = () => performance.timeOrigin + performance.now();

/**
 * Filings that come at a steady rate, each in a transaction of its own, whether or not the ones before are done. Bare: how
 * many operations a machine carries is measured by itself (log-filing.ts), and here the sequencer is to be pressed.
 */
async function fileSteadily(bench: BenchWorld): Promise<{ filed: Filed[]; perSecond: number }> {
  const filed: Filed[] = [];
  const fileOne = async () => {
    const asked = now();
    const commitment = randomBytes(32);
    await bench.pool.query('INSERT INTO filings (commitment, "filedAt") VALUES ($1, now())', [commitment]);
    filed.push({ commitment: commitment.toString('hex'), asked, acknowledged: now() });
  };
  const began = performance.now();
  const under: Promise<void>[] = [];
  while (under.length < PER_SECOND * SECONDS) {
    const due = Math.min(PER_SECOND * SECONDS, ((performance.now() - began) / 1000) * PER_SECOND);
    while (under.length < due) under.push(fileOne());
    await sleep(EVERY);
  }
  await Promise.all(under);
  return { filed, perSecond: filed.length / ((performance.now() - began) / 1000) };
}

/** The worker's sequencer in a process of its own. @returns how the log grew, and what ends it */
async function startSequencer(): Promise<{ grown: Grown[]; stop(): Promise<void> }> {
  const grown: Grown[] = [];
  const child = startProgram({
    name: 'sequencer',
    args: [path.join('lib', 'bench', 'sequencer-process.ts')],
    typescript: true,
    env: {},
    output: 'inherit',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The sequencer ended (${code})`)));
    child.on('message', (message) => {
      grown.push(message as Grown);
      resolve();
    });
  });
  return { grown, stop: () => stopChild(child, 'SIGTERM') };
}

/** Where each commitment stands from `first` on. */
async function indexesFrom({ pool }: BenchWorld, first: number): Promise<Map<string, number>> {
  const leaves = await pool.query<{ index: string; commitment: Buffer }>(
    'SELECT index, commitment FROM log_leaves WHERE index >= $1',
    [first],
  );
  return new Map(leaves.rows.map((row) => [row.commitment.toString('hex'), Number(row.index)]));
}

/** From a filing to a checkpoint over it, while records arrive and the sequencer works beside. */
export async function latency(bench: BenchWorld): Promise<Figure[]> {
  const first = await bench.world.db.leaf.count();
  const { grown, stop } = await startSequencer();
  let steady: Awaited<ReturnType<typeof fileSteadily>>;
  try {
    steady = await fileSteadily(bench);
    const all = first + PER_SECOND * SECONDS;
    for (let i = 0; i < 600 && (grown.at(-1)?.size ?? 0) < all; i += 1) await sleep(100);
  } finally {
    await stop();
  }
  const { filed, perSecond } = steady;
  const indexes = await indexesFrom(bench, first);
  const covered = ({ commitment }: Filed) => {
    const index = indexes.get(commitment) ?? Infinity;
    return grown.find(({ size }) => size > index)?.at ?? Infinity;
  };
  const waits = filed.map((one) => Math.max(0, covered(one) - one.acknowledged));
  const wholes = filed.map((one) => covered(one) - one.asked);
  const of100 = (values: number[], share: number) => Math.round(percentile(values, share));
  return [
    {
      name: 'filed (acknowledged) to under a checkpoint, for 95 records in 100',
      unit: 'ms',
      runs: [percentile(waits, 0.95)],
      wanted: [{ of: 'value', atMost: 1000 }],
      note:
        `The slowest of ${filed.length}: ${of100(waits, 1)} ms; from asking on, 95 in 100 within ${of100(wholes, 0.95)} ms. ` +
        `${grown.length} checkpoints; filers, sequencer and PostgreSQL are processes of their own.`,
    },
    {
      name: 'meanwhile filings came, one a transaction',
      unit: 'records/s',
      runs: [perSecond],
      wanted: [{ of: 'value', atLeast: 0.95 * PER_SECOND }],
    },
  ];
}
