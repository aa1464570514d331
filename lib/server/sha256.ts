import { hash } from 'node:crypto';

/**
 * SHA-256 by OpenSSL, in one call, for the short inputs of Merkle trees.
 *
 * Node makes a Buffer three times as slowly as a string of one character a byte, which is the digest all the same:
 * 1.4 µs a hash by this way instead of 2.5, beside 6.6 µs in JavaScript.
 */
export const nativeSha256 = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** The same digest written into `out` from `at` on, without a Buffer of its own. */
export function nativeSha256Into(bytes: Uint8Array, out: Uint8Array, at: number): void {
  const digest = hash('sha256', bytes, 'binary');
  for (let i = 0; i < digest.length; i += 1) out[at + i] = digest.charCodeAt(i);
}
