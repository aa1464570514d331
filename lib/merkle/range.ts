import { nodeHash, emptyRoot, type Sha256 } from './hash';
import { MerkleError } from './error';

/*
 * Sizes are JavaScript numbers up to 2^53 - 1, so no bit operator is used on them: those cut to 32 bits without a word.
 */

/** A complete subtree: it covers the leaves from index × 2^level to (index + 1) × 2^level. Level 0 is the leaves. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `start` (included) to `end` (excluded), the unit of which RFC 9162's MTH(D[start:end]) is the hash. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

export function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function half(value: number): number {
  return Math.floor(value / 2);
}

export function isOdd(value: number): boolean {
  return value % 2 === 1;
}

/** The largest power of two smaller than n (RFC 9162 §2.1.1's k), for n ≥ 2. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The ranges whose hashes are PATH(index, D[size]) of RFC 9162 §2.1.3.1, from the leaf upwards. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isSize(size)) throw new MerkleError('size-range', `size ${size}`);
  if (!isSize(index) || index >= size) throw new MerkleError('index-range', `index ${index}, size ${size}`);
  const downwards: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      downwards.push({ start: middle, end });
      end = middle;
    } else {
      downwards.push({ start, end: middle });
      start = middle;
    }
  }
  return downwards.reverse();
}

/**
 * The ranges whose hashes are PROOF(first, D[second]) of RFC 9162 §2.1.4.1, in its order. Empty when the sizes are
 * equal, and when `first` is 0: the RFC leaves that case open, and every tree extends the empty one.
 */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  if (!isSize(first) || !isSize(second) || first > second) {
    throw new MerkleError('size-range', `${first} to ${second}`);
  }
  if (first === 0 || first === second) return [];
  const downwards: LeafRange[] = [];
  let start = 0;
  let end = second;
  while (end !== first) {
    const middle = start + splitPoint(end - start);
    if (first <= middle) {
      downwards.push({ start: middle, end });
      end = middle;
    } else {
      downwards.push({ start, end: middle });
      start = middle;
    }
  }
  // The old tree itself is known to the verifier; a right-hand part of it is not.
  if (start !== 0) downwards.push({ start, end });
  return downwards.reverse();
}

/** Splits a range, as it occurs in trees and proofs, into complete subtrees from left to right. */
export function completeSubtrees(range: LeafRange): NodeId[] {
  const nodes: NodeId[] = [];
  let at = range.start;
  while (at < range.end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= range.end) {
      level += 1;
      width *= 2;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Folds complete subtrees (left to right) into the hash of their range; no subtrees give the empty root. */
export function foldSubtrees(hashes: readonly Uint8Array[], hash?: Sha256): Uint8Array {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot();
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hash), last);
}
