import { ed25519 } from '@noble/curves/ed25519.js';
import { isHex, toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import type { Bytes } from './bytes';
import type { EnvelopeIdentity } from './context';
import { requireIdentity } from './context';
import { SealingError } from './error';
import type { KeyPair } from './member-key';
import { hasKeys } from './price-form';

/**
 * What a bidder must keep secret and must not lose: the seed opens the bid when members are missing, the bid key
 * withdraws or replaces it. The content is encrypted with a passphrase before it is written anywhere.
 * All bytes are lower-case hexadecimal.
 */
export interface RecoveryContent {
  readonly format: 'tenderproof-recovery/1';
  readonly identity: EnvelopeIdentity;
  /** 32 bytes: r. */
  readonly seed: string;
  /** 32 bytes: Ed25519 secret of the bid. */
  readonly bidSecret: string;
  /** 32 bytes: SHA-256 of the envelope. */
  readonly envelopeHash: string;
}

/** The bid's own Ed25519 key from 32 fresh random bytes; not from the seed, which is published at the opening. */
export function bidKeyPair(random: Uint8Array): KeyPair {
  if (random.length !== 32) throw new SealingError('seed-length');
  return { secret: new Uint8Array(random), publicKey: new Uint8Array(ed25519.getPublicKey(random)) };
}

export function encodeRecovery(
  identity: EnvelopeIdentity,
  seed: Bytes,
  bidSecret: Bytes,
  envelopeHash: string,
): string {
  const content: RecoveryContent = {
    format: 'tenderproof-recovery/1',
    identity,
    seed: toHex(seed),
    bidSecret: toHex(bidSecret),
    envelopeHash,
  };
  return canonicalText(decodeRecovery(canonicalText(content)));
}

/** @throws SealingError `recovery-shape`, `identity-invalid` */
export function decodeRecovery(text: string): RecoveryContent {
  let value: unknown;
  try {
    value = parseStrict(text, { maxLength: 10_000 });
  } catch {
    throw new SealingError('recovery-shape');
  }
  const keys = ['format', 'identity', 'seed', 'bidSecret', 'envelopeHash'] as const;
  if (!hasKeys(value, keys) || value.format !== 'tenderproof-recovery/1')
    throw new SealingError('recovery-shape');
  const { seed, bidSecret, envelopeHash, identity } = value;
  const hex32 = (text32: unknown): text32 is string => typeof text32 === 'string' && isHex(text32, 32);
  if (!hex32(seed) || !hex32(bidSecret) || !hex32(envelopeHash)) throw new SealingError('recovery-shape');
  const identityKeys = ['chainId', 'contract', 'ocid', 'lot', 'part', 'tenderer', 'keyset'] as const;
  if (!hasKeys(identity, identityKeys)) throw new SealingError('recovery-shape');
  // The shape is checked at run time by requireIdentity, which reads every field.
  const checked = identity as unknown as EnvelopeIdentity;
  requireIdentity(checked);
  return { format: 'tenderproof-recovery/1', identity: checked, seed, bidSecret, envelopeHash };
}
