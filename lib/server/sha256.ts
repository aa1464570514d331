import { hash } from 'node:crypto';

/** SHA-256 by OpenSSL, in one call: about twice as fast as JavaScript for the short inputs of Merkle trees. */
export const nativeSha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
