import type { Evidence } from '@/lib/evidence/format';
import { leafHash } from '@/lib/merkle/hash';
import { walkInclusion } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';

export interface MerklePath {
  readonly leaf: string;
  readonly steps: readonly {
    readonly side: 'left' | 'right';
    readonly sibling: string;
    readonly result: string;
  }[];
}

/**
 * The walk from the record's leaf to the root of the log, in hexadecimal, so that it can be followed by hand. Null when it
 * leads elsewhere: the failed step says so, and a list would suggest otherwise.
 */
export function merklePath({ log }: Evidence, commitment: string): MerklePath | null {
  const leaf = leafHash(fromHex(commitment, 32));
  const walk = walkInclusion({
    leafHash: leaf,
    index: log.index,
    treeSize: log.treeSize,
    rootHash: fromHex(log.rootHash, 32),
    proof: log.inclusionProof.map((hash) => fromHex(hash, 32)),
  });
  if (!walk.ok) return null;
  const steps = walk.steps.map(({ side, sibling, result }) => ({
    side,
    sibling: toHex(sibling),
    result: toHex(result),
  }));
  return { leaf: toHex(leaf), steps };
}
