import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '@/lib/merkle/hash';
import { nativeSign } from '@/lib/server/ed25519';
import { nativeSha256 } from '@/lib/server/sha256';

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

  it('make the same SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        expect(Buffer.from(nativeSha256(message))).toEqual(Buffer.from(sha256(message)));
      }),
    );
  });
});
