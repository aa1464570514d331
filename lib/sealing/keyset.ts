import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { Bytes } from './bytes';
import { concat, utf8 } from './bytes';
import type { SealingErrorCode } from './error';
import { SealingError } from './error';
import { hasKeys } from './price-form';
import { requireThreshold } from './shamir';

/** `x25519`: 64 hex; `key`: commitment of the record that registered the member's Ed25519 key; `signature`: 128 hex. */
export interface KeySetMember {
  readonly index: number;
  readonly x25519: string;
  readonly key: string;
  readonly signature: string;
}

export interface KeySet {
  readonly v: 1;
  readonly chainId: number;
  readonly contract: string;
  readonly ocid: string;
  readonly n: number;
  readonly k: number;
  readonly members: readonly KeySetMember[];
}

/** The key set before its members have signed it. */
export interface KeySetDraft extends Omit<KeySet, 'members'> {
  readonly members: readonly Omit<KeySetMember, 'signature'>[];
}

/** What members sign is never a record: the label and the zero byte cannot begin a JSON text. */
const SIGNATURE_LABEL = 'tenderproof-keyset-v1\0';

/** 32 bytes: SHA-256("tenderproof-keyset-v1" ‖ 0x00 ‖ JCS of the key set without the members' signatures). */
export function keySetDigest(draft: KeySetDraft | KeySet): Bytes {
  const { v, chainId, contract, ocid, n, k } = draft;
  const members = draft.members.map(({ index, x25519: x, key }) => ({ index, x25519: x, key }));
  const text = canonicalText({ v, chainId, contract, ocid, n, k, members });
  return new Uint8Array(sha256(concat(utf8(SIGNATURE_LABEL), utf8(text))));
}

/** 128 hex digits: the member's Ed25519 signature over `keySetDigest`. */
export function signKeySet(draft: KeySetDraft | KeySet, signingSecret: Uint8Array): string {
  return toHex(ed25519.sign(keySetDigest(draft), signingSecret));
}

/** 64 hex digits: SHA-256(JCS(key set with its signatures)). This is what stands on chain. */
export function keySetHash(keySet: KeySet): string {
  return toHex(sha256(utf8(canonicalText(parseKeySet(keySet)))));
}

/** Strict shape of version 1; says nothing about keys and signatures. @throws SealingError `keyset-…`, `threshold-range` */
export function parseKeySet(value: unknown): KeySet {
  const keys = ['v', 'chainId', 'contract', 'ocid', 'n', 'k', 'members'] as const;
  if (!hasKeys(value, keys) || value.v !== 1) throw new SealingError('keyset-shape');
  const { chainId, contract, ocid, n, k, members } = value;
  const wellFormed =
    typeof chainId === 'number' &&
    Number.isSafeInteger(chainId) &&
    typeof contract === 'string' &&
    /^0x[0-9a-f]{40}$/.test(contract) &&
    typeof ocid === 'string' &&
    ocid !== '';
  if (!wellFormed || typeof n !== 'number' || typeof k !== 'number' || !Array.isArray(members)) {
    throw new SealingError('keyset-shape');
  }
  requireThreshold(k, n);
  if (members.length !== n) throw new SealingError('keyset-shape', 'n members');
  return { v: 1, chainId, contract, ocid, n, k, members: members.map(parseMember) };
}

function parseMember(value: unknown, at: number): KeySetMember {
  if (!hasKeys(value, ['index', 'x25519', 'key', 'signature'])) throw new SealingError('keyset-shape');
  const { index, x25519: x, key, signature } = value;
  const hex = (text: unknown, bytes: number): text is string =>
    typeof text === 'string' && isHex(text, bytes);
  if (!hex(x, 32) || !hex(key, 32) || !hex(signature, 64)) throw new SealingError('keyset-shape');
  if (typeof index !== 'number' || index !== at + 1) throw new SealingError('keyset-order');
  return { index, x25519: x, key, signature };
}

export interface KeySetExpectation {
  readonly chainId: number;
  readonly contract: string;
  readonly ocid: string;
  /** 64 hex digits read from the chain by the verifier itself; undefined only before the tender is published. */
  readonly onChain: string | undefined;
  /** Ed25519 public keys (64 hex) by the commitment of the record that registered them. */
  readonly signingKeys: ReadonlyMap<string, string>;
}

