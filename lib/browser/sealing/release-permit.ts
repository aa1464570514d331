import { canonicalText } from '@/lib/record/jcs';
import type { RecordPermit } from '../keys/opened-key';

interface ReleasedShare {
  readonly bid: string;
  readonly index: number;
  readonly share: string;
}

/** Agrees to the `share-released` record of this tender with exactly these shares, in any order of bids. */
export function releasePermit(ocid: string, shares: readonly ReleasedShare[]): RecordPermit {
  const sorted = (list: readonly ReleasedShare[]) =>
    [...list]
      .sort((a, b) => (a.bid < b.bid ? -1 : 1))
      .map(({ bid, index, share }) => ({ bid, index, share }));
  const agreed = canonicalText(sorted(shares));
  return ({ type, ocid: of, data }) => {
    if (type !== 'share-released' || of !== ocid || !Array.isArray(data.shares)) return false;
    const listed = data.shares as unknown as ReleasedShare[];
    return canonicalText(sorted(listed)) === agreed && listed.length === shares.length;
  };
}
