import { canonicalText } from '@/lib/record/jcs';
import type { RecordPermit } from '../keys/opened-key';

/** Agrees to the `share-released` record of this tender and member with exactly these shares, in any order of bids. */
export function releasePermit(
  ocid: string,
  index: number,
  shares: readonly { readonly bid: string; readonly share: string }[],
): RecordPermit {
  const sorted = (list: readonly { bid: string; share: string }[]) =>
    [...list].sort((a, b) => (a.bid < b.bid ? -1 : 1)).map(({ bid, share }) => ({ bid, share }));
  const agreed = canonicalText(sorted(shares));
  return ({ type, ocid: of, data }) => {
    if (type !== 'share-released' || of !== ocid || data.index !== index || !Array.isArray(data.shares))
      return false;
    const listed = data.shares as { bid: string; share: string }[];
    return canonicalText(sorted(listed)) === agreed && listed.length === shares.length;
  };
}
