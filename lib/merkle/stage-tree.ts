import { MerkleTree } from 'merkletreejs';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, emptyRoot, leafHash } from './hash';
import { MerkleError } from './error';

/** Hashes bytes with SHA-256. A server may pass a native one: at 10^5 leaves the hash function is nearly all of the cost. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The tree of one closed stage, over its commitments in log order. */
export interface StageTree {
  readonly count: number;
  readonly rootHash: Uint8Array;
  /** RFC 9162 inclusion path of the leaf at `index` (its place within the stage, not in the log). */
  inclusionProof(index: number): Uint8Array[];
}

const NODE_PREFIX = Uint8Array.of(0x01);

/**
 * Builds a stage tree with merkletreejs so that it is RFC 9162's tree and no other.
 *
 * Its defaults are another tree: leaves must come hashed under 0x00, the node function must add 0x01, and a lone node
 * must be promoted, not doubled (no `duplicateOdd`, `isBitcoinTree`, `complete`), with no sorting, since the order of
 * leaves is the order of filing. Its own root of nothing is empty, hence the special case; its `getProof` answers an
 * unknown leaf with an empty proof and its `verify` accepts that, hence access by checked index only, and no `verify`.
 */
export function stageTree(commitments: readonly Uint8Array[], hash: Sha256 = sha256): StageTree {
  const leaves = commitments.map(leafHash);
  const tree = new MerkleTree(leaves, (pair: Uint8Array) => hash(concatBytes(NODE_PREFIX, pair)));
  return {
    count: leaves.length,
    rootHash: leaves.length === 0 ? emptyRoot() : Uint8Array.from(tree.getRoot()),
    inclusionProof(index) {
      if (leaves[index] === undefined)
        throw new MerkleError('index-range', `index ${index}, count ${leaves.length}`);
      // The index is passed too: without it each proof is a linear search, and equal leaves share the last one's proof.
      return tree.getProof(tree.getLeaf(index), index).map((step) => Uint8Array.from(step.data));
    },
  };
}
