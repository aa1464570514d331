import type { TenderRecord } from '@/lib/record/record';

/*
 * What a later record of the same tender does to an earlier one. One table, so that a new type of record has one place
 * to go. A rule is applied twice: to the registry's list, and then to the later record as its own evidence proves it.
 */

/**
 * `withdrawn`, `replaced`: of a bid. `superseded`: a later record of the kind takes its place. `ended`: the tender, or
 * this part of it, ended without an award. `amended`: in part, the rest of it stands.
 */
export type Effect = 'withdrawn' | 'replaced' | 'superseded' | 'ended' | 'amended';

/** A record and its place in the log. */
export interface Placed {
  readonly record: TenderRecord;
  readonly commitment: string;
  readonly index: number;
}

interface Rule {
  readonly effect: Effect;
  readonly applies: (earlier: Placed, later: Placed) => boolean;
}

/** Of these the last one counts, of each unit by itself (lib/procedure/state.ts). */
const LAST_COUNTS: ReadonlySet<string> = new Set([
  'committee-appointed',
  'publication-requested',
  'notice',
  'opening-postponed',
  'seeds-requested',
  'evaluators-appointed',
  'shortlist-proposed',
  'ranking',
  'award-intended',
]);

/** In the order in which they are asked: the first that applies is what people are told. */
const RULES: readonly Rule[] = [
  {
    effect: 'withdrawn',
    applies: (earlier, { record }) =>
      earlier.record.type === 'bid' &&
      record.type === 'bid-withdrawn' &&
      textAt(record, 'bid') === earlier.commitment,
  },
  {
    effect: 'replaced',
    applies: (earlier, { record }) =>
      earlier.record.type === 'bid' &&
      record.type === 'bid' &&
      textAt(record, 'replaces', 'bid') === earlier.commitment,
  },
  {
    effect: 'superseded',
    applies: ({ record: earlier }, { record }) =>
      LAST_COUNTS.has(earlier.type) &&
      earlier.type === record.type &&
      sameUnit(earlier, record) &&
      earlier.actor.organization === record.actor.organization,
  },
  {
    effect: 'ended',
    applies: ({ record: earlier }, { record }) =>
      record.type === 'tender-unsuccessful' && earlier.type !== record.type && covers(record, earlier),
  },
  {
    effect: 'amended',
    applies: ({ record: earlier }, { record }) => {
      const keyset = textAt(earlier, 'keysetHash');
      return record.type === 'committee-replaced' && keyset !== null && textAt(record, 'previous') === keyset;
    },
  },
];

/** What `later` does to `earlier`; null when nothing. */
export function effectOf(earlier: Placed, later: Placed): Effect | null {
  const related = later.record.ocid === earlier.record.ocid && later.index > earlier.index;
  return related ? (RULES.find(({ applies }) => applies(earlier, later))?.effect ?? null) : null;
}

/** The later record that matters most to an earlier one, and of several equal ones the last. */
export function successorOf<T extends Placed>(
  earlier: Placed,
  records: readonly T[],
): { readonly effect: Effect; readonly later: T } | null {
  const inOrder = [...records].sort((a, b) => b.index - a.index);
  for (const { effect } of RULES) {
    const later = inOrder.find((candidate) => effectOf(earlier, candidate) === effect);
    if (later !== undefined) return { effect, later };
  }
  return null;
}

function sameUnit(a: TenderRecord, b: TenderRecord): boolean {
  return a.unit?.lot === b.unit?.lot && a.unit?.part === b.unit?.part;
}

/** A record of the whole tender covers each unit of it. */
function covers(whole: TenderRecord, part: TenderRecord): boolean {
  return whole.unit === undefined || sameUnit(whole, part);
}

/** A text in the data of a record, by its path; null when there is none. */
function textAt({ data }: TenderRecord, ...path: readonly string[]): string | null {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return typeof value === 'string' ? value : null;
}
