import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from './base64';
import { concatBytes } from './hash';
import { MerkleError } from './error';

const ED25519 = 0x01;
const NEWLINE = 0x0a;
const MAX_NAME_LENGTH = 200;

/** A log's public key under its name, as C2SP signed-note writes it: `<name>+<key id>+<base64(0x01 ‖ public key)>`. */
export interface VerifierKey {
  readonly name: string;
  /** 4 bytes: the beginning of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). A hint to find the key, not a proof. */
  readonly keyId: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A key name (and so an origin): not empty, no white space, no plus sign, no control characters. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= MAX_NAME_LENGTH && !/[\s+\p{Cc}]/u.test(name);
}

export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new MerkleError('name-invalid', name);
  if (publicKey.length !== 32) throw new MerkleError('key-invalid', `${publicKey.length} bytes`);
  const digest = sha256(
    concatBytes(new TextEncoder().encode(name), Uint8Array.of(NEWLINE, ED25519), publicKey),
  );
  return { name, keyId: digest.slice(0, 4), publicKey };
}

export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${hex(key.keyId)}+${toBase64(concatBytes(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** Reads a verifier key; the key id in it must be the one its name and key give. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name, id, data] = match ?? [];
  if (name === undefined || id === undefined || data === undefined) throw new MerkleError('key-invalid');
  const bytes = fromBase64(data);
  if (bytes[0] !== ED25519) throw new MerkleError('key-invalid', 'not an Ed25519 key');
  const key = verifierKey(name, bytes.slice(1));
  if (hex(key.keyId) !== id)
    throw new MerkleError('key-invalid', 'the key id does not belong to this name and key');
  return key;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
