import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, it } from 'vitest';
import { signPromise, verifyPromise, type FilingPromise } from '@/lib/evidence/receipt';
import { verifierKey } from '@/lib/merkle/verifier-key';

const secret = new Uint8Array(32).fill(5);
const key = verifierKey('registry.example', ed25519.getPublicKey(secret));
const promise: FilingPromise = {
  commitment: 'ab'.repeat(32),
  time: '2026-02-10T09:30:00.250Z',
  sequencedBy: '2026-02-10T09:30:01.250Z',
  anchoredBy: '2026-02-10T09:31:00.250Z',
};

it('binds the registry to every member of its promise', () => {
  const signature = signPromise(promise, secret);
  expect(verifyPromise({ ...promise, signature }, key)).toBe(true);
  for (const change of [{ commitment: 'ac'.repeat(32) }, { anchoredBy: '2026-02-10T09:41:00.250Z' }]) {
    expect(verifyPromise({ ...promise, ...change, signature }, key)).toBe(false);
  }
  expect(verifyPromise({ ...promise, signature: signature.replace(/^../, '00') }, key)).toBe(false);
  expect(verifyPromise({ ...promise, signature: 'nonsense' }, key)).toBe(false);
});
