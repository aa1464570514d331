import type { Bytes } from './bytes';
import { concat, equalBytes, uint64, utf8 } from './bytes';
import { openedLength, TENDERPROOF_1MIB } from './chunked';
import type { EnvelopeIdentity } from './context';
import { contextHash } from './context';
import { SealingError } from './error';
import type { KeySet } from './keyset';
import { requireThreshold } from './shamir';
import type { Share } from './shamir';
import type { EnvelopePurpose } from './shares';
import { openShare, SEALED_SHARE_LENGTH } from './shares';

/**
 * Envelope = header ‖ n sealed shares ‖ payload. Header, 92 bytes:
 *   0  16  "TENDERPROOF-ENV1"
 *  16   1  purpose: 0 bid, 1 rehearsal
 *  17   1  k
 *  18   1  n
 *  19   1  0
 *  20  32  context hash
 *  52   8  length of the payload, big-endian
 *  60  32  SHA-256 of the payload
 * then for each member 1 to n: encapsulated key (32) ‖ ciphertext (48).
 */
export interface EnvelopeHeader {
  readonly purpose: EnvelopePurpose;
  readonly k: number;
  readonly n: number;
  readonly context: Bytes;
  readonly payloadLength: number;
  readonly payloadHash: Bytes;
  /** n pieces of 80 bytes; member i has the one at i − 1. */
  readonly sealedShares: readonly Bytes[];
}

const MAGIC = utf8('TENDERPROOF-ENV1');
const PURPOSES: readonly EnvelopePurpose[] = ['bid', 'rehearsal'];
export const FIXED_HEADER_LENGTH = 92;
/** What to fetch to be sure to have the whole header with its shares, for the largest committee. */
export const MAX_HEADER_LENGTH = FIXED_HEADER_LENGTH + 16 * SEALED_SHARE_LENGTH;

/** Bytes before the payload for a committee of n. */
export function headerLength(n: number): number {
  return FIXED_HEADER_LENGTH + n * SEALED_SHARE_LENGTH;
}

export function encodeHeader(header: EnvelopeHeader): Bytes {
  const { purpose, k, n, context, payloadLength, payloadHash, sealedShares } = header;
  return concat(
    MAGIC,
    Uint8Array.of(PURPOSES.indexOf(purpose), k, n, 0),
    context,
    uint64(payloadLength),
    payloadHash,
    ...sealedShares,
  );
}

/**
 * Reads the header from the beginning of an envelope; needs no key and proves nothing.
 * @param bytes at least the header; what follows is ignored
 * @param size length of the whole envelope, if known: it must be exactly what the header states
 * @throws SealingError `envelope-shape`, `envelope-length`, `threshold-range`
 */
export function parseEnvelope(bytes: Uint8Array, size?: number): EnvelopeHeader {
  if (bytes.length < FIXED_HEADER_LENGTH || !equalBytes(bytes.subarray(0, 16), MAGIC)) {
    throw new SealingError('envelope-shape');
  }
  const purpose = PURPOSES[bytes[16] ?? 255];
  const [k = 0, n = 0, reserved] = bytes.subarray(17, 20);
  if (purpose === undefined || reserved !== 0) throw new SealingError('envelope-shape');
  requireThreshold(k, n);
  if (bytes.length < headerLength(n)) throw new SealingError('envelope-length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloadLength = Number(view.getBigUint64(52));
  const plainLength = openedLength(TENDERPROOF_1MIB, payloadLength);
  if (!Number.isSafeInteger(payloadLength) || plainLength === undefined)
    throw new SealingError('envelope-length');
  if (size !== undefined && size !== headerLength(n) + payloadLength)
    throw new SealingError('envelope-length');
  const at = (from: number, length: number) => new Uint8Array(bytes.slice(from, from + length));
  return {
    purpose,
    k,
    n,
    context: at(20, 32),
    payloadLength,
    payloadHash: at(60, 32),
    sealedShares: Array.from({ length: n }, (_, i) => at(headerLength(i), SEALED_SHARE_LENGTH)),
  };
}

/** What an envelope must be for, as the bid's record says. */
export interface EnvelopeExpectation {
  readonly identity: EnvelopeIdentity;
  readonly keySet: KeySet;
  readonly purpose: EnvelopePurpose;
}

/** Refuses an envelope made for anything else: no seed whatever could make it valid here. */
export function requireExpected(header: EnvelopeHeader, expected: EnvelopeExpectation): void {
  if (header.purpose !== expected.purpose) throw new SealingError('envelope-other-purpose');
  if (!equalBytes(header.context, contextHash(expected.identity)))
    throw new SealingError('envelope-other-context');
  const { k, n } = expected.keySet;
  if (header.k !== k || header.n !== n) throw new SealingError('envelope-other-threshold');
}

/**
 * A member's part in the opening: its own share, from the header alone.
 * @param secret the member's X25519 secret for this tender
 * @throws SealingError `share-unopenable` and those of `requireExpected`
 */
export async function openOwnShare(
  header: EnvelopeHeader,
  expected: EnvelopeExpectation,
  index: number,
  secret: Uint8Array,
): Promise<Share> {
  requireExpected(header, expected);
  const sealed = header.sealedShares[index - 1];
  if (sealed === undefined) throw new SealingError('share-unopenable');
  const { identity, purpose } = expected;
  const { context, payloadHash } = header;
  const binding = { purpose, context, payloadHash, keyset: identity.keyset, tenderer: identity.tenderer };
  return openShare(sealed, index, secret, binding);
}
