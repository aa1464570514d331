import { randomBytes, randomUUID } from 'node:crypto';
import type { NewRecord } from '@/lib/procedure/decision';
import type { Actor } from '@/lib/procedure/roles';
import { fileRecords } from '@/lib/server/file-records';
import type { BenchWorld } from './database';
import { sequenceAll } from './log-sequencing';
import { percentile, sideBySide, timed, type Figure } from './figure';

const ROUNDS = 5;
/** Transactions a round, one record each, as almost every act files one. */
const TRANSACTIONS = 1500;
/** Filers at work at once: as many as there are connections. */
const TOGETHER = 10;
/** Filers of the last second. */
const FILERS = 1000;

const actor: Actor = {
  person: 'bench-person',
  name: 'Bench',
  organization: { id: 'bench-organization', name: 'Bench' },
} as unknown as Actor;

const draft = (): NewRecord =>
  ({
    type: 'signing-key',
    role: 'citizen',
    data: { publicKey: randomBytes(32).toString('hex'), demonstration: false },
  }) as NewRecord;

/** Files one record, as an operation does. */
export const fileOne = ({ world }: BenchWorld) =>
  world.db.$transaction((tx) => fileRecords(tx, world, [draft()], { actor, now: world.clock.now() }));

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

interface Row {
  record: Parameters<BenchWorld['world']['db']['record']['create']>[0]['data'];
  entry: { recordId: string; text: string; salt: Uint8Array<ArrayBuffer> };
  commitment: Uint8Array<ArrayBuffer>;
}

/** Rows as `fileOne` left them, under new keys. */
async function copies({ world }: BenchWorld, count: number): Promise<Row[]> {
  const found = await world.db.record.findMany({ include: { entry: true }, take: count });
  return found.map(({ entry, filing: _filing, ...record }) => {
    const id = randomUUID();
    const commitment = new Uint8Array(randomBytes(32));
    return {
      record: { ...record, id, commitment, promise: record.promise ?? {} } as Row['record'],
      entry: { recordId: id, text: entry?.text ?? '', salt: new Uint8Array(entry?.salt ?? []) },
      commitment,
    };
  });
}

/** The floor: the same three rows, made beforehand, in a Prisma transaction and nothing else. */
const insertOne = ({ world }: BenchWorld, row: Row) =>
  world.db.$transaction(async (tx) => {
    await tx.record.create({ data: row.record });
    await tx.entry.create({ data: row.entry });
    await tx.filing.create({ data: { commitment: row.commitment, filedAt: new Date() } });
  });

/** Filing through an operation's transaction, beside a bare one; and a thousand filers at once. */
export async function filing(bench: BenchWorld): Promise<Figure[]> {
  await inLanes(TRANSACTIONS, TOGETHER, () => fileOne(bench));
  const perSecond = (ms: number) => (TRANSACTIONS / ms) * 1000;
  const { runs, floorRuns } = await sideBySide(
    ROUNDS,
    async () => {
      const rows = await copies(bench, TRANSACTIONS);
      return perSecond(
        await timed(() => inLanes(rows.length, TOGETHER, (i) => insertOne(bench, rows[i] as Row))),
      );
    },
    async () => perSecond(await timed(() => inLanes(TRANSACTIONS, TOGETHER, () => fileOne(bench)))),
  );
  const together = await crowd(bench);
  await sequenceAll(bench);
  return [
    {
      name: 'filing one record through the transaction of an operation',
      unit: 'records/s',
      runs,
      floor: {
        name: 'a bare Prisma transaction that writes the same rows (record, entry, filing)',
        runs: floorRuns,
      },
      wanted: [{ of: 'ratio', atLeast: 0.5 }],
      note: `${TOGETHER} filers at once; validation, canonical form, commitment and signed promise included.`,
    },
    together,
  ];
}

/** A thousand filers at the same instant: each waits for his own receipt. */
async function crowd(bench: BenchWorld): Promise<Figure> {
  const before = await bench.world.db.record.count();
  const waits: number[] = [];
  const receipts = await Promise.all(
    Array.from({ length: FILERS }, async () => {
      const began = performance.now();
      const [receipt] = await fileOne(bench);
      waits.push(performance.now() - began);
      return receipt?.recordId;
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
