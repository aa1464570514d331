import { toHex } from '@/lib/record/hex';
import type { Bytes, NewHash } from './bytes';
import { concat, equalBytes, portableHash } from './bytes';
import { messagePrefix, openChunks, openedLength, PREFIX_LENGTH, TENDERPROOF_1MIB } from './chunked';
import { contextHash } from './context';
import { deriveEnvelopeKeys, paddingStream } from './derive';
import type { EnvelopeExpectation, EnvelopeHeader } from './envelope';
import { headerLength, MAX_HEADER_LENGTH, parseEnvelope, requireExpected } from './envelope';
import type { Attempt, SealingErrorCode } from './error';
import { attempt } from './error';
import type { HashedReading } from './hashed-reading';
import { hashedReading } from './hashed-reading';
import type { PackageManifest } from './package';
import type { PackageSink } from './read-package';
import { readPackage } from './read-package';
import { buildHeader } from './seal';
import type { Share } from './shamir';
import { combineShares, splitSecret, subsets } from './shamir';
import { encapsulatedKey, SEALED_SHARE_LENGTH } from './shares';

/** An envelope that can be read more than once, from any byte. */
export interface EnvelopeSource {
  readonly size: number;
  /** Bytes from `from` up to, not including, `to`. */
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
}

export interface OpenRequest extends EnvelopeExpectation {
  readonly source: EnvelopeSource;
  /** 64 hex digits from the bid's record. */
  readonly envelopeHash: string;
  /** What members released; any number, right or wrong. */
  readonly shares: readonly Share[];
  /** The seed given by the bidder, where the shares do not suffice. */
  readonly seed?: Uint8Array;
  readonly sink?: PackageSink;
  readonly newHash?: NewHash;
  /** Bytes of the envelope read so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Why nothing can be said yet. No reason of these may exclude a bid by itself. */
export type UndecidedReason =
  'not-the-recorded-envelope' | 'shares-missing' | 'shares-do-not-combine' | 'seed-does-not-fit';

export const undecidedReasons: Record<UndecidedReason, string> = {
  'not-the-recorded-envelope':
    'The stored file is not the one that the bid record names. Restore it, or ask the tenderer for its copy.',
  'shares-missing': 'Fewer members than the threshold have released a share. Ask the other members.',
  'shares-do-not-combine':
    'No choice of the released shares gives the seed. Ask the other members, then the tenderer.',
  'seed-does-not-fit':
    'The seed that was given is not the one of this envelope. Ask the tenderer for the right one.',
};

export type OpenOutcome =
  | {
      readonly outcome: 'valid';
      readonly seed: Bytes;
      readonly manifest: PackageManifest;
      /** Members who released something else than what was sealed to them. */
      readonly wrongShares: readonly number[];
    }
  | { readonly outcome: 'undecided'; readonly reason: UndecidedReason }
  | {
      readonly outcome: 'invalid';
      readonly code: SealingErrorCode;
      /** The seed that shows it to anybody; null where no seed whatever could make the envelope valid. */
      readonly seed: Bytes | null;
      readonly wrongShares: readonly number[];
    };

/**
 * Opens an envelope as protocol §7.6 demands: seek the seed over every k-subset of the shares, decrypt, seal again and
 * compare the whole envelope byte for byte. The outcome does not depend on which members came: a seed is accepted only
 * if the payload's key commitment (or the whole header) follows from it, and no two seeds can satisfy that.
 *
 * The envelope is read once: it is decrypted while it is hashed, and what was decrypted counts only if the digests are
 * right.
 */
export async function openEnvelope(request: OpenRequest): Promise<OpenOutcome> {
  const { source, newHash = portableHash, onProgress } = request;
  const beginning = await collect(source.stream(0, Math.min(MAX_HEADER_LENGTH, source.size)));
  const parsed = await attempt(() => {
    const header = parseEnvelope(beginning, source.size);
    requireExpected(header, request);
    return header;
  });
  const payloadFrom = parsed.ok ? headerLength(parsed.value.n) : 0;
  const reading = hashedReading(source, { payloadFrom, newHash, onProgress });
  try {
    if (parsed.ok) return await openParsed(request, parsed.value, beginning, reading);
    const { envelope } = await reading.digests();
    return envelope === request.envelopeHash
      ? { outcome: 'invalid', code: parsed.code, ...WITHOUT_SEED }
      : NOT_RECORDED;
  } finally {
    await reading.close();
  }
}

async function openParsed(
  request: OpenRequest,
  header: EnvelopeHeader,
  beginning: Bytes,
  reading: HashedReading,
): Promise<OpenOutcome> {
  const found = await readWithSeed(request, header, beginning, reading);
  const digests = await reading.digests();
  if (digests.envelope !== request.envelopeHash) return NOT_RECORDED;
  if (!equalBytes(digests.payload, header.payloadHash))
    return { outcome: 'invalid', code: 'payload-hash', ...WITHOUT_SEED };
  return typeof found === 'string'
    ? { outcome: 'undecided', reason: found }
    : judge(request, header, beginning, found);
}

/** Damage done to the stored copy must never be held against the bidder. */
const NOT_RECORDED = { outcome: 'undecided', reason: 'not-the-recorded-envelope' } as const;
const WITHOUT_SEED = { seed: null, wrongShares: [] } as const;

/** What the payload holds if this is its seed, or why it holds nothing valid. */
interface Read {
  readonly seed: Bytes;
  readonly payload: Attempt<PackageManifest>;
}

async function readWithSeed(
  request: OpenRequest,
  header: EnvelopeHeader,
  beginning: Bytes,
  reading: HashedReading,
): Promise<Read | UndecidedReason> {
  const seed = await findSeed(request, header, beginning);
  if (typeof seed === 'string') return seed;
  const keys = deriveEnvelopeKeys(seed, header.context, header.k);
  const prefix = messagePrefix(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, header.context);
  if (!equalBytes(prefix, await payloadPrefix(request)))
    return { seed, payload: { ok: false, code: 'payload-commitment' } };
  const plain = openChunks(TENDERPROOF_1MIB, keys.payloadKey, header.context, reading.payload());
  const expected = {
    identity: request.identity,
    plainLength: openedLength(TENDERPROOF_1MIB, header.payloadLength) ?? 0,
    padding: (length: number) => paddingStream(keys.paddingKey, length),
    newHash: request.newHash ?? portableHash,
  };
  const payload = await attempt(() => readPackage(plain, expected, request.sink ?? {}));
  return { seed, payload };
}

/** With the seed known, valid or invalid: sealing again must give every byte of header and payload. */
async function judge(
  request: OpenRequest,
  header: EnvelopeHeader,
  beginning: Bytes,
  { seed, payload }: Read,
): Promise<OpenOutcome> {
  const keys = deriveEnvelopeKeys(seed, header.context, header.k);
  const rebuilt = await buildHeader(request, seed, keys, header);
  const shares = splitSecret(seed, keys.coefficients, header.k, header.n);
  const wrongShares = membersAtFault(request.shares, shares, header, rebuilt);
  const invalid = (code: SealingErrorCode): OpenOutcome => ({ outcome: 'invalid', code, seed, wrongShares });
  if (!equalBytes(rebuilt, beginning.subarray(0, rebuilt.length))) return invalid('share-wrong');
  if (!payload.ok) return invalid(payload.code);
  return { outcome: 'valid', seed, manifest: payload.value, wrongShares };
}

/** A released share is the member's fault only where the bidder sealed the right one. */
function membersAtFault(
  released: readonly Share[],
  right: readonly Share[],
  header: EnvelopeHeader,
  rebuilt: Bytes,
): number[] {
  const differs = ({ index, bytes }: Share): boolean => {
    const share = right[index - 1];
    const sealed = header.sealedShares[index - 1];
    if (share === undefined || sealed === undefined) return false;
    const from = headerLength(index - 1);
    const sealedRight = equalBytes(sealed, rebuilt.subarray(from, from + SEALED_SHARE_LENGTH));
    return sealedRight && !equalBytes(bytes, share.bytes);
  };
  return [...new Set(released.filter(differs).map((share) => share.index))].sort((a, b) => a - b);
}

async function findSeed(
  request: OpenRequest,
  header: EnvelopeHeader,
  beginning: Bytes,
): Promise<Bytes | UndecidedReason> {
  const actual = await payloadPrefix(request);
  const context = contextHash(request.identity);
  const candidates = candidateSeeds(request, header).map((seed) => ({
    seed,
    keys: deriveEnvelopeKeys(seed, context, header.k),
  }));
  for (const { seed, keys } of candidates) {
    if (equalBytes(messagePrefix(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, context), actual))
      return seed;
  }
  // A payload sealed with another key than the one that was shared: the header alone shows the seed. Its first
  // encapsulated key is compared first: building 12 870 whole headers would let one bidder stall an opening.
  const first = header.sealedShares[0]?.subarray(0, 32) ?? new Uint8Array(0);
  for (const { seed, keys } of candidates) {
    if (!equalBytes(await encapsulatedKey(keys.ekm(1)), first)) continue;
    const rebuilt = await buildHeader(request, seed, keys, header);
    if (equalBytes(rebuilt, beginning.subarray(0, rebuilt.length))) return seed;
  }
  if (request.seed !== undefined) return 'seed-does-not-fit';
  const distinct = new Set(request.shares.map((share) => share.index)).size;
  return distinct < header.k ? 'shares-missing' : 'shares-do-not-combine';
}

/** Distinct seeds from every k-subset of well-formed shares, and the bidder's own where given. */
function candidateSeeds(request: OpenRequest, header: EnvelopeHeader): Bytes[] {
  const byIndex = new Map<number, Share>();
  for (const share of request.shares) {
    const wellFormed = Number.isInteger(share.index) && share.index >= 1 && share.index <= header.n;
    if (wellFormed && share.bytes.length === 32 && !byIndex.has(share.index)) byIndex.set(share.index, share);
  }
  const seeds = new Map<string, Bytes>();
  if (request.seed?.length === 32) seeds.set(toHex(request.seed), new Uint8Array(request.seed));
  for (const subset of subsets([...byIndex.values()], header.k)) {
    const seed = combineShares(subset);
    seeds.set(toHex(seed), seed);
  }
  return [...seeds.values()];
}

function payloadPrefix({ source, keySet }: OpenRequest): Promise<Bytes> {
  const from = headerLength(keySet.n);
  return collect(source.stream(from, from + PREFIX_LENGTH));
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return concat(...pieces);
}

/** An envelope held in memory. */
export function memorySource(bytes: Uint8Array): EnvelopeSource {
  return {
    size: bytes.length,
    async *stream(from, to) {
      yield bytes.subarray(from, to);
    },
  };
}
