import type { Notice } from '../record/notice';

/** The parts of a two-envelope bid; '' is the only envelope of a bid that has one. */
export const PARTS = ['', 'technical', 'financial'] as const;
export type Part = (typeof PARTS)[number];

/** A part of a process with an opening of its own (protocol §3): a lot, an envelope part, or both. `lot` is '' without lots. */
export interface Unit {
  readonly lot: string;
  readonly part: Part;
}

export const sameUnit = (a: Unit | null, b: Unit | null): boolean =>
  a === b || (a !== null && b !== null && a.lot === b.lot && a.part === b.part);

/** `lot/part`, for maps and addresses. */
export const unitId = ({ lot, part }: Unit): string => `${lot}/${part}`;

type Divided = Pick<Notice, 'lots' | 'envelopes'>;

/** What a bidder seals, one envelope each, in the order of the notice; one of '' and '' where nothing is divided. */
export function envelopesOf({ lots, envelopes }: Divided): Unit[] {
  const parts: readonly Part[] = envelopes === 'two' ? ['technical', 'financial'] : [''];
  const ids = lots.length > 0 ? lots.map((lot) => lot.id) : [''];
  return ids.flatMap((lot) => parts.map((part) => ({ lot, part })));
}

/** The units of a notice; none when it is bid for, opened and awarded as one. */
export const unitsOf = (notice: Divided): Unit[] =>
  notice.lots.length === 0 && notice.envelopes === 'one' ? [] : envelopesOf(notice);

/** The unit whose evaluation must be closed before this one may open: the technical part, for the financial one. */
export const unitBefore = (unit: Unit): Unit | null =>
  unit.part === 'financial' ? { lot: unit.lot, part: 'technical' } : null;
