import type { PlannedMember } from '@/lib/procedure/committee-plan';
import { COMMITTEE_SEATS, type CommitteeSeat } from '@/lib/record/catalogue';

export interface CommitteeCandidate {
  person: string;
  name: string;
  organization: { id: string; name: string };
  /** The seats that the roles of this person fit. */
  seats: string[];
}

/** One member in the form, before it has a number. */
export interface MemberRow {
  id: string;
  seat: CommitteeSeat;
  /** Empty until chosen. */
  person: string;
  /** Of a deputy: the row of the member stood in for; empty for a reserve. */
  deputyFor: string;
}

export const MOST_MEMBERS = 11;

export const newRow = (id: string, seat: CommitteeSeat = 'observer'): MemberRow => ({
  id,
  seat,
  person: '',
  deputyFor: '',
});

const PRINCIPALS = COMMITTEE_SEATS.filter((seat) => seat !== 'deputy');

/**
 * Five seats where there are people for them, else three, else as many as there are: one of each kind first, then more
 * of the kinds that have people left.
 */
export function firstRows(candidates: readonly CommitteeCandidate[]): MemberRow[] {
  const wanted = candidates.length >= 5 ? 5 : Math.max(1, Math.min(3, candidates.length));
  const left = new Map(
    PRINCIPALS.map((seat) => [seat, candidates.filter((c) => c.seats.includes(seat)).length]),
  );
  const seats = [...PRINCIPALS];
  for (const seat of seats) left.set(seat, (left.get(seat) ?? 0) - 1);
  while (seats.length < wanted) {
    const next = PRINCIPALS.toSorted((a, b) => (left.get(b) ?? 0) - (left.get(a) ?? 0))[0] ?? 'observer';
    left.set(next, (left.get(next) ?? 0) - 1);
    seats.push(next);
  }
  return seats.slice(0, wanted).map((seat, at) => newRow(String(at + 1), seat));
}

/** The place in the list (from 0) of the member that a deputy stands in for; −1 for a reserve, and for who is none. */
function principalOf(row: MemberRow, rows: readonly MemberRow[]): number {
  if (row.seat !== 'deputy') return -1;
  return rows.findIndex((other) => other.id === row.deputyFor && other.seat !== 'deputy');
}

/** The rows as the act takes them, without the people. */
export function planOf(rows: readonly MemberRow[]): PlannedMember[] {
  return rows.map((row) => {
    const at = principalOf(row, rows);
    return at < 0 ? { seat: row.seat } : { seat: row.seat, deputyFor: at + 1 };
  });
}

/** Who can be chosen in a row: whom the seat fits; for a deputy, whom the seat stood in for fits. */
export function fitting(
  row: MemberRow,
  rows: readonly MemberRow[],
  candidates: readonly CommitteeCandidate[],
): CommitteeCandidate[] {
  const seat = row.seat === 'deputy' ? rows[principalOf(row, rows)]?.seat : row.seat;
  return seat === undefined ? [...candidates] : candidates.filter((c) => c.seats.includes(seat));
}

/** What is wrong with the rows, by field: `choose` a person, or the person holds another seat (`twice`). */
export function rowFaults(
  rows: readonly MemberRow[],
  candidates: readonly CommitteeCandidate[],
): Record<string, 'choose' | 'twice'> {
  const faults = rows.flatMap((row, at): [string, 'choose' | 'twice'][] => {
    const fits = fitting(row, rows, candidates).some((c) => c.person === row.person);
    if (!fits) return [[`members.${at}.person`, 'choose']];
    const earlier = rows.slice(0, at).some((other) => other.person === row.person);
    return earlier ? [[`members.${at}.person`, 'twice']] : [];
  });
  return Object.fromEntries(faults);
}
