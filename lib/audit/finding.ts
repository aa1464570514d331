/*
 * Everything that an audit can say, as one closed table. An `error` is something that an honest registry never shows; a
 * `notice` is worth knowing and proves nothing.
 */

export type Severity = 'error' | 'notice';

interface Kind {
  readonly severity: Severity;
  readonly says: string;
}

const error = (says: string): Kind => ({ severity: 'error', says });
const notice = (says: string): Kind => ({ severity: 'notice', says });

export const FINDINGS = {
  'contract-code-differs': error(
    'The code on chain is not that of the pinned contract: nothing it says counts',
  ),
  'checkpoint-missing': error(
    'The log serves no checkpoint, though it has been seen or anchored with leaves',
  ),
  'checkpoint-malformed': error('The checkpoint is not a signed note of a log'),
  'checkpoint-of-another': error('The checkpoint names another log'),
  'checkpoint-unsigned': error('The checkpoint is not signed by the pinned key of the log'),
  'checkpoint-root': error('The signed root is not the root of the leaves that are served'),
  'log-shrank': error('The log is shorter than it was at the last audit'),
  'log-rewritten': error('The log no longer begins with the leaves that it had at the last audit'),
  'log-behind-anchor': error(
    'The log is shorter than what is anchored on chain: leaves are missing at its end',
  ),
  'leaf-missing': error('A leaf that the log counts is not served'),
  'leaf-differs': error('A leaf is not the one that the tiles and the root hold'),
  'leaf-beyond-checkpoint': error('A leaf lies beyond the newest checkpoint'),
  'tile-missing': error('A tile that the log must have is not served'),
  'tile-differs': error('A tile does not hold the hash that its leaves give'),
  'subtree-differs': error('These leaves and their tile were changed together: the signed root has others'),
  'anchor-root': error('The leaves that are served do not give the root that is anchored on chain'),
  'anchor-order': error('An anchor on chain is smaller or earlier than the one before it'),
  'anchor-row-differs': error('The registry states an anchor otherwise than the chain does'),
  'anchor-not-on-chain': error('The registry states an anchor that the chain does not hold'),
  'checkpoint-row-differs': error('A checkpoint that the registry keeps is not the one of its size'),
  'anchor-checkpoint': error(
    'The checkpoint that the registry keeps for this size is not the one that was signed',
  ),
  'process-missing': error('A process that is on chain is not published by the registry'),
  'process-not-on-chain': error('The registry publishes a process that the chain does not know'),
  'process-key': error('The key of a process is not the SHA-256 of its ocid'),
  'stage-list-missing': error('A stage that is closed on chain has no published list of leaves'),
  'stage-list-late': notice('A stage closed a moment ago; its list of leaves is not published yet'),
  'stage-not-on-chain': error('The registry publishes a closed stage that the chain does not hold'),
  'stage-row-differs': error('The registry states a closed stage otherwise than the chain does'),
  'stage-count': error('The list of leaves of a stage is not as long as the count on chain'),
  'stage-order': error('The list of leaves of a stage is not strictly ascending'),
  'stage-above-anchor': error('A leaf of a stage lies beyond the anchor that the stage closed against'),
  'stage-root': error('The listed leaves do not give the root of the stage on chain'),
  'stage-early': error('A stage closed before it was allowed to'),
  'stage-out-of-order': error('A stage closed out of order'),
  'leaf-in-two-stages': error('One leaf is listed in two stages of a process'),
  'stage-lists-foreign': error('A stage lists a record that names another stage'),
  'notice-differs': error('The notice is not the one that was published on chain'),
  'award-differs': error('The announced award is not the one on chain'),
  'bid-after-due': error('A bid is dated after the time when bids were due'),
  'entry-missing': error('The entry of a record is gone, and no signed erasure says so'),
  'entry-malformed': error('A published entry is not an entry in canonical form'),
  'entry-differs': error('A published entry and salt do not give the commitment in the log'),
  'entry-moved': error('A record is not at the index where the registry says it is'),
  'record-row-differs': error('The registry states a fact of a record otherwise than the record itself'),
  'record-not-in-log': error('A published record is not in the log, though its time to be there has passed'),
  'record-not-in-stage': error('A record names a closed stage whose list does not have it'),
  'record-after-anchor': error('A record is dated later than the anchor that already holds it'),
  'record-withdrawn': error('A record that was published at an earlier audit is gone'),
  'promise-broken': error('The registry signed to anchor a record in time, and the anchor does not have it'),
  'receipt-not-in-stage': error('The registry signed for a record that the closed stage omits'),
  'receipt-invalid': notice('A receipt does not hold: it proves nothing about this registry'),
  'receipt-pending': notice('The time of a receipt has not come yet: nothing is owed'),
  'receipt-not-sequenced': notice(
    'A record is not in the log yet; it is owed when an anchor is due, not before',
  ),
} as const satisfies Record<string, Kind>;

