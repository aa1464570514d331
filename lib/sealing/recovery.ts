import { ed25519 } from '@noble/curves/ed25519.js';
import { isHex, toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import type { EnvelopeIdentity } from './context';
import { requireIdentity } from './context';
import { SealingError } from './error';
import type { KeyPair } from './member-key';
import { hasKeys } from './price-form';
import { requireDistinctSecrets, requireOneSubmission } from './submission';

/** `seed`: 32 bytes, r. `envelopeHash`: 32 bytes, SHA-256 of the envelope. */
export interface RecoveryEnvelope {
  readonly identity: EnvelopeIdentity;
  readonly seed: string;
  readonly envelopeHash: string;
}

/**
 * What a bidder must keep secret and must not lose: the seeds open the envelopes when members are missing, the bid key
 * withdraws or replaces them. One for a whole submission; the content is encrypted with a passphrase before it is
 * written anywhere. All bytes are lower-case hexadecimal.
 */
export interface RecoveryContent {
  readonly format: 'tenderproof-recovery/1';
  /** 32 bytes: Ed25519 secret of the submission. */
  readonly bidSecret: string;
  /** 1 to 128, of one tender and tenderer, each lot and part once. */
  readonly envelopes: readonly RecoveryEnvelope[];
}

/** UTF-16 code units: 128 identities of the longest texts, every character escaped. */
export const MAX_RECOVERY_LENGTH = 700_000;

/** The bid's own Ed25519 key from 32 fresh random bytes; not from a seed, which is published at the opening. */
export function bidKeyPair(random: Uint8Array): KeyPair {
  if (random.length !== 32) throw new SealingError('seed-length');
  return { secret: new Uint8Array(random), publicKey: new Uint8Array(ed25519.getPublicKey(random)) };
}

/** @throws SealingError for what `decodeRecovery` would refuse */
export function encodeRecovery(bidSecret: Uint8Array, envelopes: readonly RecoveryEnvelope[]): string {
  const format = 'tenderproof-recovery/1' as const;
  const content: RecoveryContent = { format, bidSecret: toHex(bidSecret), envelopes };
  return canonicalText(decodeRecovery(canonicalText(content)));
}

/** @throws SealingError `recovery-shape`, `identity-invalid`, `submission-mixed`, `seed-reused` */
export function decodeRecovery(text: string): RecoveryContent {
  let value: unknown;
  try {
    value = parseStrict(text, { maxLength: MAX_RECOVERY_LENGTH });
  } catch {
    throw new SealingError('recovery-shape');
  }
  const keys = ['format', 'bidSecret', 'envelopes'] as const;
  if (!hasKeys(value, keys) || value.format !== 'tenderproof-recovery/1')
    throw new SealingError('recovery-shape');
  const { bidSecret } = value;
  if (!isHex32(bidSecret) || !Array.isArray(value.envelopes)) throw new SealingError('recovery-shape');
  const envelopes = value.envelopes.map(checkEnvelope);
  requireOneSubmission(envelopes.map(({ identity }) => identity));
  requireDistinctSecrets([bidSecret, ...envelopes.map(({ seed }) => seed)]);
  return { format: 'tenderproof-recovery/1', bidSecret, envelopes };
}

const isHex32 = (value: unknown): value is string => typeof value === 'string' && isHex(value, 32);

function checkEnvelope(value: unknown): RecoveryEnvelope {
  if (!hasKeys(value, ['identity', 'seed', 'envelopeHash'])) throw new SealingError('recovery-shape');
  const { identity, seed, envelopeHash } = value;
  if (!isHex32(seed) || !isHex32(envelopeHash)) throw new SealingError('recovery-shape');
  const identityKeys = ['chainId', 'contract', 'ocid', 'lot', 'part', 'tenderer', 'keyset'] as const;
  if (!hasKeys(identity, identityKeys)) throw new SealingError('recovery-shape');
  // The shape is checked at run time by requireIdentity, which reads every field.
  const checked = identity as unknown as EnvelopeIdentity;
  requireIdentity(checked);
  return { identity: checked, seed, envelopeHash };
}
