import { sha256 } from '@noble/hashes/sha2.js';
import { HASH_SIZE } from '@/lib/merkle/hash';

/** SHA-256 of bytes. A server may pass its native one: nearly all of an audit's time is spent here. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export const pureHash: Hash = sha256;

/**
 * The complete subtrees of a growing tree, by height: `peaks[h]` covers 2^h leaves and is there exactly when bit h of
 * `size` is set. Appending costs one node hash on average, and the root at any size a few.
 */
export interface Peaks {
  size: number;
  peaks: (Uint8Array | undefined)[];
}

export const noPeaks = (): Peaks => ({ size: 0, peaks: [] });

/** Called for each complete subtree of 2^height leaves whose height is a multiple of eight: what tiles above level 0 hold. */
export type OnSubtree = (height: number, index: number, hash: Uint8Array) => void;

/** Leaf and node hashes of RFC 9162 §2.1.1 over one hash function, without allocating for each. */
export function treeHasher(hash: Hash) {
  const leafInput = new Uint8Array(1 + HASH_SIZE);
  const nodeInput = new Uint8Array(1 + 2 * HASH_SIZE);
  nodeInput[0] = 0x01;
  const node = (left: Uint8Array, right: Uint8Array): Uint8Array => {
    nodeInput.set(left, 1);
    nodeInput.set(right, 1 + HASH_SIZE);
    return hash(nodeInput);
  };
  return {
    /** @param bytes holds the commitment at `at`, 32 bytes. */
    leaf(bytes: Uint8Array, at: number): Uint8Array {
      for (let i = 0; i < HASH_SIZE; i += 1) leafInput[i + 1] = bytes[at + i] ?? 0;
      return hash(leafInput);
    },
    node,
    /** Appends a leaf hash. Alters `tree`. */
    push(tree: Peaks, leafHash: Uint8Array, onSubtree?: OnSubtree): void {
      let carried = leafHash;
      let height = 0;
      for (let below = tree.peaks[0]; below !== undefined; below = tree.peaks[height]) {
        carried = node(below, carried);
        tree.peaks[height] = undefined;
        height += 1;
        if (height % 8 === 0) onSubtree?.(height, Math.floor(tree.size / 2 ** height), carried);
      }
      tree.peaks[height] = carried;
      tree.size += 1;
    },
    /** RFC 9162 root of what was appended. */
    root({ peaks }: Peaks): Uint8Array {
      let root: Uint8Array | undefined;
      for (const peak of peaks) if (peak !== undefined) root = root === undefined ? peak : node(peak, root);
      return root ?? hash(new Uint8Array(0));
    },
  };
}

export type TreeHasher = ReturnType<typeof treeHasher>;

export const copyPeaks = ({ size, peaks }: Peaks): Peaks => ({ size, peaks: [...peaks] });
