import { nodeHash, type Sha256 } from './hash';
import { MerkleError } from './error';
import {
  completeSubtrees,
  consistencyRanges,
  foldSubtrees,
  half,
  inclusionRanges,
  isSize,
  type LeafRange,
} from './range';

/**
 * Every complete subtree of a tree held in memory: `levels[l][i]` covers leaves i × 2^l to (i + 1) × 2^l. Level 0 is
 * the leaf hashes (not the commitments: see `leafHash`).
 */
export type TreeLevels = readonly (readonly Uint8Array[])[];

/** Reads the hash of a complete subtree. Asked only for subtrees that lie wholly within the tree's size. */
export type HashReader = (level: number, index: number) => Promise<Uint8Array> | Uint8Array;

/** Hashes a whole tree once, in O(n); proofs and older roots are then O(log n) each. */
export function buildLevels(leafHashes: readonly Uint8Array[], hash?: Sha256): TreeLevels {
  const levels: (readonly Uint8Array[])[] = [leafHashes];
  let below = leafHashes;
  while (below.length > 1) {
    const level: Uint8Array[] = [];
    for (let i = 0; i < half(below.length); i += 1)
      level.push(nodeHash(at(below, 2 * i), at(below, 2 * i + 1), hash));
    levels.push(level);
    below = level;
  }
  return levels;
}

/** Root of the first `size` leaves (all of them unless told). */
export function rootOf(levels: TreeLevels, size: number = sizeOf(levels)): Uint8Array {
  checkSize(levels, size);
  return hashRange(levels, { start: 0, end: size });
}

/** PATH(index, D[size]) of RFC 9162 §2.1.3.1. */
export function inclusionProof(
  levels: TreeLevels,
  index: number,
  size: number = sizeOf(levels),
): Uint8Array[] {
  checkSize(levels, size);
  return inclusionRanges(index, size).map((range) => hashRange(levels, range));
}

/** PROOF(first, D[second]) of RFC 9162 §2.1.4.1; empty for equal sizes and for first = 0. */
export function consistencyProof(
  levels: TreeLevels,
  first: number,
  second: number = sizeOf(levels),
): Uint8Array[] {
  checkSize(levels, second);
  return consistencyRanges(first, second).map((range) => hashRange(levels, range));
}

export async function readRoot(reader: HashReader, size: number, hash?: Sha256): Promise<Uint8Array> {
  if (!isSize(size)) throw new MerkleError('size-range', `size ${size}`);
  return readRange(reader, { start: 0, end: size }, hash);
}

export async function readInclusionProof(
  reader: HashReader,
  index: number,
  size: number,
  hash?: Sha256,
): Promise<Uint8Array[]> {
  return Promise.all(inclusionRanges(index, size).map((range) => readRange(reader, range, hash)));
}

export async function readConsistencyProof(
  reader: HashReader,
  first: number,
  second: number,
  hash?: Sha256,
): Promise<Uint8Array[]> {
  return Promise.all(consistencyRanges(first, second).map((range) => readRange(reader, range, hash)));
}

function hashRange(levels: TreeLevels, range: LeafRange): Uint8Array {
  return foldSubtrees(completeSubtrees(range).map(({ level, index }) => at(levels[level] ?? [], index)));
}

async function readRange(reader: HashReader, range: LeafRange, hash?: Sha256): Promise<Uint8Array> {
  return foldSubtrees(
    await Promise.all(completeSubtrees(range).map(({ level, index }) => reader(level, index))),
    hash,
  );
}

function sizeOf(levels: TreeLevels): number {
  return levels[0]?.length ?? 0;
}

function checkSize(levels: TreeLevels, size: number): void {
  if (!isSize(size) || size > sizeOf(levels)) throw new MerkleError('size-range', `size ${size}`);
}

function at(hashes: readonly Uint8Array[], index: number): Uint8Array {
  const hash = hashes[index];
  if (hash === undefined) throw new MerkleError('index-range', `index ${index} of ${hashes.length}`);
  return hash;
}
