/** What is checked of a whole tender, in this order. */
export const CHECK_SUBJECTS = ['records', 'stages', 'documents', 'openings', 'ranking'] as const;
export type CheckSubject = (typeof CHECK_SUBJECTS)[number];

/**
 * `holds`: computed here and right. `fails`: contradicts what is on record or on chain. `pending`: will be possible later.
 * `unchecked`: was not possible here and now. `withheld`: the law keeps it closed, or its entry was erased by an order.
 */
export type CheckOutcome = 'holds' | 'fails' | 'pending' | 'unchecked' | 'withheld';

const OUTCOMES = {
  'record-proven': 'holds',
  'record-pending': 'pending',
  'record-unchecked': 'unchecked',
  'record-refuted': 'fails',
  'record-of-another': 'fails',
  'record-withheld': 'withheld',
  'record-erased': 'withheld',
  'record-missing': 'fails',
  'stage-complete': 'holds',
  'stage-partly-published': 'withheld',
  'stage-doubled': 'fails',
  'document-same': 'holds',
  'document-differs': 'fails',
  'document-missing': 'unchecked',
  'opening-same': 'holds',
  'opening-differs': 'fails',
  'opening-undecided': 'unchecked',
  'opening-left-out': 'fails',
  'bid-not-shown': 'fails',
  'envelope-missing': 'unchecked',
  'ranking-same': 'holds',
  'ranking-differs': 'fails',
} as const satisfies Record<string, CheckOutcome>;

export type CheckCode = keyof typeof OUTCOMES;

export interface CheckRow {
  readonly subject: CheckSubject;
  readonly code: CheckCode;
  readonly outcome: CheckOutcome;
  /** Of the record that the row is about; of a stage the key of its process or unit; of a document its record. */
  readonly id: string;
  /** Type of the record, title of the document, name of the tenderer: shown as it stands. */
  readonly name: string;
  readonly stage: number | null;
  /** What differs, or of how many how many: for people who want to know more. */
  readonly detail: string;
}

export function row(
  subject: CheckSubject,
  code: CheckCode,
  about: { id: string; name: string; stage?: number | null; detail?: string },
): CheckRow {
  const { id, name, stage = null, detail = '' } = about;
  return { subject, code, outcome: OUTCOMES[code], id, name, stage, detail };
}

/** The verdict over all rows: one that fails outweighs everything; what was not checked is not passed over. */
export function outcomeOfAll(rows: readonly CheckRow[]): CheckOutcome {
  const order: readonly CheckOutcome[] = ['fails', 'unchecked', 'pending'];
  return order.find((outcome) => rows.some((found) => found.outcome === outcome)) ?? 'holds';
}
