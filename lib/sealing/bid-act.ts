import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { isWellFormed } from '@/lib/record/unicode';
import type { Bytes } from './bytes';
import { concat, utf8 } from './bytes';
import { SealingError } from './error';
import { hasKeys } from './price-form';

/** What the holder of a bid's key decides about it; the operator, who does not have the key, cannot forge it. */
export interface BidAct {
  readonly act: 'replace' | 'withdraw';
  /** 64 hex digits: commitment of the record of the bid that is replaced or withdrawn. */
  readonly bid: string;
  readonly chainId: number;
  /** "0x" and 40 lower-case hex digits. */
  readonly contract: string;
  /** 64 hex digits: SHA-256 of the envelope that takes its place; null for a withdrawal. */
  readonly envelope: string | null;
  readonly lot: string;
  readonly ocid: string;
  readonly part: string;
  /** The organization's identifier. */
  readonly tenderer: string;
}

/** Like a key set's: cannot begin a JSON text, so what is signed is never a record. */
const SIGNATURE_LABEL = 'tenderproof-bid-act-v1\0';

const KEYS = ['act', 'bid', 'chainId', 'contract', 'envelope', 'lot', 'ocid', 'part', 'tenderer'] as const;

/**
 * 32 bytes: SHA-256("tenderproof-bid-act-v1" ‖ 0x00 ‖ JCS of the act with exactly its nine keys).
 * @throws SealingError `bid-act-shape`
 */
export function bidActDigest(value: BidAct): Bytes {
  const { act, bid, chainId, contract, envelope, lot, ocid, part, tenderer } = checkBidAct(value);
  const text = canonicalText({ act, bid, chainId, contract, envelope, lot, ocid, part, tenderer });
  return new Uint8Array(sha256(concat(utf8(SIGNATURE_LABEL), utf8(text))));
}

/**
 * 128 hex digits: the bid key's Ed25519 signature over `bidActDigest`.
 * @param secret 32 bytes, `bidSecret` of the recovery file @throws SealingError `bid-act-shape`, `seed-length`
 */
export function signBidAct(secret: Uint8Array, act: BidAct): string {
  if (secret.length !== 32) throw new SealingError('seed-length');
  return toHex(ed25519.sign(bidActDigest(act), secret));
}

/**
 * True when the holder of `publicKey` (64 hex digits, from the bid's record) signed exactly this act. Strict RFC 8032
 * rules: with the lenient ones a key of small order would "sign" anything. Never throws.
 */
export function verifyBidAct(publicKey: string, act: BidAct, signature: string): boolean {
  try {
    return ed25519.verify(fromHex(signature, 64), bidActDigest(act), fromHex(publicKey, 32), {
      zip215: false,
    });
  } catch {
    return false;
  }
}

function checkBidAct(value: unknown): BidAct {
  if (!hasKeys(value, KEYS)) throw new SealingError('bid-act-shape');
  const act = value as unknown as BidAct;
  const hex32 = (text: unknown) => typeof text === 'string' && isHex(text, 32);
  const isText = (text: unknown) => typeof text === 'string' && text.length <= 200 && isWellFormed(text);
  const envelopeFits =
    act.act === 'replace' ? hex32(act.envelope) : act.act === 'withdraw' && act.envelope === null;
  const wellFormed =
    envelopeFits &&
    hex32(act.bid) &&
    Number.isSafeInteger(act.chainId) &&
    act.chainId > 0 &&
    typeof act.contract === 'string' &&
    /^0x[0-9a-f]{40}$/.test(act.contract) &&
    [act.lot, act.ocid, act.part, act.tenderer].every(isText) &&
    act.ocid !== '' &&
    act.tenderer !== '';
  if (!wellFormed) throw new SealingError('bid-act-shape');
  return act;
}
