import { keccak_256 } from '@noble/hashes/sha3.js';
import { encodeRlp, type RlpItem } from '@/lib/evidence/rlp';
import { toHex } from '@/lib/record/hex';

/*
 * The chain's trie straight from its definition (Yellow Paper, appendix D): all entries at once, no insertion. The root
 * of the same entries in ethereum/tests holds this to the published one; the reader is then held to this.
 */

export interface NaiveTrie {
  /** Hexadecimal without 0x. */
  readonly root: string;
  /** Every node that is known by its hash. */
  readonly nodes: readonly Uint8Array[];
}

type Entry = readonly [nibbles: readonly number[], value: Uint8Array];

export function naiveTrie(entries: ReadonlyMap<string, Uint8Array>): NaiveTrie {
  const nodes: Uint8Array[] = [];
  const all = [...entries].map(([key, value]): Entry => [
    [...key].map((digit) => parseInt(digit, 16)),
    value,
  ]);
  const top = encodeRlp(build(all, nodes));
  nodes.push(top);
  return { root: toHex(keccak_256(top)), nodes };
}

/** As a child is written in its parent: itself when it is short, else its hash. */
function reference(entries: readonly Entry[], nodes: Uint8Array[]): RlpItem {
  const node = build(entries, nodes);
  if (node instanceof Uint8Array) return node;
  const bytes = encodeRlp(node);
  if (bytes.length < 32) return node;
  nodes.push(bytes);
  return keccak_256(bytes);
}

function build(entries: readonly Entry[], nodes: Uint8Array[]): RlpItem {
  const [first] = entries;
  if (first === undefined) return new Uint8Array();
  const [path] = first;
  if (entries.length === 1) return [hexPrefix(path, true), first[1]];
  let shared = 0;
  while (entries.every(([other]) => shared < other.length && other[shared] === path[shared])) shared += 1;
  if (shared > 0) {
    const rest = entries.map(([nibbles, value]): Entry => [nibbles.slice(shared), value]);
    return [hexPrefix(path.slice(0, shared), false), reference(rest, nodes)];
  }
  const children = Array.from({ length: 16 }, (_, nibble) => {
    const below = entries.filter(([nibbles]) => nibbles[0] === nibble);
    return reference(
      below.map(([nibbles, value]): Entry => [nibbles.slice(1), value]),
      nodes,
    );
  });
  const here = entries.find(([nibbles]) => nibbles.length === 0);
  return [...children, here?.[1] ?? new Uint8Array()];
}

export function hexPrefix(nibbles: readonly number[], leaf: boolean): Uint8Array {
  const flag = leaf ? 2 : 0;
  const all = nibbles.length % 2 === 1 ? [flag + 1, ...nibbles] : [flag, 0, ...nibbles];
  return Uint8Array.from(
    { length: all.length / 2 },
    (_, i) => (all[2 * i] ?? 0) * 16 + (all[2 * i + 1] ?? 0),
  );
}
