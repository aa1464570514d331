import { leafHash, nodeHash, sha256 } from '@/lib/merkle/hash';
import { inclusionRanges, splitPoint, type LeafRange } from '@/lib/merkle/range';
import { verifyInclusion, walkInclusion, type PathStep } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';

/** A node of the tree of RFC 9162 over some texts, and where it stands in a drawing. */
export interface TreeNode extends LeafRange {
  /** The leaves below it: the same place of a tree has the same key, whatever its hash. */
  readonly key: string;
  /** 64 digits. */
  readonly hash: string;
  /** Leaves have 0; a parent stands one above the higher of its children. */
  readonly height: number;
  /** Leaf i stands at i + ½, a parent between its children. */
  readonly x: number;
  readonly children: readonly [TreeNode, TreeNode] | null;
}

export const MOST_LEAVES = 16;

const keyOf = ({ start, end }: LeafRange) => `${start}-${end}`;

/** Leaf hash of a text, as of a record: its SHA-256 is the commitment. */
function hashOf(text: string): Uint8Array {
  return leafHash(sha256(new TextEncoder().encode(text)));
}

/** @throws RangeError without any text: the empty tree cannot be drawn */
export function growTree(texts: readonly string[]): TreeNode {
  return grow(texts, { start: 0, end: texts.length });
}

function grow(texts: readonly string[], range: LeafRange): TreeNode {
  const { start, end } = range;
  const key = keyOf(range);
  const text = texts[start];
  if (text === undefined) throw new RangeError('A tree has a leaf at least');
  if (end - start === 1)
    return { key, start, end, hash: toHex(hashOf(text)), height: 0, x: start + 0.5, children: null };
  const middle = start + splitPoint(end - start);
  const left = grow(texts, { start, end: middle });
  const right = grow(texts, { start: middle, end });
  return {
    ...{ key, start, end },
    hash: toHex(nodeHash(fromHex(left.hash), fromHex(right.hash))),
    height: Math.max(left.height, right.height) + 1,
    x: (left.x + right.x) / 2,
    children: [left, right],
  };
}

/** The node and all below it, from the top. */
export function nodesOf(node: TreeNode): TreeNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** Keys of the nodes that stood otherwise, or not at all, in the tree before. */
export function changedKeys(now: TreeNode, before: TreeNode): ReadonlySet<string> {
  const old = new Map(nodesOf(before).map(({ key, hash }) => [key, hash]));
  return new Set(
    nodesOf(now)
      .filter(({ key, hash }) => old.get(key) !== hash)
      .map(({ key }) => key),
  );
}

export interface LeafProof {
  /** Keys from the leaf up to the root. */
  readonly path: readonly string[];
  /** Keys of what is joined on the way. */
  readonly neighbours: readonly string[];
  readonly steps: readonly PathStep[];
}

/** What proves that a leaf is in the tree: the neighbours of its way up (RFC 9162 §2.1.3). */
export function proofOf(root: TreeNode, index: number): LeafProof {
  const { proof, neighbours } = pathOf(root, index);
  const path = nodesOf(root).filter(({ start, end }) => start <= index && index < end);
  const leaf = path.at(-1);
  const walk = leaf && walkInclusion(claim(root, index, fromHex(leaf.hash), proof));
  if (!walk?.ok) throw new RangeError(`No leaf ${index}`);
  return { path: path.map(({ key }) => key).reverse(), neighbours, steps: walk.steps };
}

/** Whether a text is what the tree has at a place, by the tree's proof of that place and its root alone. */
export function holds(root: TreeNode, index: number, text: string): boolean {
  return index < root.end && verifyInclusion(claim(root, index, hashOf(text), pathOf(root, index).proof)).ok;
}

function pathOf(root: TreeNode, index: number) {
  const hashes = new Map(nodesOf(root).map(({ key, hash }) => [key, hash]));
  const neighbours = inclusionRanges(index, root.end).map(keyOf);
  return { neighbours, proof: neighbours.map((key) => fromHex(hashes.get(key) ?? '')) };
}

function claim(root: TreeNode, index: number, leaf: Uint8Array, proof: readonly Uint8Array[]) {
  return { leafHash: leaf, index, treeSize: root.end, rootHash: fromHex(root.hash), proof };
}

/** Whether a tree is an earlier one with leaves added at its end, and nothing else (RFC 9162 §2.1.4). */
export function growsFrom(now: TreeNode, before: TreeNode): boolean {
  const leaves = (root: TreeNode) => nodesOf(root).filter(({ children }) => children === null);
  const later = leaves(now);
  return later.length >= before.end && leaves(before).every(({ hash }, at) => later[at]?.hash === hash);
}
