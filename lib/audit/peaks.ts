import { sha256 } from '@noble/hashes/sha2.js';
import { HASH_SIZE } from '@/lib/merkle/hash';

/**
 * Writes the SHA-256 of bytes into `out` from `at` on; `out` may be the bytes themselves. A server passes its native one:
 * nearly all of an audit's time is spent here, and an array for each of millions of digests would cost as much again.
 */
export type HashInto = (bytes: Uint8Array, out: Uint8Array, at: number) => void;

export const pureHashInto: HashInto = (bytes, out, at) => out.set(sha256(bytes), at);

/** SHA-256 as an array of its own. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** The same hash with an array for each digest. */
export const hashBy =
  (hashInto: HashInto): Hash =>
  (bytes) => {
    const digest = new Uint8Array(HASH_SIZE);
    hashInto(bytes, digest, 0);
    return digest;
  };

/** Sizes are below 2^53. */
const HEIGHTS = 53;

/**
 * The complete subtrees of a growing tree, by height: the 32 bytes at 32 × h cover 2^h leaves, and mean something exactly
 * when bit h of `size` is set. Appending costs one node hash on average, and the root at any size a few.
 */
export interface Peaks {
  size: number;
  readonly hashes: Uint8Array;
  /** The same memory. */
  readonly words: Uint32Array;
}

function peaks(size: number, hashes: Uint8Array<ArrayBuffer>): Peaks {
  return { size, hashes, words: new Uint32Array(hashes.buffer) };
}

export const noPeaks = (): Peaks => peaks(0, new Uint8Array(HEIGHTS * HASH_SIZE));

/** The heights that a tree of this size has a subtree of, ascending. */
export function heightsOf(size: number): number[] {
  const heights: number[] = [];
  for (let height = 0, rest = size; rest > 0; height += 1, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) heights.push(height);
  return heights;
}

/** Called for each complete subtree of 2^height leaves whose height is a multiple of eight: what tiles above level 0 hold. */
export type OnSubtree = (height: number, index: number, hash: Uint8Array) => void;

/** In 32-bit words: hashes that are moved between aligned places are moved eight words at a time, not 32 bytes. */
const WORDS = HASH_SIZE / 4;

function moveHash(from: Uint32Array, at: number, to: Uint32Array, place: number): void {
  for (let i = 0; i < WORDS; i += 1) to[place + i] = from[at + i] ?? 0;
}

/** A loop is quicker here than `set` with a view, which is made for it and thrown away. */
function copyHash(from: Uint8Array, at: number, to: Uint8Array, place: number): void {
  for (let i = 0; i < HASH_SIZE; i += 1) to[place + i] = from[at + i] ?? 0;
}

/** 0x01 in the last byte of the first word, then the two hashes that are hashed with it, each at a word's beginning. */
function nodeBuffer() {
  const bytes = new Uint8Array(4 + 2 * HASH_SIZE);
  bytes[3] = 0x01;
  return { bytes, words: new Uint32Array(bytes.buffer), input: bytes.subarray(3) };
}
/** Places of the two hashes, in words. */
const LEFT = 1;
const RIGHT = LEFT + WORDS;

/** Leaf and node hashes of RFC 9162 §2.1.1 over one hash function, without allocating for each. */
export function treeHasher(hashInto: HashInto) {
  const leafInput = new Uint8Array(1 + HASH_SIZE);
  const node = nodeBuffer();
  return {
    /** @param bytes holds the commitment at `at`, 32 bytes; its leaf hash goes to `place` of `out`. */
    leaf(bytes: Uint8Array, at: number, out: Uint8Array, place: number): void {
      copyHash(bytes, at, leafInput, 1);
      hashInto(leafInput, out, place);
    },
    /** Appends the leaf hash at `at` of `bytes`. Alters `tree`. */
    push(tree: Peaks, bytes: Uint8Array, at: number, onSubtree?: OnSubtree): void {
      // What is carried up waits where it will be hashed next: at the right of its sibling.
      copyHash(bytes, at, node.bytes, RIGHT * 4);
      let height = 0;
      for (let rest = tree.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        moveHash(tree.words, height * WORDS, node.words, LEFT);
        hashInto(node.input, node.bytes, RIGHT * 4);
        height += 1;
        if (height % 8 === 0)
          onSubtree?.(height, Math.floor(tree.size / 2 ** height), node.bytes.slice(RIGHT * 4));
      }
      moveHash(node.words, RIGHT, tree.words, height * WORDS);
      tree.size += 1;
    },
    /** RFC 9162 root of what was appended. */
    root(tree: Peaks): Uint8Array {
      const [lowest, ...higher] = heightsOf(tree.size);
      if (lowest === undefined) return hashBy(hashInto)(new Uint8Array(0));
      moveHash(tree.words, lowest * WORDS, node.words, RIGHT);
      for (const height of higher) {
        moveHash(tree.words, height * WORDS, node.words, LEFT);
        hashInto(node.input, node.bytes, RIGHT * 4);
      }
      return node.bytes.slice(RIGHT * 4);
    },
  };
}

export type TreeHasher = ReturnType<typeof treeHasher>;

export const copyPeaks = ({ size, hashes }: Peaks): Peaks => peaks(size, new Uint8Array(hashes));
