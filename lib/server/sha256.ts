import { hash } from 'node:crypto';

/**
 * SHA-256 by OpenSSL, in one call, for the short inputs of Merkle trees.
 *
 * Node makes a Buffer three times as slowly as a string of one character a byte, which is the digest all the same:
 * 1.4 µs a hash by this way instead of 2.5, beside 6.6 µs in JavaScript.
 */
export const nativeSha256 = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
