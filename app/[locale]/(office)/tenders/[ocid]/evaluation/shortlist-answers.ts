/** What the officer has answered for one bid so far. */
export interface Answer {
  passed: 'yes' | 'no' | undefined;
  reason: string;
}

/** By commitment of the bid. */
export type Answers = Record<string, Answer>;

export const EMPTY_ROW: Answer = { passed: undefined, reason: '' };

export interface ShortlistRow {
  bid: string;
  passed: boolean;
  reason: string;
}

/** The rows to propose, and what is missing, by the path that a refusal would name. */
export function shortlistRows(
  bids: readonly string[],
  answers: Answers,
): { rows: ShortlistRow[]; wrong: Record<string, 'passed' | 'reason'> } {
  const wrong: Record<string, 'passed' | 'reason'> = {};
  const rows = bids.map((bid) => {
    const { passed, reason } = answers[bid] ?? EMPTY_ROW;
    if (passed === undefined) wrong[`${bid}.passed`] = 'passed';
    if (passed === 'no' && reason.trim() === '') wrong[`${bid}.reason`] = 'reason';
    return { bid, passed: passed === 'yes', reason: reason.trim() };
  });
  return { rows, wrong };
}
