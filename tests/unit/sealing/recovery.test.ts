import { describe, expect, it } from 'vitest';
import { bidKeyPair, decodeRecovery, encodeRecovery, MAX_RECOVERY_LENGTH } from '@/lib/sealing/recovery';
import { toHex } from '@/lib/record/hex';
import { filled, makeIdentity, makeKeySet } from './fixture';

const identity = makeIdentity(makeKeySet(2, 3));
const unit = (lot: string, part: string, byte: number) => ({
  identity: { ...identity, lot, part },
  seed: toHex(filled(byte)),
  envelopeHash: byte.toString(16).padStart(2, '0').repeat(32),
});
const envelopes = [unit('1', 'technical', 1), unit('1', 'financial', 3), unit('2', 'technical', 4)];
const text = encodeRecovery(filled(2), envelopes);

describe('recovery file content', () => {
  it('comes back as it went, for a whole submission', () => {
    expect(decodeRecovery(text)).toEqual({
      format: 'tenderproof-recovery/1',
      bidSecret: '02'.repeat(32),
      envelopes,
    });
    expect(bidKeyPair(filled(2)).publicKey).toHaveLength(32);
  });

  it.each<[string, string]>([
    ['another format', text.replace('recovery/1', 'recovery/2')],
    ['a short seed', text.replace('"seed":"01', '"seed":"')],
    ['a short secret', text.replace('02'.repeat(32), '02'.repeat(31))],
    ['a short hash', text.replace('"envelopeHash":"01', '"envelopeHash":"')],
    ['a key too many', text.replace('{', '{"x":1,')],
    ['a key too many beside a seed', text.replace('"seed"', '"x":1,"seed"')],
    ['a key too few in an identity', text.replace('"part":"technical",', '')],
    ['envelopes that are no list', text.replace(/\[.*\]/, '{}')],
    ['no JSON', 'age-encryption.org/v1'],
    ['cut off', text.slice(0, -2)],
    ['a bomb', `${text}${' '.repeat(MAX_RECOVERY_LENGTH)}`],
  ])('refuses %s', (_, bad) => {
    expect(() => decodeRecovery(bad)).toThrow(expect.objectContaining({ code: 'recovery-shape' }));
  });

  it('refuses an identity that is not one', () => {
    const bad = text.replace('"chainId":31337', '"chainId":"31337"');
    expect(() => decodeRecovery(bad)).toThrow(expect.objectContaining({ code: 'identity-invalid' }));
  });

  const [first, second] = envelopes as [(typeof envelopes)[0], (typeof envelopes)[0]];
  const other = (change: object) => [first, { ...second, identity: { ...second.identity, ...change } }];
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      ...unit(`${i}`, '', 1),
      seed: (i + 1000).toString(16).padStart(64, '0'),
    }));
  it.each<[string, typeof envelopes]>([
    ['no envelope', []],
    ['more than 128', many(129)],
    ['a lot and part twice', other({ lot: '1', part: 'technical' })],
    ['two tenders', other({ ocid: 'ocds-e3hb2t-0002' })],
    ['two tenderers', other({ tenderer: 'org-other' })],
    ['two chains', other({ chainId: 1 })],
    ['two contracts', other({ contract: `0x${'60'.repeat(20)}` })],
  ])('refuses %s', (_, mixed) => {
    const encode = () => encodeRecovery(filled(2), mixed);
    expect(encode).toThrow(expect.objectContaining({ code: 'submission-mixed' }));
  });

  it('takes 128 envelopes of the longest names, and two key sets after a change of the committee', () => {
    const long = many(128).map((envelope, i) => {
      const control = '\u0001'.repeat(196);
      const name = (at: number) => `${control}${at.toString().padStart(4, '0')}`;
      const names = { ocid: name(0), lot: name(i), part: name(i), tenderer: name(0) };
      return { ...envelope, identity: { ...envelope.identity, ...names } };
    });
    expect(decodeRecovery(encodeRecovery(filled(2), long)).envelopes).toEqual(long);
    const resealed = other({ keyset: 'ff'.repeat(32) });
    expect(decodeRecovery(encodeRecovery(filled(2), resealed)).envelopes).toEqual(resealed);
  });

  it('keeps apart units whose names run into each other', () => {
    const pairs = [unit('a","b', '', 1), unit('a', 'b","', 3)];
    expect(decodeRecovery(encodeRecovery(filled(2), pairs)).envelopes).toHaveLength(2);
  });

  it.each<[string, typeof envelopes]>([
    ['a seed for two envelopes', [first, { ...second, seed: first.seed }]],
    ['the bid’s secret as a seed', [first, { ...second, seed: '02'.repeat(32) }]],
  ])('refuses %s: the opening of one would give away more', (_, same) => {
    const encode = () => encodeRecovery(filled(2), same);
    expect(encode).toThrow(expect.objectContaining({ code: 'seed-reused' }));
  });
});
