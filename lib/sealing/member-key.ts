import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalText } from '@/lib/record/jcs';
import type { Bytes } from './bytes';
import { concat, utf8 } from './bytes';
import { SealingError } from './error';

/** The tender for which a committee key is derived: another tender, chain or contract has another key. */
export interface KeyScope {
  readonly chainId: number;
  readonly contract: string;
  readonly ocid: string;
}

export interface KeyPair {
  /** 32 bytes. */
  readonly secret: Bytes;
  /** 32 bytes. */
  readonly publicKey: Bytes;
}

const MEMBER_SALT = 'tenderproof-member-v1';

/** The Ed25519 key with which a person signs records, from the 32-byte seed of the key file. */
export function deriveSigningKey(seed: Uint8Array): KeyPair {
  const secret = deriveMember(seed, utf8('ed25519-signing'));
  return { secret, publicKey: new Uint8Array(ed25519.getPublicKey(secret)) };
}

/** The X25519 key (RFC 7748 scalar, clamped on use) to which the bids of one tender are sealed. */
export function deriveCommitteeKey(seed: Uint8Array, scope: KeyScope): KeyPair {
  const { chainId, contract, ocid } = scope;
  const scopeHash = sha256(utf8(canonicalText({ chainId, contract, ocid })));
  const secret = deriveMember(seed, concat(utf8('x25519-committee\0'), scopeHash));
  return { secret, publicKey: new Uint8Array(x25519.getPublicKey(secret)) };
}

/** HKDF-SHA256(IKM = seed, salt = "tenderproof-member-v1", info, 32). */
function deriveMember(seed: Uint8Array, info: Uint8Array): Bytes {
  if (seed.length !== 32) throw new SealingError('seed-length');
  return new Uint8Array(hkdf(sha256, seed, utf8(MEMBER_SALT), info, 32));
}
