import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  changedKeys,
  growsFrom,
  growTree,
  holds,
  MOST_LEAVES,
  nodesOf,
  proofOf,
} from '@/lib/browser/tree/model';
import { leafHash } from '@/lib/merkle/hash';
import { buildLevels, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { toHex } from '@/lib/record/hex';

const texts = (count: number) => Array.from({ length: count }, (_, i) => `document ${i}`);
const levels = (all: readonly string[]) =>
  buildLevels(all.map((text) => leafHash(createHash('sha256').update(text).digest())));
const sizes = Array.from({ length: MOST_LEAVES }, (_, i) => i + 1);

describe.each(sizes)('a tree of %i texts', (size) => {
  const all = texts(size);
  const tree = growTree(all);
  const nodes = nodesOf(tree);

  it('has the root of the log, and two nodes less one for each leaf', () => {
    expect(tree.hash).toBe(toHex(rootOf(levels(all))));
    expect(nodes).toHaveLength(2 * size - 1);
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
  });

  it('stands so that nothing covers anything else, and parents stand above and between', () => {
    const places = nodes.map(({ x, height }) => `${x} ${height}`);
    expect(new Set(places).size).toBe(nodes.length);
    for (const { children, x, height, start } of nodes) {
      if (children === null) expect([x, height]).toEqual([start + 0.5, 0]);
      else {
        const [left, right] = children;
        expect(left.x).toBeLessThan(x);
        expect(right.x).toBeGreaterThan(x);
        expect(Math.max(left.height, right.height)).toBe(height - 1);
      }
    }
  });

  it('proves every leaf with the proof of RFC 9162, and no other text', () => {
    for (const [index, text] of all.entries()) {
      const { neighbours, path, steps } = proofOf(tree, index);
      const hashes = neighbours.map((key) => nodes.find((node) => node.key === key)?.hash);
      expect(hashes).toEqual(inclusionProof(levels(all), index).map(toHex));
      expect(path[0]).toBe(`${index}-${index + 1}`);
      expect(path.at(-1)).toBe(`0-${size}`);
      expect(steps).toHaveLength(neighbours.length);
      expect(holds(tree, index, text)).toBe(true);
      expect(holds(tree, index, `${text}.`)).toBe(false);
    }
    expect(holds(tree, size, 'later')).toBe(false);
  });

  it('changes just on the way up from a text that changes', () => {
    for (const index of all.keys()) {
      const other = growTree(all.map((text, i) => (i === index ? `${text}!` : text)));
      expect([...changedKeys(other, tree)].sort()).toEqual([...proofOf(tree, index).path].sort());
    }
    expect(changedKeys(growTree(all), tree).size).toBe(0);
  });

  it('keeps what is complete when it grows', () => {
    const grown = growTree(texts(size + 1));
    const changed = changedKeys(grown, tree);
    expect(growsFrom(grown, tree)).toBe(true);
    expect(growsFrom(tree, grown)).toBe(false);
    expect(growsFrom(growTree(['another', ...all]), tree)).toBe(false);
    for (const { key, end, start } of nodesOf(grown)) {
      const width = end - start;
      const complete = end <= size && Number.isInteger(Math.log2(width)) && start % width === 0;
      expect(changed.has(key), key).toBe(!complete);
    }
  });
});

it('has a leaf at least', () => {
  expect(() => growTree([])).toThrow(RangeError);
});
