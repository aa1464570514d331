import { fromHex, toHex } from '@/lib/record/hex';
import type { Bytes, NewHash } from './bytes';
import { portableHash } from './bytes';
import { sealChunks, sealedLength, TENDERPROOF_1MIB } from './chunked';
import { contextHash } from './context';
import type { EnvelopeKeys } from './derive';
import { deriveEnvelopeKeys, paddingStream } from './derive';
import type { EnvelopeExpectation, EnvelopeHeader } from './envelope';
import { encodeHeader, headerLength } from './envelope';
import { SealingError } from './error';
import { keySetHash } from './keyset';
import type { FileContent, PackageManifest } from './package';
import { encodeManifest, packageLength, requireSameIdentity, writePackage } from './package';
import { paddedLength } from './padme';
import type { Share } from './shamir';
import { splitSecret } from './shamir';
import { sealShare } from './shares';

export interface SealRequest extends EnvelopeExpectation {
  /** 32 fresh random bytes: everything else follows from them. */
  readonly seed: Uint8Array;
  readonly manifest: PackageManifest;
  /** One for each file of the manifest, in its order. */
  readonly contents: readonly FileContent[];
  readonly newHash?: NewHash;
  /** Bytes of payload sealed so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Where the payload waits until the header is known: the header holds its digest, and comes first. */
export interface PayloadStore {
  append(bytes: Bytes): void | Promise<void>;
  read(): AsyncIterable<Uint8Array>;
}

export interface SealedEnvelope {
  readonly header: Bytes;
  /** Header and payload. */
  readonly size: number;
  /** 64 hex digits: what the bid's record states. */
  readonly envelopeHash: string;
}

/**
 * Seals one bid. The envelope is `header` followed by what was appended to `store`.
 * The caller has verified the key set (`verifyKeySet`): sealing to a wrong one gives the bid away.
 */
export async function sealEnvelope(request: SealRequest, store: PayloadStore): Promise<SealedEnvelope> {
  const { identity, keySet, seed, manifest } = request;
  if (keySetHash(keySet) !== identity.keyset) throw new SealingError('keyset-not-on-chain');
  requireSameIdentity(manifest, identity);
  const newHash = request.newHash ?? portableHash;
  const context = contextHash(identity);
  const keys = deriveEnvelopeKeys(seed, context, keySet.k);
  const { length, hash } = await sealPayload(request, keys, context, newHash, store);
  const header = await buildHeader(request, seed, keys, {
    context,
    payloadLength: length,
    payloadHash: hash,
  });
  const envelope = newHash();
  envelope.update(header);
  for await (const piece of store.read()) envelope.update(piece);
  return { header, size: headerLength(keySet.n) + length, envelopeHash: toHex(envelope.digest()) };
}

/** Bytes of the payload that holds a package with this manifest. @throws SealingError for a manifest that is refused */
export function payloadLength(manifest: PackageManifest): number {
  const length = packageLength(encodeManifest(manifest).length, manifest.files);
  return sealedLength(TENDERPROOF_1MIB, paddedLength(length));
}

async function sealPayload(
  request: SealRequest,
  keys: EnvelopeKeys,
  context: Bytes,
  newHash: NewHash,
  store: PayloadStore,
): Promise<{ length: number; hash: Bytes }> {
  const { manifest, contents, onProgress } = request;
  const manifestBytes = encodeManifest(manifest);
  const total = payloadLength(manifest);
  const padding = (length: number) => paddingStream(keys.paddingKey, length);
  const plain = writePackage(manifestBytes, manifest.files, contents, padding, newHash);
  const hash = newHash();
  let length = 0;
  for await (const piece of sealChunks(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, context, plain)) {
    hash.update(piece);
    length += piece.length;
    await store.append(piece);
    onProgress?.(length, total);
  }
  return { length, hash: new Uint8Array(hash.digest()) };
}

/** The header that seed, key set and payload digest determine; the opening builds it again to compare. */
export async function buildHeader(
  expected: EnvelopeExpectation,
  seed: Uint8Array,
  keys: EnvelopeKeys,
  payload: Pick<EnvelopeHeader, 'context' | 'payloadLength' | 'payloadHash'>,
): Promise<Bytes> {
  const { keySet, identity, purpose } = expected;
  const { context, payloadHash } = payload;
  const binding = { purpose, context, payloadHash, keyset: identity.keyset, tenderer: identity.tenderer };
  const seal = (share: Share) => {
    const member = keySet.members[share.index - 1];
    if (member === undefined) throw new SealingError('keyset-shape');
    return sealShare(share, fromHex(member.x25519, 32), keys.ekm(share.index), binding);
  };
  const shares = splitSecret(seed, keys.coefficients, keySet.k, keySet.n);
  const sealedShares = await Promise.all(shares.map(seal));
  return encodeHeader({ purpose, k: keySet.k, n: keySet.n, ...payload, sealedShares });
}

/** A store for small envelopes and for tests: the whole payload in memory. */
export function memoryStore(): PayloadStore & { readonly pieces: readonly Bytes[] } {
  const pieces: Bytes[] = [];
  return {
    pieces,
    append: (bytes) => void pieces.push(bytes),
    async *read() {
      yield* pieces;
    },
  };
}
