import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { Bytes } from './bytes';
import { concat, utf8 } from './bytes';
import { SealingError } from './error';
import type { Share } from './shamir';

/** A rehearsal has another info, so that a member can test a key without a bid ever opening by it. */
export type EnvelopePurpose = 'bid' | 'rehearsal';

/** Encapsulated key (32) ‖ ciphertext of the 32-byte share (32 + 16). */
export const SEALED_SHARE_LENGTH = 80;

const INFO_LABELS: Record<EnvelopePurpose, string> = {
  bid: 'tenderproof-share-v1\0',
  rehearsal: 'tenderproof-rehearsal-v1\0',
};

export interface ShareBinding {
  readonly purpose: EnvelopePurpose;
  /** 32 bytes. */
  readonly context: Uint8Array;
  /** 64 hex digits. */
  readonly keyset: string;
  readonly tenderer: string;
  /** 32 bytes, SHA-256 of the sealed payload. */
  readonly payloadHash: Uint8Array;
}

/** RFC 9180 base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. */
export function hpkeSuite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Chacha20Poly1305(),
  });
}

/** info = label ‖ 0x00 ‖ context (32) ‖ key-set hash (32). */
function shareInfo(binding: ShareBinding): Bytes {
  return concat(utf8(INFO_LABELS[binding.purpose]), binding.context, fromHex(binding.keyset, 32));
}

/** aad = JCS{index, payload (64 hex), tenderer}. */
function shareAad(binding: ShareBinding, index: number): Bytes {
  return utf8(canonicalText({ index, payload: toHex(binding.payloadHash), tenderer: binding.tenderer }));
}

/**
 * Seals one share to one member. `ekm` (32 bytes derived from the seed) fixes the ephemeral key by RFC 9180 DeriveKeyPair:
 * each ekm is used for exactly one recipient and message, and who learns the seed can reproduce the result.
 */
export async function sealShare(
  share: Share,
  recipient: Uint8Array,
  ekm: Uint8Array,
  binding: ShareBinding,
): Promise<Bytes> {
  const suite = hpkeSuite();
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient.slice());
  const sender = await suite.createSenderContext({
    recipientPublicKey,
    info: shareInfo(binding),
    ekm: ekm.slice(),
  });
  const ciphertext = await sender.seal(new Uint8Array(share.bytes), shareAad(binding, share.index));
  return concat(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

/** The encapsulated key (32 bytes) with which a share sealed under this `ekm` begins, whoever it is sealed to. */
export async function encapsulatedKey(ekm: Uint8Array): Promise<Bytes> {
  const { kem } = hpkeSuite();
  const { publicKey } = await kem.deriveKeyPair(ekm.slice().buffer);
  return new Uint8Array(await kem.serializePublicKey(publicKey));
}

/**
 * Opens the share of member `index`. Success says that this sealed share opens with this key, not that the share is
 * right: only the seed rebuilt from k shares can tell.
 * @throws SealingError `share-unopenable`
 */
export async function openShare(
  sealed: Uint8Array,
  index: number,
  secret: Uint8Array,
  binding: ShareBinding,
): Promise<Share> {
  if (sealed.length !== SEALED_SHARE_LENGTH) throw new SealingError('share-unopenable');
  const suite = hpkeSuite();
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(secret.slice());
    const enc = sealed.slice(0, 32);
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info: shareInfo(binding) });
    const bytes = await recipient.open(sealed.slice(32), shareAad(binding, index));
    return { index, bytes: new Uint8Array(bytes) };
  } catch {
    throw new SealingError('share-unopenable');
  }
}
