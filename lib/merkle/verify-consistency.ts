import { emptyRoot, equalBytes, HASH_SIZE, nodeHash } from './hash';
import { half, isOdd, isSize } from './range';
import { PROVEN, refuted, type ProofOutcome } from './outcome';

export interface ConsistencyClaim {
  readonly first: number;
  readonly firstRoot: Uint8Array;
  readonly second: number;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Verifies a consistency proof by RFC 9162 §2.1.4.2.
 *
 * Two cases that the RFC leaves to its caller are settled here: equal sizes need an empty proof and equal roots; from
 * the empty tree the proof is empty, and the old root must be the empty root.
 *
 * A consistency proof does not authenticate `second`: several sizes can share a path. Who needs the size must read it
 * under a signature, or count the leaves.
 */
export function verifyConsistency(claim: ConsistencyClaim): ProofOutcome {
  const { first, firstRoot, second, secondRoot, proof } = claim;
  if (!isSize(first) || !isSize(second) || first > second) return refuted('size-invalid');
  if ([firstRoot, secondRoot, ...proof].some((hash) => hash.length !== HASH_SIZE))
    return refuted('hash-length');
  if (first === 0 || first === second) return verifyTrivial(claim);
  return verifyGrowth(claim);
}

function verifyTrivial({ first, firstRoot, second, secondRoot, proof }: ConsistencyClaim): ProofOutcome {
  if (proof.length > 0) return refuted('proof-not-empty');
  if (first === 0 && !equalBytes(firstRoot, emptyRoot())) return refuted('old-root-mismatch');
  if (first === second && !equalBytes(firstRoot, secondRoot)) return refuted('root-mismatch');
  return PROVEN;
}

function verifyGrowth({ first, firstRoot, second, secondRoot, proof }: ConsistencyClaim): ProofOutcome {
  // An old tree that is a complete subtree of the new one is not repeated in the proof.
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : [...proof];
  const seed = path.shift();
  if (proof.length === 0 || seed === undefined) return refuted('proof-too-short');

  let fn = first - 1;
  let sn = second - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  let fr = seed;
  let sr = seed;
  for (const c of path) {
    if (sn === 0) return refuted('proof-too-long');
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, c);
    }
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0) return refuted('proof-too-short');
  if (!equalBytes(fr, firstRoot)) return refuted('old-root-mismatch');
  return equalBytes(sr, secondRoot) ? PROVEN : refuted('root-mismatch');
}

function isPowerOfTwo(n: number): boolean {
  let k = 1;
  while (k < n) k *= 2;
  return k === n;
}
