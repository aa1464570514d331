import { describe, expect, it } from 'vitest';
import { keySetHash } from '@/lib/sealing/keyset';
import { parseSealingKit, type SealingKit } from '@/lib/sealing/sealing-kit';
import { keyCommitment, makeKeySet, SCOPE, signingKeys } from './fixture';

const keyset = makeKeySet(2, 3);
const kit: SealingKit = {
  format: 'tenderproof-sealing-kit/1',
  origin: 'tenders.example.org',
  ...SCOPE,
  title: 'Desks and chairs',
  language: 'en',
  bidsDue: '2027-01-01T10:00:00.000Z',
  currency: 'EUR',
  lots: [{ id: '1', title: 'Desks', description: '' }],
  envelopes: 'two',
  items: [{ id: '1', description: 'Desk', quantity: '10', unit: 'piece', relatedLot: '1' }],
  statements: [{ id: 'independence', kind: 'declaration', text: 'We bid independently.' }],
  keyset,
  keysetHash: keySetHash(keyset),
  signingKeys: Object.fromEntries(signingKeys(3)),
};
const parse = (change: object) => parseSealingKit(JSON.stringify({ ...kit, ...change }));

describe('the sealing kit', () => {
  it('is read whole', () => expect(parse({})).toEqual({ ok: true, kit }));

  it.each([
    ['another format', { format: 'tenderproof-sealing-kit/2' }],
    ['a key that is not specified', { extra: 1 }],
    ['an address in upper case', { contract: SCOPE.contract.toUpperCase() }],
    ['no items', { items: [] }],
    ['a currency that is none', { currency: 'euro' }],
    ['a key set without its members', { keyset: { ...keyset, members: [] } }],
    ['a time without its seconds', { bidsDue: '2027-01-01T10:00Z' }],
  ])('refuses %s', (_what, change) => expect(parse(change)).toMatchObject({ ok: false, code: 'not-kit' }));

  it('refuses a text that is no JSON', () =>
    expect(parseSealingKit('')).toMatchObject({ ok: false, code: 'not-json' }));

  it.each([
    ['keyset-not-on-chain', { keysetHash: 'ab'.repeat(32) }],
    ['keyset-other-tender', { ocid: 'ocds-e3hb2t-0002' }],
    ['keyset-unknown-signer', { signingKeys: {} }],
    ['keyset-unsigned', { signingKeys: { ...kit.signingKeys, [keyCommitment(2)]: '22'.repeat(32) } }],
  ])('refuses to seal to keys that nobody vouches for: %s', (code, change) =>
    expect(parse(change)).toMatchObject({ ok: false, code }),
  );
});
