import type { BenchWorld } from './database';
import { percentile, sideBySide, timed, type Figure } from './figure';
import { sequenceAll } from './log-sequencing';
import { appointOne, copiesOf, draftTenders, insertBare, registerOne } from './operations';

const ROUNDS = 5;
/** Transactions a round, one record each, as almost every act files one. */
const TRANSACTIONS = 1500;
/** Filers at work at once: as many as there are connections. */
const TOGETHER = 10;
/** Filers of the last second. */
const FILERS = 1000;

/** Does `work` `count` times, `together` at a time. */
async function inLanes(
  count: number,
  together: number,
  work: (i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: together }, lane));
}

interface Operation {
  name: string;
  /** The type of the record that it files. */
  files: string;
  /** The rows that it writes, for the floor's name. */
  rows: string;
  note: string;
  /** Not part of what is timed. @returns what does it once */
  prepare(bench: BenchWorld): Promise<(i: number) => Promise<unknown>>;
}

/** An act first: the more keys are registered, the more a registry holds that every act may have to look at. */
const OPERATIONS: Operation[] = [
  {
    name: 'an act on a tender (performAct: appoint-committee)',
    files: 'committee-appointed',
    rows: 'record, entry, filing, tender',
    note: "the tender's lock, its loading, permission, decision and refreshed row included.",
    prepare: async (bench) => {
      const tenders = await draftTenders(bench, TRANSACTIONS);
      return (i) => appointOne(bench, tenders[i] ?? '');
    },
  },
  {
    name: 'an act without a tender (registerKey)',
    files: 'signing-key',
    rows: 'record, entry, filing',
    note: "the person's lock and the look for the same key included.",
    prepare: async (bench) => () => registerOne(bench),
  },
];

async function filedBy(bench: BenchWorld, operation: Operation): Promise<Figure> {
  const perSecond = (ms: number) => (TRANSACTIONS / ms) * 1000;
  const act = async () => {
    const once = await operation.prepare(bench);
    return perSecond(await timed(() => inLanes(TRANSACTIONS, TOGETHER, once)));
  };
  const bare = async () => {
    const rows = await copiesOf(bench, operation.files, TRANSACTIONS);
    return perSecond(
      await timed(() => inLanes(rows.length, TOGETHER, (i) => insertBare(bench, rows[i] ?? never()))),
    );
  };
  await act();
  const { runs, floorRuns } = await sideBySide(ROUNDS, bare, act);
  return {
    name: `filing one record through ${operation.name}`,
    unit: 'records/s',
    runs,
    floor: {
      name: `a bare Prisma transaction that writes the same rows (${operation.rows})`,
      runs: floorRuns,
    },
    wanted: [{ of: 'ratio', atLeast: 0.5 }],
    note: `${TOGETHER} filers at once; validation, canonical form, commitment, signed promise, ${operation.note}`,
  };
}

function never(): never {
  throw new Error('Fewer rows than were asked for');
}

/** Filing through the product's operations, beside bare transactions; and a thousand filers at once. */
export async function filing(bench: BenchWorld): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const operation of OPERATIONS) figures.push(await filedBy(bench, operation));
  figures.push(await crowd(bench));
  await sequenceAll(bench);
  return figures;
}

/** A thousand filers at the same instant: each waits for his own receipt. */
async function crowd(bench: BenchWorld): Promise<Figure> {
  const before = await bench.world.db.record.count();
  const waits: number[] = [];
  const receipts = await Promise.all(
    Array.from({ length: FILERS }, async () => {
      const began = performance.now();
      const commitment = await registerOne(bench);
      waits.push(performance.now() - began);
      return commitment;
    }),
  );
  const after = await bench.world.db.record.count();
  const got = new Set(receipts).size;
  if (got !== FILERS || after - before !== FILERS)
    throw new Error(`${got} receipts, ${after - before} records`);
  return {
    name: `${FILERS.toLocaleString('en')} filers at the same instant, none lost: the slowest 5 in 100 wait`,
    unit: 'ms',
    runs: [percentile(waits, 0.95)],
    wanted: [{ of: 'value', atMost: 10_000 }],
  };
}
