import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalText } from '@/lib/record/jcs';
import { isWellFormed } from '@/lib/record/unicode';
import type { Bytes } from './bytes';
import { utf8 } from './bytes';
import { SealingError } from './error';

/**
 * What an envelope is for. A tender with one lot and one envelope has `lot` = "" and `part` = "".
 * `contract` is "0x" and 40 lower-case hex digits; `keyset` the 64 lower-case hex digits of the key set's hash;
 * `tenderer` the organization's identifier as in the records' `actor.organization`.
 */
export interface EnvelopeIdentity {
  readonly chainId: number;
  readonly contract: string;
  readonly ocid: string;
  readonly lot: string;
  readonly part: string;
  readonly tenderer: string;
  readonly keyset: string;
}

/** 32 bytes: SHA-256(JCS{chainId, contract, ocid, lot, part, tenderer, keyset}) (protocol §7.2). */
export function contextHash(identity: EnvelopeIdentity): Bytes {
  requireIdentity(identity);
  const { chainId, contract, ocid, lot, part, tenderer, keyset } = identity;
  const text = canonicalText({ chainId, contract, ocid, lot, part, tenderer, keyset });
  return new Uint8Array(sha256(utf8(text)));
}

/** Two spellings of one tender would be two contexts, so only one spelling is accepted. */
export function requireIdentity(identity: EnvelopeIdentity): void {
  const { chainId, contract, ocid, lot, part, tenderer, keyset } = identity;
  const texts = [ocid, lot, part, tenderer];
  const wellFormed =
    Number.isSafeInteger(chainId) &&
    chainId > 0 &&
    /^0x[0-9a-f]{40}$/.test(contract) &&
    /^[0-9a-f]{64}$/.test(keyset) &&
    texts.every((text) => typeof text === 'string' && text.length <= 200 && isWellFormed(text)) &&
    ocid !== '' &&
    tenderer !== '';
  if (!wellFormed) throw new SealingError('identity-invalid');
}
