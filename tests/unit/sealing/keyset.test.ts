import { describe, expect, it } from 'vitest';
import type { KeySet } from '@/lib/sealing/keyset';
import { isUsableX25519, keySetHash, signKeySet, verifyKeySet } from '@/lib/sealing/keyset';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { fromHex, toHex } from '@/lib/record/hex';
import { keyCommitment, makeKeySet, memberSeed, SCOPE, signingKeys } from './fixture';

const keySet = makeKeySet(2, 3);
const expected = { ...SCOPE, onChain: keySetHash(keySet), signingKeys: signingKeys(3) };

/** Members sign again whatever they are given: the attack is in the content, not in a missing signature. */
function resign(set: KeySet): KeySet {
  const members = set.members.map((member, at) => ({
    ...member,
    signature: signKeySet(set, deriveSigningKey(memberSeed(at + 1)).secret),
  }));
  return { ...set, members };
}

function withMember(at: number, change: Partial<KeySet['members'][number]>): KeySet {
  return {
    ...keySet,
    members: keySet.members.map((member, i) => (i === at ? { ...member, ...change } : member)),
  };
}

const verdict = (value: unknown, onChain?: string, keys = expected.signingKeys) =>
  verifyKeySet(value, { ...expected, onChain, signingKeys: keys });

describe('key set', () => {
  it('is accepted when all members signed it and its hash is the chain’s', () => {
    expect(verifyKeySet(keySet, expected)).toEqual({ ok: true, keySet, hash: expected.onChain });
  });

  it('refuses a set that is not the chain’s, or of another tender', () => {
    expect(verdict(keySet, 'ab'.repeat(32))).toEqual({ ok: false, code: 'keyset-not-on-chain' });
    const other = makeKeySet(2, 3, { ...SCOPE, ocid: 'ocds-e3hb2t-0002' });
    expect(verdict(other)).toEqual({ ok: false, code: 'keyset-other-tender' });
  });

  it('refuses unsigned members: an altered key, a lower threshold, another’s signature', () => {
    const stranger = toHex(deriveCommitteeKey(memberSeed(99), SCOPE).publicKey);
    expect(verdict(withMember(1, { x25519: stranger }))).toMatchObject({
      code: 'keyset-unsigned',
      member: 1,
    });
    expect(verdict({ ...keySet, k: 1 })).toMatchObject({ code: 'keyset-unsigned' });
    const [first] = keySet.members;
    expect(verdict(withMember(2, { signature: first?.signature ?? '' }))).toMatchObject({ member: 3 });
    expect(verdict(withMember(0, { signature: '00'.repeat(64) }))).toMatchObject({ code: 'keyset-unsigned' });
  });

  it('refuses duplicate keys, doubled people and unknown signers', () => {
    const [first] = keySet.members;
    const doubled = resign(withMember(1, { x25519: first?.x25519 ?? '' }));
    expect(verdict(doubled)).toMatchObject({ code: 'keyset-duplicate-key' });
    const twice = new Map(expected.signingKeys).set(
      keyCommitment(2),
      expected.signingKeys.get(keyCommitment(1)) ?? '',
    );
    expect(verdict(keySet, undefined, twice)).toMatchObject({ code: 'keyset-duplicate-key' });
    const fewer = new Map([...expected.signingKeys].slice(0, 2));
    expect(verdict(keySet, undefined, fewer)).toMatchObject({ code: 'keyset-unknown-signer', member: 3 });
  });

  it.each([
    ['0', '00'.repeat(32)],
    ['1', `01${'00'.repeat(31)}`],
    ['order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['order 8, other', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['p − 1', `ec${'ff'.repeat(30)}7f`],
    ['p, not canonical', `ed${'ff'.repeat(30)}7f`],
    ['p + 1, not canonical', `ee${'ff'.repeat(30)}7f`],
    ['9 with the top bit', `09${'00'.repeat(30)}80`],
  ])('refuses the X25519 point %s', (_, hex) => {
    expect(isUsableX25519(fromHex(hex))).toBe(false);
    expect(verdict(resign(withMember(0, { x25519: hex })))).toMatchObject({ code: 'keyset-low-order-key' });
  });

  it.each([
    [null, 'keyset-shape'],
    [{}, 'keyset-shape'],
    [{ ...keySet, v: 2 }, 'keyset-shape'],
    [{ ...keySet, extra: 1 }, 'keyset-shape'],
    [{ ...keySet, contract: keySet.contract.toUpperCase() }, 'keyset-shape'],
    [{ ...keySet, k: 4 }, 'threshold-range'],
    [{ ...keySet, k: 0 }, 'threshold-range'],
    [{ ...keySet, n: 4 }, 'keyset-shape'],
    [{ ...keySet, members: [...keySet.members].reverse() }, 'keyset-order'],
  ])('refuses the shape %#', (value, code) => {
    expect(verdict(value)).toEqual({ ok: false, code });
  });

  it('derives another committee key for every tender, chain and contract, but one signing key', () => {
    const scopes = [
      SCOPE,
      { ...SCOPE, ocid: 'x' },
      { ...SCOPE, chainId: 1 },
      { ...SCOPE, contract: `0x${'00'.repeat(20)}` },
    ];
    const keys = scopes.map((scope) => toHex(deriveCommitteeKey(memberSeed(1), scope).publicKey));
    expect(new Set(keys).size).toBe(scopes.length);
  });
});
