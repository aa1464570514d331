import { ed25519 } from '@noble/curves/ed25519.js';
import { formatSignatureLine, verifyEd25519, type NoteSignature, type SignedCheckpoint } from './checkpoint';
import { MerkleError } from './error';
import { concatBytes, equalBytes } from './hash';
import { formatKey, keyOfType, parseKey, type VerifierKey } from './verifier-key';

/*
 * C2SP tlog-cosignature, version 1 (Ed25519). A witness states: "as of this second, the largest tree of this log that I
 * have seen, consistent with all before, has this size and root."
 */

const TYPE = 'cosignature/v1';
const TIME_SIZE = 8;
const SIGNATURE_SIZE = 64;

/** A witness's key. Its own type keeps it apart from a log's key, which signs other messages. */
export interface WitnessKey extends VerifierKey {
  readonly type: typeof TYPE;
}

export interface Cosignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  /** Seconds since 1970: when the witness says that it signed. */
  readonly time: number;
  /** The signature line with its newline. */
  readonly line: string;
}

export type CosignatureFault = 'length' | 'time' | 'signature';

export type CosignatureOutcome =
  | { readonly ok: true; readonly cosignature: Cosignature }
  | { readonly ok: false; readonly fault: CosignatureFault };

/**
 * The same public key must not serve two witness names: the message does not name its signer.
 * @param publicKey Ed25519, 32 bytes.
 */
export function witnessKey(name: string, publicKey: Uint8Array): WitnessKey {
  return { ...keyOfType(TYPE, name, publicKey), type: TYPE };
}

/** `<name>+<key id>+<base64(0x04 ‖ public key)>`. */
export function formatWitnessKey(key: WitnessKey): string {
  return formatKey(TYPE, key);
}

/** @throws MerkleError for anything but a witness's key whose id belongs to its name and key. */
export function parseWitnessKey(text: string): WitnessKey {
  return { ...parseKey(TYPE, text), type: TYPE };
}

/** What is signed: two lines of header, then the checkpoint's text with its final newline. */
function messageOf(text: string, time: number): Uint8Array {
  return new TextEncoder().encode(`${TYPE}\ntime ${time}\n${text}`);
}

/** Zero would say that the witness states no time; from 2^53 on a number of JavaScript is no longer exact. */
const isTime = (time: number): boolean => Number.isSafeInteger(time) && time > 0;

/**
 * Cosigns a checkpoint. The caller has checked that it extends what this witness signed before.
 * @param text the checkpoint's signed text, with its final newline.
 * @param secretKey the witness's Ed25519 seed, 32 bytes.
 * @param time seconds since 1970.
 */
export function cosign(text: string, name: string, secretKey: Uint8Array, time: number): Cosignature {
  if (!isTime(time)) throw new MerkleError('time-range', String(time));
  const { keyId } = witnessKey(name, ed25519.getPublicKey(secretKey));
  const stamp = new Uint8Array(TIME_SIZE);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const signature = concatBytes(stamp, ed25519.sign(messageOf(text, time), secretKey));
  return { name, keyId, time, line: formatSignatureLine({ name, keyId, signature }) };
}

const isBy = (key: VerifierKey, { name, keyId }: NoteSignature) =>
  name === key.name && equalBytes(keyId, key.keyId);

/** The signatures of a note that claim to be this key's. */
export function signaturesBy(key: VerifierKey, { signatures }: SignedCheckpoint): NoteSignature[] {
  return signatures.filter((signature) => isBy(key, signature));
}

/** Verifies one signature that claims to be this witness's, over a checkpoint's text. Never throws. */
export function verifyCosignature(text: string, claimed: NoteSignature, key: WitnessKey): CosignatureOutcome {
  const { name, keyId, signature } = claimed;
  if (!isBy(key, claimed)) return { ok: false, fault: 'signature' };
  if (signature.length !== TIME_SIZE + SIGNATURE_SIZE) return { ok: false, fault: 'length' };
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
  const time = Number(view.getBigUint64(0));
  if (!isTime(time)) return { ok: false, fault: 'time' };
  const valid = verifyEd25519(signature.subarray(TIME_SIZE), messageOf(text, time), key.publicKey);
  if (!valid) return { ok: false, fault: 'signature' };
  return { ok: true, cosignature: { name, keyId, time, line: formatSignatureLine(claimed) } };
}

export type CosignaturesOutcome =
  | { readonly ok: true; readonly cosignatures: readonly Cosignature[] }
  | { readonly ok: false; readonly name: string; readonly fault: CosignatureFault };

/**
 * The cosignatures of the given witnesses on a checkpoint, one for each witness that signed. Signatures by others are
 * passed over; one that claims a known key and does not verify refuses the whole note (C2SP signed-note).
 */
export function verifyCosignatures(
  checkpoint: SignedCheckpoint,
  keys: readonly WitnessKey[],
): CosignaturesOutcome {
  const cosignatures: Cosignature[] = [];
  for (const key of keys) {
    const outcomes = signaturesBy(key, checkpoint).map((s) => verifyCosignature(checkpoint.text, s, key));
    for (const outcome of outcomes) if (!outcome.ok) return { ...outcome, name: key.name };
    const [first] = outcomes;
    if (first?.ok) cosignatures.push(first.cosignature);
  }
  return { ok: true, cosignatures };
}
