import type { Part } from '@/lib/procedure/units';
import type { KeptRecovery } from '../drafts/draft';

/** What is on record of one's own bid: an envelope, or that one was withdrawn. */
export interface OwnBid {
  /** Record id, for its receipt. */
  readonly id: string;
  /** Commitment of the record, 64 hex digits. */
  readonly commitment: string;
  readonly lot: string;
  readonly part: Part;
  /** RFC 3339. */
  readonly time: string;
  readonly standing: 'live' | 'replaced' | 'withdrawn' | 'withdrawal';
  /** Null for a withdrawal. */
  readonly sealed: {
    /** SHA-256 of the envelope, 64 hex digits. */
    readonly envelope: string;
    /** Bytes. */
    readonly size: number;
    readonly bidKey: string;
    /** Hash of the key set that it is sealed to. */
    readonly keyset: string;
  } | null;
  /** Where it stands in the log; null until it does. */
  readonly index: number | null;
  readonly anchored: boolean;
}

export type LiveBid = OwnBid & { readonly sealed: NonNullable<OwnBid['sealed']> };

export const liveOf = (own: readonly OwnBid[]): LiveBid[] =>
  own.filter((bid): bid is LiveBid => bid.standing === 'live' && bid.sealed !== null);

/** The lots in which something of one's own is live, in the order of `lots`. */
export const lotsOnRecord = (own: readonly OwnBid[], lots: readonly string[]): string[] =>
  lots.filter((lot) => liveOf(own).some((bid) => bid.lot === lot));

/** The bids that a submission for these lots takes the place of. */
export const replacedBy = (own: readonly OwnBid[], lots: readonly string[]): LiveBid[] =>
  liveOf(own).filter((bid) => lots.includes(bid.lot));

/** The recovery files that are needed to sign for these bids, each once. */
export const keysOf = (bids: readonly LiveBid[]): string[] => [
  ...new Set(bids.map(({ sealed }) => sealed.bidKey)),
];

/** Whether all of these envelopes are on record already, so that only the answer was lost. */
export const areFiled = (own: readonly OwnBid[], envelopes: readonly string[]): boolean =>
  envelopes.every((envelope) => liveOf(own).some(({ sealed }) => sealed.envelope === envelope));

/** Recovery files that stand here alone: the bidder has not taken a copy yet. */
export const unsaved = (recoveries: readonly KeptRecovery[]): KeptRecovery[] =>
  recoveries.filter(({ saved }) => !saved);
