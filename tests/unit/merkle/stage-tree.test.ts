import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { append, EMPTY_LOG } from '@/lib/merkle/append';
import { leafHash } from '@/lib/merkle/hash';
import { stageTree } from '@/lib/merkle/stage-tree';
import { buildLevels, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { toHex } from '@/lib/record/hex';
import { nativeSha256 } from '@/lib/server/sha256';
import { commitments, mth, path } from './naive';

const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);
const LARGEST = 5000;
const all = commitments(LARGEST);
const leaves = all.map(leafHash);

/** One tree by merkletreejs, by the log's two codes, and by the recursion of the RFC: every proof by the first two. */
function crossCheck(size: number, oracleIndexes: readonly number[]): void {
  const d = all.slice(0, size);
  const levels = buildLevels(leaves.slice(0, size));
  const root = toHex(mth(d));
  const tree = stageTree(d, nativeSha256);
  expect(tree.count).toBe(size);
  expect(toHex(tree.rootHash)).toBe(root);
  expect(toHex(rootOf(levels))).toBe(root);
  expect(toHex(append(EMPTY_LOG, d, nativeSha256).rootHash)).toBe(root);
  for (let index = 0; index < size; index += 1)
    expect(hexes(tree.inclusionProof(index))).toEqual(hexes(inclusionProof(levels, index)));
  for (const index of oracleIndexes) expect(hexes(tree.inclusionProof(index))).toEqual(hexes(path(index, d)));
}

describe('stage trees: merkletreejs, the log and the recursion of RFC 9162 §2.1.1', () => {
  it('agree at every size to 300, on the root and on the path of every leaf', () => {
    for (let size = 0; size <= 300; size += 1)
      crossCheck(
        size,
        [0, 1, size >> 1, size - 2, size - 1].filter((i) => i >= 0 && i < size),
      );
  });

  it('agree at larger sizes, powers of two and their neighbours among them', () => {
    for (const size of [511, 512, 513, 1023, 1025, 4095, 4096, 4097]) crossCheck(size, [0, size - 1]);
    fc.assert(
      fc.property(fc.integer({ min: 301, max: LARGEST }), fc.nat(), (size, i) =>
        crossCheck(size, [i % size]),
      ),
      { numRuns: 8 },
    );
  });

  it('hash alike by JavaScript and by the machine', () => {
    for (const size of [0, 1, 2, 77]) {
      const d = all.slice(0, size);
      expect(stageTree(d).rootHash).toEqual(stageTree(d, nativeSha256).rootHash);
    }
  });
});

describe('what merkletreejs would let through', () => {
  const d = all.slice(0, 6);
  const tree = stageTree(d);

  it('gives no proof for a place that the stage has not', () => {
    for (const index of [-1, 6, 7, 0.5, Number.NaN])
      expect(() => tree.inclusionProof(index)).toThrow(expect.objectContaining({ code: 'index-range' }));
    expect(() => stageTree([]).inclusionProof(0)).toThrow(expect.objectContaining({ code: 'index-range' }));
  });

  it('refuses commitments that are not 32 bytes, and so hexadecimal text', () => {
    expect(() => stageTree([new Uint8Array(31)])).toThrow(
      expect.objectContaining({ code: 'commitment-length' }),
    );
    const text = toHex(d[0]!) as unknown as Uint8Array;
    expect(() => stageTree([text])).toThrow(expect.objectContaining({ code: 'commitment-length' }));
  });

  it('does not double a lone node, sort pairs, or take a node for a leaf', () => {
    const [a, b, c] = d as [Uint8Array, Uint8Array, Uint8Array];
    const root = (leaves: Uint8Array[]) => toHex(stageTree(leaves).rootHash);
    expect(root([a, b, c])).not.toBe(root([a, b, c, c]));
    expect(root([a, b])).not.toBe(root([b, a]));
    expect(root([a, b])).not.toBe(root([leafHash(a), leafHash(b)]));
  });

  it('has proofs that the verifier of RFC 9162 accepts for their own place only', () => {
    for (let index = 0; index < d.length; index += 1) {
      for (let claimed = 0; claimed < d.length; claimed += 1) {
        const claim = {
          leafHash: leafHash(d[index]!),
          index: claimed,
          treeSize: tree.count,
          rootHash: tree.rootHash,
          proof: tree.inclusionProof(index),
        };
        expect(verifyInclusion(claim).ok).toBe(claimed === index);
      }
    }
  });
});
