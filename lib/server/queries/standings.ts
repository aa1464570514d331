import type { Part, PartHealth, PartState } from '../health';

// Pure rules over what the worker wrote down and what the tables say: the status page, the interface for machines and the
// metrics tell the same story.

/** `tenders`: whether any procedure waits for a step; no part of the worker reports it, the tables tell. */
export type StandingPart = Part | 'tenders';

export interface Standing {
  part: StandingPart;
  /** `silent`: the part has not been heard from; how it stands is not known. */
  state: PartState | 'silent';
  code: string;
  facts: Record<string, string | number>;
  /** In milliseconds since the epoch: since when it is so; for a silent part, when it was last heard. */
  since: number | null;
  /** When the part last reported; null where the tables told. */
  checkedAt: number | null;
}

/** What the tables say without any report. Times in milliseconds since the epoch, spans in milliseconds. */
export interface Backlog {
  filings: number;
  oldestFiling: number | null;
  /** Commitments in the log that no anchor covers. */
  unanchored: number;
  oldestUnanchored: number | null;
  /** How long a commitment may wait for its anchor before the promise counts as broken. */
  anchorPromise: number;
  stuckTenders: number;
  failedCalls: number;
}

/** A commitment that waits longer than this (milliseconds) says that the log does not move. */
export const LOG_LATE = 30_000;
/** A part that has not reported for longer than this (milliseconds) is silent. The monitor works once a minute. */
const HEARD = 60_000;
const HEARD_BY_PART: Partial<Record<Part, number>> = {
  monitor: 180_000,
  // Speaks only when there is something to erase.
  erasures: Infinity,
};

/** Whether filings wait longer than the log may take. */
export const logIsLate = ({ oldestFiling }: Backlog, now: number): boolean =>
  oldestFiling !== null && now - oldestFiling > LOG_LATE;

/** Parts that are asked of the chain: while it is down, their silence is its, and no news about the worker. */
const ASKED_OF_CHAIN: readonly Part[] = ['balance', 'clock', 'proofs'];

const isOld = ({ part, checkedAt }: PartHealth, now: number) =>
  now - checkedAt > (HEARD_BY_PART[part] ?? HEARD);

function heard(report: PartHealth, chainDown: boolean, now: number): Standing {
  const { part, state, code, facts, since, checkedAt } = report;
  if (!isOld(report, now)) return { part, state, code, facts, since, checkedAt };
  const why = chainDown && ASKED_OF_CHAIN.includes(part) ? 'unasked' : 'silent';
  return { part, state: 'silent', code: why, facts: {}, since: checkedAt, checkedAt };
}

/** What the tables know to be late, whatever its worker says or does not say. */
function late(backlog: Backlog, now: number): Standing[] {
  const found: Standing[] = [];
  const add = (part: 'sequencer' | 'anchorer', waiting: number, oldest: number) => {
    const facts = { waiting, seconds: Math.floor((now - oldest) / 1000) };
    found.push({ part, state: 'down', code: 'late', facts, since: oldest, checkedAt: null });
  };
  const { oldestFiling, oldestUnanchored } = backlog;
  if (oldestFiling !== null && logIsLate(backlog, now)) add('sequencer', backlog.filings, oldestFiling);
  if (oldestUnanchored !== null && now - oldestUnanchored > backlog.anchorPromise)
    add('anchorer', backlog.unanchored, oldestUnanchored);
  return found;
}

function tenders({ stuckTenders, failedCalls }: Backlog): Standing {
  const base = { part: 'tenders', since: null, checkedAt: null } as const;
  if (stuckTenders > 0) return { ...base, state: 'warning', code: 'waiting', facts: { count: stuckTenders } };
  if (failedCalls > 0) return { ...base, state: 'warning', code: 'refused', facts: { count: failedCalls } };
  return { ...base, state: 'ok', code: 'ok', facts: {} };
}

/** A part that the tables know to be late is down; what it names as the cause stays. */
function worsen(told: Standing, found: Standing): Standing {
  const ownCause = told.state !== 'silent' && !['ok', 'late'].includes(told.code);
  return ownCause ? { ...told, state: 'down' } : { ...found, checkedAt: told.checkedAt };
}

/**
 * How every part stands now: what has reported, silent where the report is old, and down where the tables say that it is
 * late. A part that never reported is left out.
 */
export function standings(reports: readonly PartHealth[], backlog: Backlog, now: number): Standing[] {
  const chainDown = reports.some((r) => r.part === 'chain' && r.state === 'down' && !isOld(r, now));
  const lateParts = late(backlog, now);
  const known = reports.map((report) => {
    const told = heard(report, chainDown, now);
    const found = lateParts.find(({ part }) => part === report.part);
    return found ? worsen(told, found) : told;
  });
  const unheard = lateParts.filter(({ part }) => !reports.some((report) => report.part === part));
  return [...unheard, ...known, tenders(backlog)];
}

/**
 * The one sentence at the top, worst first: open alarms, a worker that is silent as a whole, a log that stands, parts that
 * are down, warnings, a registry without an anchor yet, and nothing to report.
 */
export interface Overall {
  condition: 'alarms' | 'silent' | 'standing' | 'down' | 'warnings' | 'young' | 'well';
  /** Of alarms, of parts that are down, of warnings; 0 elsewhere. */
  count: number;
  /** For `silent`: when the worker was last heard; null if never. */
  since: number | null;
}

/** The parts that a running worker always reports: silent all together, there is no worker. */
const WORKERS_OWN: readonly StandingPart[] = ['sequencer', 'anchorer', 'chain'];

export function overall(
  parts: readonly Standing[],
  backlog: Backlog,
  facts: { alarms: number; anchored: boolean; now: number },
): Overall {
  const of = (condition: Overall['condition'], count = 0, since: number | null = null): Overall => ({
    condition,
    count,
    since,
  });
  if (facts.alarms > 0) return of('alarms', facts.alarms);
  const reported = parts.filter(({ checkedAt }) => checkedAt !== null);
  const lastHeard = Math.max(...reported.map(({ checkedAt }) => checkedAt ?? 0), 0);
  const own = reported.filter(({ part }) => WORKERS_OWN.includes(part));
  if (own.length > 0 && own.every(({ checkedAt }) => facts.now - (checkedAt ?? 0) > HEARD))
    return of('silent', 0, lastHeard);
  if (logIsLate(backlog, facts.now))
    return reported.length > 0 ? of('standing', backlog.filings) : of('silent');
  const down = parts.filter(({ state }) => state === 'down').length;
  if (down > 0) return of('down', down);
  const warnings = parts.filter(({ state }) => state === 'warning' || state === 'silent').length;
  if (warnings > 0) return of('warnings', warnings);
  return of(facts.anchored ? 'well' : 'young');
}
