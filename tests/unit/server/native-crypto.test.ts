import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pureHashInto } from '@/lib/audit/peaks';
import { sha256 } from '@/lib/merkle/hash';
import { verifyEd25519 } from '@/lib/merkle/checkpoint';
import { nativeSign, nativeVerify } from '@/lib/server/ed25519';
import { nativeSha256, nativeSha256Into } from '@/lib/server/sha256';

describe('the machine and JavaScript', () => {
  it('make the same Ed25519 signature', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(seed, fc.uint8Array({ maxLength: 200 }), (key, message) => {
        expect(Buffer.from(nativeSign(message, key))).toEqual(Buffer.from(ed25519.sign(message, key)));
      }),
      { numRuns: 50 },
    );
  });

  it('find the same Ed25519 signatures good', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        bytes(32),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        fc.nat(7),
        (seed, message, at, bit) => {
          const key = ed25519.getPublicKey(seed);
          const signature = ed25519.sign(message, seed);
          expect(nativeVerify(signature, message, key)).toBe(true);
          const place = at % 96;
          const flip = (text: Uint8Array, i: number) =>
            text.map((byte, n) => (n === i ? byte ^ (1 << bit) : byte));
          const [forged, other] = [flip(signature, place), flip(key, place - 64)];
          expect(nativeVerify(forged, message, other)).toBe(false);
          expect(verifyEd25519(forged, message, other)).toBe(false);
          expect(nativeVerify(signature.slice(1), message, key)).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('make the same SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        expect(Buffer.from(nativeSha256(message))).toEqual(Buffer.from(sha256(message)));
        const [native, pure] = [new Uint8Array(64).fill(7), new Uint8Array(64).fill(7)];
        nativeSha256Into(message, native, 16);
        pureHashInto(message, pure, 16);
        expect(native).toEqual(pure);
      }),
    );
  });
});
