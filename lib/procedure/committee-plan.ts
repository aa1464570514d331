import type { CommitteeSeat } from '../record/catalogue';

/** What weighs against a threshold, in words under `draft.committee.advice.warn`. */
export type CommitteeWarning =
  /** One person holds the only key. */
  | 'one-of-one'
  /** Each member alone can read every bid. */
  | 'one-alone'
  /** One lost key and nobody can open anything. */
  | 'all-needed'
  /** Fewer than half can act against the others' will. */
  | 'minority';

export interface CommitteeAdvice {
  /** Key holders, deputies included: any k of them together can open the bids, whatever the rules say. */
  readonly holders: number;
  /** Seats that can release shares: a deputy shares the seat of the member that it stands in for. */
  readonly seats: number;
  /** As few people as these need lose their keys, and nobody can open the bids any more. */
  readonly fatalLosses: number;
  readonly warnings: readonly CommitteeWarning[];
}

/** A member of a committee that is being put together. */
export interface PlannedMember {
  readonly seat: CommitteeSeat;
  /** Of a deputy bound to one member: that member's number in the list, from 1. */
  readonly deputyFor?: number | undefined;
}

/** The first deputy (from 0) bound to nobody in the list, to itself or to another deputy; null when all are right. */
export function wronglyBound(members: readonly PlannedMember[]): number | null {
  const wrong = members.findIndex(({ seat, deputyFor }) => {
    if (deputyFor === undefined) return false;
    const principal = members[deputyFor - 1];
    return seat !== 'deputy' || principal === undefined || principal.seat === 'deputy';
  });
  return wrong < 0 ? null : wrong;
}

/** The most keys an opening may need: no more than there are seats, since a deputy releases only in its member's place. */
export function mostNeeded(members: readonly PlannedMember[]): number {
  return members.filter((member) => member.deputyFor === undefined).length;
}

/** More than half: the smallest threshold at which two groups can never both open the bids. */
export function advisedThreshold(members: readonly PlannedMember[]): number {
  return Math.min(Math.floor(members.length / 2) + 1, Math.max(1, mostNeeded(members)));
}

/**
 * What a threshold means for people. A seat is lost when its member and all deputies of it have lost their keys; the
 * bids are lost when fewer than k seats are left.
 * @param k from 1 to `mostNeeded(members)`
 */
export function committeeAdvice(k: number, members: readonly PlannedMember[]): CommitteeAdvice {
  const holders = members.length;
  const keysOfSeats = members
    .flatMap((member, at) =>
      member.deputyFor === undefined
        ? [1 + members.filter((other) => other.deputyFor === at + 1).length]
        : [],
    )
    .toSorted((a, b) => a - b);
  const seats = keysOfSeats.length;
  const fatalLosses = keysOfSeats.slice(0, seats - k + 1).reduce((sum, keys) => sum + keys, 0);
  const warnings: CommitteeWarning[] = [];
  if (holders === 1) warnings.push('one-of-one');
  else {
    if (k === 1) warnings.push('one-alone');
    if (fatalLosses === 1) warnings.push('all-needed');
    if (k > 1 && k <= holders / 2) warnings.push('minority');
  }
  return { holders, seats, fatalLosses, warnings };
}
