import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRoot, leafHash, nodeHash } from '@/lib/merkle/hash';
import { stageTree } from '@/lib/merkle/stage-tree';
import { buildLevels, consistencyProof, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';
import { commitments, mth, path, proof } from './naive';

const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);

describe('hashes of RFC 9162 §2.1.1', () => {
  it('gives the well-known empty root', () => {
    expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('refuses commitments that are not 32 bytes', () => {
    for (const length of [0, 31, 33, 64]) {
      expect(() => leafHash(new Uint8Array(length))).toThrow(
        expect.objectContaining({ code: 'commitment-length' }),
      );
    }
    expect(() => nodeHash(new Uint8Array(31), new Uint8Array(32))).toThrow(
      expect.objectContaining({ code: 'hash-length' }),
    );
  });
});

/*
 * The eight leaves that Certificate Transparency implementations have shared as test data since RFC 6962; they are not
 * 32 bytes long, so their leaf hashes are made here.
 */
describe('public figures of Certificate Transparency', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const data = inputs.map((input) => fromHex(input));
  const leaves = data.map((input) => mth([input]));

  it('has the same roots at every size', () => {
    const levels = buildLevels(leaves);
    roots.forEach((root, i) => expect(toHex(rootOf(levels, i + 1))).toBe(root));
  });

  it('has the same inclusion path for leaf 5 of 8 as RFC 6962 implementations', () => {
    expect(hexes(inclusionProof(buildLevels(leaves), 5))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('has the same consistency path from 6 to 8', () => {
    expect(hexes(consistencyProof(buildLevels(leaves), 6))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

describe('trees against the recursive oracle', () => {
  const LARGEST = 70;
  const all = commitments(LARGEST);
  const levels = buildLevels(all.map(leafHash));

  it('agrees on every root, inclusion path and consistency path up to 70 leaves, and each verifies', () => {
    for (let size = 0; size <= LARGEST; size += 1) {
      const d = all.slice(0, size);
      const rootHash = rootOf(levels, size);
      expect(toHex(rootHash)).toBe(toHex(mth(d)));
      for (let index = 0; index < size; index += 1) {
        const found = inclusionProof(levels, index, size);
        expect(hexes(found)).toEqual(hexes(path(index, d)));
        const leaf = leafHash(d[index] ?? new Uint8Array());
        expect(verifyInclusion({ leafHash: leaf, index, treeSize: size, rootHash, proof: found })).toEqual({
          ok: true,
        });
      }
      for (let first = 1; first <= size; first += 1) {
        const found = consistencyProof(levels, first, size);
        expect(hexes(found)).toEqual(hexes(proof(first, d)));
        const claim = {
          first,
          firstRoot: rootOf(levels, first),
          second: size,
          secondRoot: rootHash,
          proof: found,
        };
        expect(verifyConsistency(claim)).toEqual({ ok: true });
      }
    }
  });

  it('builds the same stage trees with merkletreejs', () => {
    for (let size = 0; size <= LARGEST; size += 1) {
      const tree = stageTree(all.slice(0, size));
      expect(tree.count).toBe(size);
      expect(toHex(tree.rootHash)).toBe(toHex(mth(all.slice(0, size))));
      for (let index = 0; index < size; index += 1) {
        expect(hexes(tree.inclusionProof(index))).toEqual(hexes(path(index, all.slice(0, size))));
      }
      expect(() => tree.inclusionProof(size)).toThrow(expect.objectContaining({ code: 'index-range' }));
    }
  });

  it('gives each of two equal leaves its own proof in a stage tree', () => {
    const [a = new Uint8Array(32), b = new Uint8Array(32)] = all;
    const tree = stageTree([a, b, a, b, a]);
    expect(hexes(tree.inclusionProof(0))).toEqual(hexes(path(0, [a, b, a, b, a])));
    expect(hexes(tree.inclusionProof(4))).toEqual(hexes(path(4, [a, b, a, b, a])));
  });
});

describe('proofs that were tampered with (properties)', () => {
  const all = commitments(300);
  const levels = buildLevels(all.map(leafHash));

  it('refuses an inclusion proof with any one bit changed, a node removed or added, or another index or size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (size, i, where, bit) => {
        const index = i % size;
        const good = inclusionProof(levels, index, size);
        const claim = {
          leafHash: leafHash(all[index] ?? new Uint8Array()),
          index,
          treeSize: size,
          rootHash: rootOf(levels, size),
          proof: good,
        };
        expect(verifyInclusion(claim).ok).toBe(true);
        const node = good[where % Math.max(1, good.length)];
        if (node !== undefined) {
          const altered = flip(node, bit % 256);
          expect(verifyInclusion({ ...claim, proof: good.map((p) => (p === node ? altered : p)) }).ok).toBe(
            false,
          );
          expect(verifyInclusion({ ...claim, proof: good.filter((p) => p !== node) }).ok).toBe(false);
        }
        expect(verifyInclusion({ ...claim, proof: [...good, new Uint8Array(32)] }).ok).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + 1 }).ok).toBe(false);
        expect(verifyInclusion({ ...claim, index: size }).ok).toBe(false);
        expect(verifyInclusion({ ...claim, rootHash: flip(claim.rootHash, bit % 256) }).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a consistency proof with any one bit changed, a node removed or added, or another old root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (second, f, where, bit) => {
        const first = 1 + (f % (second - 1));
        const good = consistencyProof(levels, first, second);
        const claim = {
          first,
          firstRoot: rootOf(levels, first),
          second,
          secondRoot: rootOf(levels, second),
          proof: good,
        };
        expect(verifyConsistency(claim).ok).toBe(true);
        const node = good[where % good.length] ?? new Uint8Array();
        const altered = flip(node, bit % 256);
        expect(verifyConsistency({ ...claim, proof: good.map((p) => (p === node ? altered : p)) }).ok).toBe(
          false,
        );
        expect(verifyConsistency({ ...claim, proof: good.filter((p) => p !== node) }).ok).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...good, new Uint8Array(32)] }).ok).toBe(false);
        expect(verifyConsistency({ ...claim, firstRoot: flip(claim.firstRoot, bit % 256) }).ok).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, bit % 256) }).ok).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [] }).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, i) => (i === Math.floor(bit / 8) % bytes.length ? byte ^ (1 << (bit % 8)) : byte));
}
