import type { Verification } from '@/lib/evidence/verify';
import type { Checked, CheckOutcome } from './check';
import { isAnchored, isDisputed, type Standing } from './standing';

/**
 * What people are told of a file, in a word. In the order of a summary, which is also what decides when a file stands in
 * several records: nodes that contradict each other first, as then nothing counts; otherwise the best that is true of it.
 */
export const VERDICTS = {
  disputed: 'bad',
  genuine: 'ok',
  /** In the log on chain; its stage has not closed yet. */
  anchored: 'ok',
  superseded: 'warn',
  withdrawn: 'warn',
  ended: 'warn',
  /** In the log, and not on chain yet. */
  filed: 'info',
  promised: 'info',
  unchecked: 'warn',
  refuted: 'bad',
  altered: 'bad',
  unknown: 'bad',
  unreadable: 'bad',
  refused: 'warn',
  failed: 'warn',
  stopped: 'info',
  /** Part of an archive that is a registered document itself. */
  covered: 'ok',
  /** An archive whose files are checked one by one. */
  opened: 'info',
} as const satisfies Record<string, 'ok' | 'info' | 'warn' | 'bad'>;
export type VerdictKind = keyof typeof VERDICTS;
export const VERDICT_KINDS = Object.keys(VERDICTS) as VerdictKind[];

/** Standings that change the verdict; the others are said beside it. */
const BY_STANDING: Partial<Record<Standing['kind'], VerdictKind>> = {
  disputed: 'disputed',
  superseded: 'superseded',
  'earlier-round': 'superseded',
  replaced: 'withdrawn',
  withdrawn: 'withdrawn',
  cancelled: 'ended',
  ended: 'ended',
};

const BY_OUTCOME: Record<Verification['verdict']['outcome'], VerdictKind> = {
  proven: 'genuine',
  pending: 'filed',
  unchecked: 'unchecked',
  refuted: 'refuted',
};

/** The verdict on one record. */
export function verdictOf({
  verification,
  standing,
}: Pick<Checked, 'verification' | 'standing'>): VerdictKind {
  const { outcome } = verification.verdict;
  if (outcome === 'refuted') return 'refuted';
  if (isDisputed(verification)) return 'disputed';
  const since = standing === null ? undefined : BY_STANDING[standing.kind];
  if (since !== undefined) return since;
  return outcome === 'pending' && isAnchored(verification) ? 'anchored' : BY_OUTCOME[outcome];
}

/** The record that decides the verdict on a file which stands in several. */
export function decisive(results: readonly Checked[]): Checked | undefined {
  const rank = (checked: Checked): number => VERDICT_KINDS.indexOf(verdictOf(checked));
  return [...results].sort((a, b) => rank(a) - rank(b))[0];
}

/** The verdict on a file. @param archive it is one whose files are checked by themselves. */
export function verdictOn(outcome: CheckOutcome, archive = false): VerdictKind {
  switch (outcome.kind) {
    case 'checked': {
      const first = decisive(outcome.results);
      return first === undefined ? 'unreadable' : verdictOf(first);
    }
    case 'unknown':
      if (archive) return 'opened';
      return outcome.namesakes.length > 0 ? 'altered' : 'unknown';
    case 'receipt':
      return outcome.checked.holds ? 'promised' : 'refuted';
    default:
      return 'unreadable';
  }
}

type CountedKind = Exclude<VerdictKind, 'opened'>;
const COUNTED_KINDS = VERDICT_KINDS.filter((kind): kind is CountedKind => kind !== 'opened');

export interface Summary {
  /** Files that are counted: archives that were opened are not. */
  readonly files: number;
  readonly settled: number;
  /** How many of each, those that there are, in the order of `VERDICTS`. */
  readonly counts: readonly (readonly [CountedKind, number])[];
}

/** @param verdicts null for what is not settled yet */
export function summarize(verdicts: readonly (VerdictKind | null)[]): Summary {
  const counted = verdicts.filter((verdict) => verdict !== 'opened');
  const counts = COUNTED_KINDS.map(
    (kind) => [kind, counted.filter((verdict) => verdict === kind).length] as const,
  );
  return {
    files: counted.length,
    settled: counted.filter((verdict) => verdict !== null).length,
    counts: counts.filter(([, count]) => count > 0),
  };
}