export type FindingCode = keyof typeof FINDINGS;

/** What is wrong: as many of these as are known. Stages and rounds by number, processes by key (64 hex digits). */
export interface Subject {
  readonly recordId?: string;
  /** Of the log. */
  readonly index?: number;
  /** Where a run of leaves is meant: from `index` to this one, included. */
  readonly lastIndex?: number;
  readonly level?: number;
  readonly tile?: number;
  /** Of a checkpoint, in leaves. */
  readonly size?: number;
  readonly anchorIndex?: number;
  readonly process?: string;
  readonly key?: string;
  readonly stage?: number;
  readonly round?: number;
  /** Which fact of a record, anchor or stage. */
  readonly field?: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly expected: string;
  readonly found: string;
}

export type Value = string | number | null | undefined;
export type Report = (code: FindingCode, subject: Subject, expected: Value, found: Value) => void;

/** Most findings of one code that are kept: a log whose order was shifted would name every leaf of it. */
export const MOST_PER_CODE = 200;

export interface Findings {
  readonly report: Report;
  list(): Finding[];
  /** How many were left out, by code. */
  more(): Partial<Record<FindingCode, number>>;
  /** True when nothing but notices was reported. */
  clean(): boolean;
}

/** Collects findings; the same one twice is one. */
export function collectFindings(): Findings {
  const kept = new Map<string, Finding>();
  const counts = new Map<FindingCode, number>();
  const text = (value: Value) => (value === null || value === undefined ? '' : String(value));
  return {
    report(code, subject, expected, found) {
      const id = findingKey({ code, subject });
      if (kept.has(id)) return;
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > MOST_PER_CODE) return;
      const { severity } = FINDINGS[code];
      kept.set(id, { code, severity, subject, expected: text(expected), found: text(found) });
    },
    list: () => [...kept.values()],
    more: () =>
      Object.fromEntries(
        [...counts].filter(([, n]) => n > MOST_PER_CODE).map(([code, n]) => [code, n - MOST_PER_CODE]),
      ),
    clean: () => [...counts.keys()].every((code) => FINDINGS[code].severity === 'notice'),
  };
}

const SUBJECT_FIELDS = [
  'recordId',
  'index',
  'lastIndex',
  'level',
  'tile',
  'size',
  'anchorIndex',
  'process',
  'key',
  'stage',
  'round',
  'field',
] as const satisfies readonly (keyof Subject)[];

/** Where a finding points, as words: `record 0199…, index 12`. */
export function subjectText(subject: Subject): string {
  const parts = SUBJECT_FIELDS.flatMap((field) =>
    subject[field] === undefined ? [] : [`${field} ${subject[field]}`],
  );
  return parts.join(', ');
}

/** The same for the same finding: what an alarm is known by. */
export const findingKey = ({ code, subject }: Pick<Finding, 'code' | 'subject'>): string =>
  `${code}: ${subjectText(subject)}`;

/** One line for people. */
export function findingText({ code, subject, expected, found }: Finding): string {
  const where = subjectText(subject);
  const values = [
    expected === '' ? '' : `should be ${expected}`,
    found === '' ? 'nothing was found' : `is ${found}`,
  ];
  return `${FINDINGS[code].says}${where === '' ? '' : ` [${where}]`}: ${values.filter(Boolean).join(', ')}`;
}
