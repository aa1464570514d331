import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex } from '@/lib/record/hex';
import { decodeRlp, encodeRlp, type RlpItem } from './rlp';

/*
 * The chain's hexary Merkle-Patricia trie (Yellow Paper, appendix D), read along one key. A node is known by its hash, so
 * a node that was altered is a node that is missing: whatever nodes are offered, one root and one key have one answer.
 */

/** Nodes by the hash of each, hexadecimal without 0x. */
export type TrieNodes = ReadonlyMap<string, Uint8Array>;

export type Lookup =
  | { readonly kind: 'value'; readonly value: Uint8Array }
  /** Proven: the trie holds nothing under this key. */
  | { readonly kind: 'absent' }
  /** The node with this hash is needed, and not among those given. */
  | { readonly kind: 'missing'; readonly hash: string }
  /** The root leads to something that is no node: it is the root of something else. */
  | { readonly kind: 'malformed' };

const ABSENT: Lookup = { kind: 'absent' };
const MALFORMED: Lookup = { kind: 'malformed' };
const BRANCH_ITEMS = 17;

export function keccakHex(bytes: Uint8Array): string {
  return toHex(keccak_256(bytes));
}

/** Hash of the trie without entries: keccak-256 of the empty string's encoding. */
export const EMPTY_TRIE = keccakHex(Uint8Array.of(0x80));

export function nodesByHash(nodes: readonly Uint8Array[]): Map<string, Uint8Array> {
  return new Map(nodes.map((node) => [keccakHex(node), node]));
}

/**
 * What the trie with this root holds under a key. Never throws.
 * @param root hexadecimal without 0x
 * @param key as the trie has it: the chain's own tries are under keccak-256 of the address or slot
 * @param onNode is told the hash of each node that was used
 */
export function lookup(
  root: string,
  key: Uint8Array,
  nodes: TrieNodes,
  onNode?: (hash: string) => void,
): Lookup {
  if (root === EMPTY_TRIE) return ABSENT;
  let path: readonly number[] = nibblesOf(key);
  let next: Child = { hash: root };
  for (;;) {
    let node: readonly RlpItem[] | null;
    if ('node' in next) node = next.node;
    else {
      const bytes = nodes.get(next.hash);
      if (bytes === undefined) return { kind: 'missing', hash: next.hash };
      onNode?.(next.hash);
      node = listOf(bytes);
    }
    const step: Lookup | Step = node === null ? MALFORMED : follow(node, path);
    if ('kind' in step) return step;
    // Each step but an empty one shortens the path, and `follow` refuses an extension without a path.
    ({ path, next } = step);
  }
}

/** Where the way goes on: a node by its hash, or one that is so short that it stands in its parent. */
type Child = { readonly hash: string } | { readonly node: readonly RlpItem[] };
interface Step {
  readonly path: readonly number[];
  readonly next: Child;
}

function listOf(bytes: Uint8Array): readonly RlpItem[] | null {
  const item = decodeRlp(bytes);
  return item === null || item instanceof Uint8Array ? null : item;
}

function follow(node: readonly RlpItem[], path: readonly number[]): Lookup | Step {
  if (node.length === BRANCH_ITEMS) {
    const [nibble, ...rest] = path;
    if (nibble === undefined) return branchValue(node[BRANCH_ITEMS - 1]);
    return descend(node[nibble], rest);
  }
  const [encoded, target] = node;
  if (node.length !== 2 || !(encoded instanceof Uint8Array) || target === undefined) return MALFORMED;
  const part = pathOf(encoded);
  if (part === null) return MALFORMED;
  const matches = part.nibbles.every((nibble, i) => nibble === path[i]);
  if (part.leaf) {
    if (!(target instanceof Uint8Array) || target.length === 0) return MALFORMED;
    return matches && part.nibbles.length === path.length ? { kind: 'value', value: target } : ABSENT;
  }
  if (part.nibbles.length === 0) return MALFORMED;
  if (!matches) return ABSENT;
  const step = descend(target, path.slice(part.nibbles.length));
  // An extension leads somewhere.
  return step === ABSENT ? MALFORMED : step;
}

function branchValue(value: RlpItem | undefined): Lookup {
  if (!(value instanceof Uint8Array)) return MALFORMED;
  return value.length === 0 ? ABSENT : { kind: 'value', value };
}

function descend(child: RlpItem | undefined, path: readonly number[]): Lookup | Step {
  if (child === undefined) return MALFORMED;
  if (!(child instanceof Uint8Array)) {
    // A node of 32 bytes or more is referred to by its hash.
    return encodeRlp(child).length < 32 ? { path, next: { node: child } } : MALFORMED;
  }
  if (child.length === 0) return ABSENT;
  return child.length === 32 ? { path, next: { hash: toHex(child) } } : MALFORMED;
}

/** Hex-prefix encoding: in the first nibble, 2 for a leaf and 1 for an odd number of nibbles, which then begins with it. */
function pathOf(encoded: Uint8Array): { leaf: boolean; nibbles: readonly number[] } | null {
  const [flag, second, ...rest] = nibblesOf(encoded);
  if (flag === undefined || second === undefined || flag > 3) return null;
  const odd = flag % 2 === 1;
  if (!odd && second !== 0) return null;
  return { leaf: flag >= 2, nibbles: odd ? [second, ...rest] : rest };
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
}
