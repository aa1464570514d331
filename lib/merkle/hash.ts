import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { MerkleError } from './error';

/**
 * Hashes bytes with SHA-256; it must not keep what it was given. A server passes its native one, which is faster: trees
 * and logs spend nearly all of their time here.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** In JavaScript alone: runs everywhere. */
export const sha256: Sha256 = nobleSha256;

/** Every hash and every commitment of the log is this many bytes long. */
export const HASH_SIZE = 32;

// What is hashed is put together in the same two places again and again: a hash function keeps nothing of it.
const leafInput = Uint8Array.of(0x00, ...new Uint8Array(HASH_SIZE));
const nodeInput = Uint8Array.of(0x01, ...new Uint8Array(2 * HASH_SIZE));

/** Concatenates byte strings into a fresh array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * Leaf hash of RFC 9162 §2.1.1: SHA-256(0x00 ‖ commitment).
 *
 * The commitment must be 32 bytes. A 64-byte "leaf" would have a preimage shaped like a node's children; the prefix
 * keeps them apart, and the fixed length makes sure that no caller commits to a hexadecimal string by mistake.
 */
export function leafHash(commitment: Uint8Array): Uint8Array {
  return leafHashBy(sha256, commitment);
}

/** As `leafHash`, by a hash function of the caller's. */
export function leafHashBy(hash: Sha256, commitment: Uint8Array): Uint8Array {
  if (commitment.length !== HASH_SIZE)
    throw new MerkleError('commitment-length', `${commitment.length} bytes`);
  leafInput.set(commitment, 1);
  return hash(leafInput);
}

/** Node hash of RFC 9162 §2.1.1: SHA-256(0x01 ‖ left ‖ right), both 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  if (left.length !== HASH_SIZE || right.length !== HASH_SIZE) {
    throw new MerkleError('hash-length', `${left.length} and ${right.length} bytes`);
  }
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_SIZE);
  return hash(nodeInput);
}

/** Root of the tree without leaves: SHA-256 of nothing. A fresh array each time, so that no caller can alter it. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}
