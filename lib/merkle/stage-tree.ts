import { MerkleTree } from 'merkletreejs';
import { emptyRoot, HASH_SIZE, leafHashBy, sha256, type Sha256 } from './hash';
import { MerkleError } from './error';

/** The tree of one closed stage, over its commitments in log order. */
export interface StageTree {
  readonly count: number;
  readonly rootHash: Uint8Array;
  /** RFC 9162 inclusion path of the leaf at `index` (its place within the stage, not in the log). */
  inclusionProof(index: number): Uint8Array[];
}

const NODE_PREFIX = 0x01;

type Concatenator = NonNullable<NonNullable<ConstructorParameters<typeof MerkleTree>[2]>['concatenator']>;

/**
 * Puts 0x01 and two hashes together in one buffer that is used again and again: merkletreejs hashes each pair before
 * it asks for the next. (Joining them as it does by itself, and then the prefix, costs as much as the hash.)
 */
function nodeInput(): (pair: readonly Uint8Array[]) => Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_SIZE);
  input[0] = NODE_PREFIX;
  return ([left, right]) => {
    if (left?.length !== HASH_SIZE || right?.length !== HASH_SIZE) throw new MerkleError('hash-length');
    input.set(left, 1);
    input.set(right, 1 + HASH_SIZE);
    return input;
  };
}

/**
 * Builds a stage tree with merkletreejs so that it is RFC 9162's tree and no other.
 *
 * Its defaults are another tree: leaves must come hashed under 0x00, the node function must add 0x01, and a lone node
 * must be promoted, not doubled (no `duplicateOdd`, `isBitcoinTree`, `complete`), with no sorting, since the order of
 * leaves is the order of filing. Its own root of nothing is empty, hence the special case; its `getProof` answers an
 * unknown leaf with an empty proof and its `verify` accepts that, hence access by checked index only, and no `verify`.
 */
export function stageTree(commitments: readonly Uint8Array[], hash: Sha256 = sha256): StageTree {
  const leaves = commitments.map((commitment) => leafHashBy(hash, commitment));
  // Its types ask for a Buffer here, which a browser has not; it only hands what it gets to the hash function.
  const concatenator = nodeInput() as unknown as Concatenator;
  const tree = new MerkleTree(leaves, hash, { concatenator });
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
