import type { Db } from './db';

/** The parts of the registry whose state the worker writes down. */
export const PARTS = [
  'sequencer',
  'anchorer',
  'chain',
  'balance',
  'clock',
  'witnesses',
  'monitor',
  'erasures',
  'proofs',
] as const;
export type Part = (typeof PARTS)[number];

/**
 * The codes that a part reports; each has words in the messages. The facts of a code:
 * sequencer `late`: waiting, seconds. anchorer `late`: waiting, seconds; `stuck`: seconds, method; `fees-above-cap`: gwei,
 * cap; `refused` and `proof-wrong`: method. chain `away`: none; `slow` and `not-mining`: seconds; `wrong-chain`: configured;
 * `wrong-contract`: address; `foreign-root`: size, ours. balance `low`: days, address; `empty`: address. clock `clock-behind`
 * and `clock-ahead`: seconds. proofs, each: carried (closed stages whose evidence carries storage proofs), waiting; `wrong`: count.
 */
export const HEALTH_CODES = {
  sequencer: ['ok', 'late', 'failing'],
  anchorer: ['ok', 'late', 'stuck', 'fees-above-cap', 'refused', 'proof-wrong', 'failing'],
  chain: ['ok', 'away', 'slow', 'wrong-chain', 'wrong-contract', 'foreign-root', 'not-mining'],
  balance: ['ok', 'low', 'empty'],
  clock: ['ok', 'clock-behind', 'clock-ahead'],
  witnesses: ['ok', 'behind', 'away'],
  monitor: ['ok', 'alarms', 'late'],
  erasures: ['ok', 'waiting'],
  proofs: ['ok', 'not-given', 'wrong'],
} as const satisfies Record<Part, readonly string[]>;

/** `warning`: works, and will not for long; `down`: does not work now. */
export type PartState = 'ok' | 'warning' | 'down';

export interface PartReport {
  part: Part;
  state: PartState;
  /** Kebab-case; `ok` when there is nothing to say. The messages put each code into words (`status.health.<code>`). */
  code: string;
  /** What the words need: figures and names, nothing secret. */
  facts?: Record<string, string | number>;
}

/** What a reader of the status gets for one part. Times in milliseconds since the epoch. */
export interface PartHealth extends Required<PartReport> {
  since: number;
  checkedAt: number;
}

/** Writes down how a part stands; `since` is kept while state and code stay the same. */
export async function reportHealth(db: Db, report: PartReport, now: number): Promise<void> {
  const { part, state, code, facts = {} } = report;
  const time = new Date(now);
  // One statement: two workers may report at once while one takes over from the other.
  await db.$executeRaw`
    INSERT INTO part_health (part, state, code, facts, since, "checkedAt")
    VALUES (${part}, ${state}, ${code}, ${JSON.stringify(facts)}::jsonb, ${time}, ${time})
    ON CONFLICT (part) DO UPDATE SET
      since = CASE WHEN part_health.state = excluded.state AND part_health.code = excluded.code
                   THEN part_health.since ELSE excluded.since END,
      state = excluded.state, code = excluded.code, facts = excluded.facts, "checkedAt" = excluded."checkedAt"`;
}

/** Every part that has reported, in the order of `PARTS`. */
export async function readHealth(db: Db): Promise<PartHealth[]> {
  const rows = await db.partHealth.findMany();
  return PARTS.flatMap((part) => {
    const row = rows.find((r) => r.part === part);
    if (!row) return [];
    const facts = row.facts as Record<string, string | number>;
    const { state, code } = row;
    const times = { since: row.since.getTime(), checkedAt: row.checkedAt.getTime() };
    return [{ part, state: state as PartState, code, facts, ...times }];
  });
}
