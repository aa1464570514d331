import { describe, expect, it } from 'vitest';
import { bidKeyPair, decodeRecovery, encodeRecovery } from '@/lib/sealing/recovery';
import { filled, makeIdentity, makeKeySet } from './fixture';

const identity = makeIdentity(makeKeySet(2, 3));
const text = encodeRecovery(identity, filled(1), filled(2), 'ab'.repeat(32));

describe('recovery file content', () => {
  it('comes back as it went', () => {
    expect(decodeRecovery(text)).toEqual({
      format: 'tenderproof-recovery/1',
      identity,
      seed: '01'.repeat(32),
      bidSecret: '02'.repeat(32),
      envelopeHash: 'ab'.repeat(32),
    });
    expect(bidKeyPair(filled(2)).publicKey).toHaveLength(32);
  });

  it.each<[string, string]>([
    ['another format', text.replace('recovery/1', 'recovery/2')],
    ['a short seed', text.replace('01'.repeat(32), '01'.repeat(31))],
    ['a key too many', text.replace('{', '{"x":1,')],
    ['no JSON', 'age-encryption.org/v1'],
    ['cut off', text.slice(0, -2)],
  ])('refuses %s', (_, bad) => {
    expect(() => decodeRecovery(bad)).toThrow(expect.objectContaining({ code: 'recovery-shape' }));
  });

  it('refuses an identity that is not one', () => {
    const bad = text.replace('"chainId":31337', '"chainId":"31337"');
    expect(() => decodeRecovery(bad)).toThrow(expect.objectContaining({ code: 'identity-invalid' }));
  });
});
