import { ed25519 } from '@noble/curves/ed25519.js';
import { fromBase64, toBase64 } from './base64';
import { concatBytes, equalBytes, HASH_SIZE } from './hash';
import { MerkleError } from './error';
import { isSize } from './range';
import { isKeyName, type VerifierKey, verifierKey } from './verifier-key';

/** The head of the log, as C2SP tlog-checkpoint states it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly rootHash: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SignedCheckpoint extends Checkpoint {
  /** The signed text, with its final newline: what signatures are made over, in UTF-8. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type CheckpointFault = 'malformed' | 'origin-mismatch' | 'not-signed-by-key' | 'signature-invalid';

export type CheckpointOutcome =
  | { readonly ok: true; readonly checkpoint: SignedCheckpoint }
  | { readonly ok: false; readonly fault: CheckpointFault };

/** Room for what C2SP signed-note demands: 16 signatures, of up to 5 kB each where they are post-quantum ones. */
export const MAX_NOTE_LENGTH = 98_304;
const MAX_SIGNATURES = 32;

/** Origin, size and base64 root on a line each. No extension lines: nothing that is not understood gets signed. */
export function checkpointText({ origin, size, rootHash }: Checkpoint): string {
  if (!isKeyName(origin)) throw new MerkleError('name-invalid', origin);
  if (!isSize(size)) throw new MerkleError('size-range', `size ${size}`);
  if (rootHash.length !== HASH_SIZE) throw new MerkleError('hash-length', `${rootHash.length} bytes`);
  return `${origin}\n${size}\n${toBase64(rootHash)}\n`;
}

/** Signs a checkpoint as a C2SP note. @param secretKey the log's Ed25519 seed, 32 bytes. */
export function signCheckpoint(checkpoint: Checkpoint, secretKey: Uint8Array): string {
  const text = checkpointText(checkpoint);
  const key = verifierKey(checkpoint.origin, ed25519.getPublicKey(secretKey));
  const signature = ed25519.sign(new TextEncoder().encode(text), secretKey);
  return `${text}\n${formatSignatureLine({ name: key.name, keyId: key.keyId, signature })}`;
}

/** One line of a note below its text, with its newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concatBytes(keyId, signature))}\n`;
}

/**
 * Reads a signed note that holds a checkpoint, without believing it; null when it is not one. Signatures of others
 * (witnesses) and extension lines are kept, as the C2SP formats demand.
 */
export function parseCheckpoint(note: string): SignedCheckpoint | null {
  if (note.length > MAX_NOTE_LENGTH || /[\p{Cc}\p{Cs}]/u.test(note.replaceAll('\n', ''))) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return null;
  const signatures = lines.map(parseSignatureLine);
  const checkpoint = parseText(text);
  if (checkpoint === null || !signatures.every((signature) => signature !== null)) return null;
  return { ...checkpoint, text, signatures };
}

/**
 * Verifies a signed checkpoint against a key that the verifier already trusts. Signatures by unknown keys are passed
 * over; one that claims this key and does not verify refuses the whole note.
 */
export function verifyCheckpoint(
  note: string,
  key: VerifierKey,
  verify: VerifyEd25519 = verifyEd25519,
): CheckpointOutcome {
  const checkpoint = parseCheckpoint(note);
  if (checkpoint === null) return { ok: false, fault: 'malformed' };
  if (checkpoint.origin !== key.name) return { ok: false, fault: 'origin-mismatch' };
  const own = checkpoint.signatures.filter(
    ({ name, keyId }) => name === key.name && equalBytes(keyId, key.keyId),
  );
  if (own.length === 0) return { ok: false, fault: 'not-signed-by-key' };
  const message = new TextEncoder().encode(checkpoint.text);
  const valid = own.every(({ signature }) => verify(signature, message, key.publicKey));
  return valid ? { ok: true, checkpoint } : { ok: false, fault: 'signature-invalid' };
}

/** Verifies an Ed25519 signature (RFC 8032); false, never an exception. A server may pass its native one, which is faster. */
export type VerifyEd25519 = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

/** RFC 8032 verification with the strict rules (no ZIP-215 leniency); false, never an exception. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function parseText(text: string): Checkpoint | null {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || !isKeyName(origin) || size === undefined || root === undefined) return null;
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !isSize(Number(size)) || extensions.includes('')) return null;
  const rootHash = decode(root);
  return rootHash?.length === HASH_SIZE ? { origin, size: Number(size), rootHash } : null;
}

/** Reads a signature line without its newline; null when it is none. */
export function parseSignatureLine(line: string): NoteSignature | null {
  const [, name, data] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = data === undefined ? null : decode(data);
  if (name === undefined || !isKeyName(name) || bytes === null || bytes.length < 5) return null;
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function decode(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}
