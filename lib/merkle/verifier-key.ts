import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from './base64';
import { concatBytes } from './hash';
import { MerkleError } from './error';

/** Signature types of C2SP signed-note: what a log signs its checkpoints with, and what witnesses cosign with. */
export const SIGNATURE_TYPES = { ed25519: 0x01, 'cosignature/v1': 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

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

/** A log's key. For a witness's, see `witnessKey`. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  return keyOfType('ed25519', name, publicKey);
}

export function formatVerifierKey(key: VerifierKey): string {
  return formatKey('ed25519', key);
}

/** Reads a verifier key; the key id in it must be the one its name and key give. */
export function parseVerifierKey(text: string): VerifierKey {
  return parseKey('ed25519', text);
}

/** The same public key has another id under each type: a signature of one type never passes for another. */
export function keyOfType(type: SignatureType, name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new MerkleError('name-invalid', name);
  if (publicKey.length !== 32) throw new MerkleError('key-invalid', `${publicKey.length} bytes`);
  const digest = sha256(
    concatBytes(new TextEncoder().encode(name), Uint8Array.of(NEWLINE, SIGNATURE_TYPES[type]), publicKey),
  );
  return { name, keyId: digest.slice(0, 4), publicKey };
}

export function formatKey(type: SignatureType, { name, keyId, publicKey }: VerifierKey): string {
  return `${name}+${hex(keyId)}+${toBase64(concatBytes(Uint8Array.of(SIGNATURE_TYPES[type]), publicKey))}`;
}

export function parseKey(type: SignatureType, text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name, id, data] = match ?? [];
  if (name === undefined || id === undefined || data === undefined) throw new MerkleError('key-invalid');
  const bytes = fromBase64(data);
  if (bytes[0] !== SIGNATURE_TYPES[type]) throw new MerkleError('key-invalid', `not a key of type ${type}`);
  const key = keyOfType(type, name, bytes.slice(1));
  if (hex(key.keyId) !== id)
    throw new MerkleError('key-invalid', 'the key id does not belong to this name and key');
  return key;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
