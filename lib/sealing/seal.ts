import { fromHex, toHex } from '@/lib/record/hex';
import type { Bytes, NewHash, RunningHash } from './bytes';
import { concat, portableHash, regroup } from './bytes';
import { chunkSealer, PREFIX_LENGTH, sealedLength, TAG_LENGTH, TENDERPROOF_1MIB } from './chunked';
import { contextHash } from './context';
import type { EnvelopeKeys } from './derive';
import { deriveEnvelopeKeys, paddingStream } from './derive';
import type { EnvelopeExpectation, EnvelopeHeader } from './envelope';
import { encodeHeader, headerLength } from './envelope';
import { SealingError } from './error';
import { keySetHash } from './keyset';
import type { FileContent, PackageManifest, PlannedManifest } from './package';
import {
  completeManifest,
  encodeManifest,
  packageHead,
  packageLength,
  requireSameIdentity,
  writePackage,
} from './package';
import { paddedLength } from './padme';
import type { Share } from './shamir';
import { splitSecret } from './shamir';
import { sealShare } from './shares';

export interface SealRequest extends EnvelopeExpectation {
  /** 32 fresh random bytes: everything else follows from them. */
  readonly seed: Uint8Array;
  readonly manifest: PlannedManifest;
  /** One for each file of the manifest, in its order. Each is read once. */
  readonly contents: readonly FileContent[];
  readonly newHash?: NewHash;
  /** How far it has come, in bytes of payload: each is sealed, and hashed twice. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Where the payload waits until the header is known: the header holds its digest, and comes first. */
export interface PayloadStore {
  /**
   * Takes bytes of the payload at this place. They come in order, and behind one another, but for the first: these hold the
   * manifest and come last, when every file has been read and its digest is known.
   */
  put(bytes: Bytes, at: number): void | Promise<void>;
  /** The payload from its first byte on, as often as asked. */
  read(): AsyncIterable<Uint8Array>;
}

export interface SealedEnvelope {
  readonly header: Bytes;
  /** Header and payload. */
  readonly size: number;
  /** 64 hex digits: what the bid's record states. */
  readonly envelopeHash: string;
  /** With the digests of what was sealed. */
  readonly manifest: PackageManifest;
}

/**
 * Seals one bid. The envelope is `header` followed by what `store` holds.
 * The caller has verified the key set (`verifyKeySet`): sealing to a wrong one gives the bid away.
 */
export async function sealEnvelope(request: SealRequest, store: PayloadStore): Promise<SealedEnvelope> {
  const { identity, keySet, seed } = request;
  if (keySetHash(keySet) !== identity.keyset) throw new SealingError('keyset-not-on-chain');
  requireSameIdentity(request.manifest, identity);
  const newHash = request.newHash ?? portableHash;
  const context = contextHash(identity);
  const keys = deriveEnvelopeKeys(seed, context, keySet.k);
  const total = payloadLength(request.manifest);
  const pass = (number: number) => (done: number) =>
    request.onProgress?.(Math.floor((number * total + done) / PASSES), total);
  const manifest = await sealPayload(request, keys, context, { newHash, store, onBytes: pass(0) });
  const payloadHash = await digestOf(newHash(), store, pass(1));
  const header = await buildHeader(request, seed, keys, { context, payloadLength: total, payloadHash });
  const envelope = newHash();
  envelope.update(header);
  const envelopeHash = toHex(await digestOf(envelope, store, pass(2)));
  return { header, size: headerLength(keySet.n) + total, envelopeHash, manifest };
}

/** Over the payload: sealing, its digest, and that of the envelope, which begins with what the first digest decides. */
const PASSES = 3;

async function digestOf(
  hash: RunningHash,
  store: PayloadStore,
  onBytes: (done: number) => void,
): Promise<Bytes> {
  let done = 0;
  for await (const piece of store.read()) {
    hash.update(piece);
    done += piece.length;
    onBytes(done);
  }
  return new Uint8Array(hash.digest());
}

/** Bytes of the payload that holds a package with this manifest. @throws SealingError for a manifest that is refused */
export function payloadLength(plan: PlannedManifest): number {
  const manifest = completeManifest(plan);
  const length = packageLength(encodeManifest(manifest).length, manifest.files);
  return sealedLength(TENDERPROOF_1MIB, paddedLength(length));
}

interface Sealing {
  readonly newHash: NewHash;
  readonly store: PayloadStore;
  readonly onBytes: (done: number) => void;
}

/**
 * Seals everything, each file read once. The manifest stands first and states the digests of what follows: the chunks in
 * which it lies (one, as a rule) are kept back and sealed last. @returns the manifest
 */
async function sealPayload(
  { manifest: plan, contents }: SealRequest,
  keys: EnvelopeKeys,
  context: Bytes,
  { newHash, store, onBytes }: Sealing,
): Promise<PackageManifest> {
  const digests: string[] = [];
  const padding = (length: number) => paddingStream(keys.paddingKey, length);
  const onDigest = (sha256: string) => void digests.push(sha256);
  const head = packageHead(completeManifest(plan));
  const plain = writePackage(head, { plan, contents, padding, newHash, onDigest });
  const { chunkSize } = TENDERPROOF_1MIB;
  const chunks = regroup(plain, chunkSize);
  const beginning = await take(chunks, Math.floor(head.length / chunkSize) + 1);
  const sealer = await chunkSealer(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, context);
  let at = PREFIX_LENGTH + beginning.length * (chunkSize + TAG_LENGTH);
  for await (const sealed of sealer.seal(chunks, beginning.length)) {
    await store.put(sealed, at);
    at += sealed.length;
    onBytes(at);
  }
  const manifest = completeManifest(plan, digests);
  overwrite(beginning, packageHead(manifest));
  const first: Bytes[] = [sealer.prefix];
  for await (const sealed of sealer.seal(beginning, 0)) first.push(sealed);
  await store.put(concat(...first), 0);
  return manifest;
}

/** Copies of the first pieces of a stream, fewer where it ends; the rest of it can still be read. */
async function take(pieces: AsyncGenerator<Bytes>, count: number): Promise<Bytes[]> {
  const taken: Bytes[] = [];
  while (taken.length < count) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    taken.push(value.slice());
  }
  return taken;
}

/** Writes `bytes` over the beginning of what the chunks hold one after another. */
function overwrite(chunks: readonly Bytes[], bytes: Uint8Array): void {
  let left = bytes;
  for (const chunk of chunks) {
    chunk.set(left.subarray(0, chunk.length));
    left = left.subarray(chunk.length);
  }
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
    put: (bytes, at) => void (at === 0 ? pieces.unshift(bytes) : pieces.push(bytes)),
    async *read() {
      yield* pieces;
    },
  };
}
