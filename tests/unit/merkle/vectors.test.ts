import { expect, it, describe } from 'vitest';
import { leafHash } from '@/lib/merkle/hash';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import consistency from '../../vectors/consistency.json';
import inclusion from '../../vectors/inclusion.json';

/** As lib/record/hex, without its checks: some vectors hold hashes of a wrong length on purpose. */
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const word = (outcome: ReturnType<typeof verifyInclusion>) => (outcome.ok ? 'ok' : outcome.fault);

describe('inclusion vectors', () => {
  it.each(inclusion.cases)('$description', ({ commitment, index, treeSize, rootHash, proof, expected }) => {
    const claim = { leafHash: leafHash(bytes(commitment)), index, treeSize, rootHash: bytes(rootHash) };
    expect(word(verifyInclusion({ ...claim, proof: proof.map(bytes) }))).toBe(expected);
  });
});

describe('consistency vectors', () => {
  it.each(consistency.cases)('$description', ({ first, firstRoot, second, secondRoot, proof, expected }) => {
    const claim = { first, firstRoot: bytes(firstRoot), second, secondRoot: bytes(secondRoot) };
    expect(word(verifyConsistency({ ...claim, proof: proof.map(bytes) }))).toBe(expected);
  });
});
