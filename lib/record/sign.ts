import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex, toHex } from './hex';
import { canonicalBytes } from './jcs';
import { digestSchema, type RecordSignature, type TenderRecord } from './record';

/** What is signed: SHA-256(JCS(record)), 32 bytes (protocol §1). */
export function recordDigest(record: TenderRecord): Uint8Array {
  return sha256(canonicalBytes(record));
}

/**
 * Signs a record with a person's record-signing key.
 * @param secretKey Ed25519 seed, 32 bytes, from the person's key file.
 * @param keyCommitment commitment (hexadecimal) of the record that registered the public key.
 */
export function signRecord(
  record: TenderRecord,
  secretKey: Uint8Array,
  keyCommitment: string,
): RecordSignature {
  const signature = ed25519.sign(recordDigest(record), secretKey);
  return { alg: 'ed25519', key: digestSchema.parse(keyCommitment), signature: toHex(signature) };
}

/**
 * True when the signature was made over this record by the holder of `publicKey` (32 bytes). Strict RFC 8032 rules:
 * with the lenient ones a key of small order would "sign" anything. Never throws.
 */
export function verifySignature(
  record: TenderRecord,
  signature: RecordSignature,
  publicKey: Uint8Array,
): boolean {
  try {
    return ed25519.verify(fromHex(signature.signature, 64), recordDigest(record), publicKey, {
      zip215: false,
    });
  } catch {
    return false;
  }
}
