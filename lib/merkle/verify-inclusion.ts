import { equalBytes, HASH_SIZE, nodeHash } from './hash';
import { half, isOdd, isSize } from './range';
import { PROVEN, refuted, type ProofOutcome, type Refutation } from './outcome';

export interface InclusionClaim {
  /** Leaf hash (not the commitment), 32 bytes. */
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly treeSize: number;
  readonly rootHash: Uint8Array;
  /** Sibling hashes from the leaf upwards. */
  readonly proof: readonly Uint8Array[];
}

/** One step of the walk from leaf to root, for showing the path: on which side the sibling stood, and the result. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly sibling: Uint8Array;
  readonly result: Uint8Array;
}

type Walk = { readonly ok: true; readonly steps: readonly PathStep[] } | Refutation;

/**
 * Verifies an inclusion proof by RFC 9162 §2.1.3.2, to the letter: an index at or past the size, the empty tree, a
 * proof that stops early, and one with nodes left over are each refused, even when the hashes would agree.
 */
export function verifyInclusion(claim: InclusionClaim): ProofOutcome {
  const walk = walkInclusion(claim);
  return walk.ok ? PROVEN : walk;
}

/** As `verifyInclusion`, and returns each step of the walk when the proof holds. */
export function walkInclusion(claim: InclusionClaim): Walk {
  const { leafHash, index, treeSize, rootHash, proof } = claim;
  if (!isSize(treeSize) || treeSize === 0) return refuted('size-invalid');
  if (!isSize(index) || index >= treeSize) return refuted('index-out-of-range');
  if ([leafHash, rootHash, ...proof].some((hash) => hash.length !== HASH_SIZE)) return refuted('hash-length');

  let fn = index;
  let sn = treeSize - 1;
  let r = leafHash;
  const steps: PathStep[] = [];
  for (const sibling of proof) {
    // A superfluous node: without this check any proof could be lengthened at the top.
    if (sn === 0) return refuted('proof-too-long');
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(sibling, r);
      steps.push({ side: 'left', sibling, result: r });
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      r = nodeHash(r, sibling);
      steps.push({ side: 'right', sibling, result: r });
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) return refuted('proof-too-short');
  return equalBytes(r, rootHash) ? { ok: true, steps } : refuted('root-mismatch');
}
