import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { verifyEd25519 } from '@/lib/merkle/checkpoint';
import { concatBytes } from '@/lib/merkle/hash';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalBytes } from '@/lib/record/jcs';
import { digestSchema, entrySchema, roundSchema, stageSchema, timeSchema } from '@/lib/record/record';

/** The log's key also signs checkpoints: the label keeps either signature from being passed off as the other. */
const PROMISE_LABEL = new TextEncoder().encode('tenderproof-promise-v1');

/**
 * The registry's promise at filing (protocol §6). Misconduct is provable when the first anchor with time ≥ `anchoredBy`
 * does not contain the commitment. Times are RFC 3339 in UTC.
 */
export const promiseSchema = z.strictObject({
  commitment: digestSchema,
  /** When it was filed, by the registry's clock. */
  time: timeSchema,
  sequencedBy: timeSchema,
  anchoredBy: timeSchema,
});

/** A promise with the registry's signature: Ed25519 by the log's key over SHA-256("tenderproof-promise-v1" ‖ JCS(promise)). */
export const signedPromiseSchema = promiseSchema.extend({
  signature: z.string().regex(/^[0-9a-f]{128}$/, 'Expected 128 lower-case hexadecimal digits'),
});

/** What a filer gets at once. It holds no secret but the salt of its own entry. */
export const receiptSchema = z.strictObject({
  format: z.literal('tenderproof-receipt/1'),
  origin: z.string().min(1).max(200),
  entry: entrySchema,
  salt: digestSchema,
  /** SHA-256(ocid). */
  process: digestSchema,
  stage: stageSchema.nullable(),
  /** Key of the unit; the process's own where it has no units. */
  unit: digestSchema,
  round: roundSchema,
  promise: signedPromiseSchema,
});

export type FilingPromise = z.infer<typeof promiseSchema>;
export type SignedPromise = z.infer<typeof signedPromiseSchema>;
export type Receipt = z.infer<typeof receiptSchema>;

/** Makes an Ed25519 signature of 64 bytes. A server passes its native one. */
export type SignEd25519 = (message: Uint8Array, seed: Uint8Array) => Uint8Array;

/** Signs a promise. @param logSecretKey the log's Ed25519 seed, 32 bytes. @returns 128 hexadecimal digits. */
export function signPromise(
  promise: FilingPromise,
  logSecretKey: Uint8Array,
  sign: SignEd25519 = ed25519.sign,
): string {
  return toHex(sign(promiseDigest(promise), logSecretKey));
}

/** True when the log's pinned key signed this promise. Never throws. */
export function verifyPromise({ signature, ...promise }: SignedPromise, logKey: VerifierKey): boolean {
  try {
    return verifyEd25519(fromHex(signature, 64), promiseDigest(promise), logKey.publicKey);
  } catch {
    return false;
  }
}

function promiseDigest(promise: FilingPromise): Uint8Array {
  return sha256(concatBytes(PROMISE_LABEL, canonicalBytes(promise)));
}