/**
 * Everything a bidder's browser checks before it seals to a key set.
 * @returns the key set's hash, or the code of the first reason to refuse it.
 */
export function verifyKeySet(
  value: unknown,
  expected: KeySetExpectation,
): { ok: true; keySet: KeySet; hash: string } | { ok: false; code: SealingErrorCode; member?: number } {
  let keySet: KeySet;
  try {
    keySet = parseKeySet(value);
  } catch (error) {
    if (error instanceof SealingError) return { ok: false, code: error.code };
    throw error;
  }
  const { chainId, contract, ocid } = expected;
  if (keySet.chainId !== chainId || keySet.contract !== contract || keySet.ocid !== ocid) {
    return { ok: false, code: 'keyset-other-tender' };
  }
  const hash = keySetHash(keySet);
  if (expected.onChain !== undefined && hash !== expected.onChain)
    return { ok: false, code: 'keyset-not-on-chain' };
  for (const member of keySet.members) {
    const code = checkMember(keySet, member, expected.signingKeys);
    if (code !== undefined) return { ok: false, code, member: member.index };
  }
  return { ok: true, keySet, hash };
}

function checkMember(
  keySet: KeySet,
  member: KeySetMember,
  signingKeys: ReadonlyMap<string, string>,
): SealingErrorCode | undefined {
  if (!isUsableX25519(fromHex(member.x25519))) return 'keyset-low-order-key';
  const others = keySet.members.filter((other) => other.index !== member.index);
  const publicKey = signingKeys.get(member.key);
  const shared = others.some((other) => other.x25519 === member.x25519 || other.key === member.key);
  // The same signing key registered twice is one person in two seats.
  const samePerson = others.some(
    (other) => publicKey !== undefined && signingKeys.get(other.key) === publicKey,
  );
  if (shared || samePerson) return 'keyset-duplicate-key';
  if (publicKey === undefined || !isHex(publicKey, 32)) return 'keyset-unknown-signer';
  return verifyMemberSignature(keySet, member.signature, publicKey) ? undefined : 'keyset-unsigned';
}

/**
 * What a member checks before signing: every key is usable, none stands there twice, and its own key has its place.
 * @returns the code of the first reason not to sign, or undefined
 */
export function checkKeySetDraft(
  draft: KeySetDraft,
  own: { readonly index: number; readonly x25519: string },
): SealingErrorCode | undefined {
  const members = draft.members.map((member) => ({ ...member, signature: '00'.repeat(64) }));
  try {
    parseKeySet({ ...draft, members });
  } catch (error) {
    if (error instanceof SealingError) return error.code;
    throw error;
  }
  for (const { index, x25519: x, key } of draft.members) {
    if (!isUsableX25519(fromHex(x))) return 'keyset-low-order-key';
    const others = draft.members.filter((other) => other.index !== index);
    if (others.some((other) => other.x25519 === x || other.key === key)) return 'keyset-duplicate-key';
  }
  return draft.members[own.index - 1]?.x25519 === own.x25519 ? undefined : 'keyset-own-key-missing';
}

/** RFC 8032 verification in the strict (not ZIP 215) reading, so that all verifiers agree. */
export function verifyMemberSignature(
  draft: KeySetDraft | KeySet,
  signature: string,
  publicKey: string,
): boolean {
  if (!isHex(signature, 64) || !isHex(publicKey, 32)) return false;
  try {
    return ed25519.verify(fromHex(signature), keySetDigest(draft), fromHex(publicKey), { zip215: false });
  } catch {
    return false;
  }
}

/**
 * Refuses the points of small order (whatever is sealed to them is readable by all: the shared secret is zero) and the
 * non-canonical encodings, which would let one key stand in the set twice under two spellings.
 */
export function isUsableX25519(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  const u = publicKey.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (u >= 2n ** 255n - 19n) return false;
  try {
    return x25519.getSharedSecret(new Uint8Array(32).fill(8), publicKey).some((byte) => byte !== 0);
  } catch {
    return false;
  }
}
