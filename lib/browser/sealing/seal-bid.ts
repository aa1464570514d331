import { fromHex, isHex, toHex } from '@/lib/record/hex';
import type { Bytes, NewHash } from '@/lib/sealing/bytes';
import { iterate } from '@/lib/sealing/bytes';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import type { Partner } from '@/lib/sealing/declared';
import { SealingError } from '@/lib/sealing/error';
import { safeFileName } from '@/lib/sealing/file-name';
import type { KeySet } from '@/lib/sealing/keyset';
import type { PackageFile, PackageManifest } from '@/lib/sealing/package';
import type { PriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair, encodeRecovery } from '@/lib/sealing/recovery';
import { payloadLength, sealEnvelope } from '@/lib/sealing/seal';
import { requireDistinctSecrets, requireOneSubmission } from '@/lib/sealing/submission';
import type { ReadableFile } from '../drafts/stored-file';
import { BlobStore } from './blob-store';

/** What goes into the envelope of one lot and part. */
export interface EnvelopeContent {
  readonly identity: EnvelopeIdentity;
  /** Already verified against the chain (`verifyKeySet`). */
  readonly keySet: KeySet;
  readonly priceForm: PriceForm | null;
  readonly consortium: readonly Partner[];
  readonly declarations: readonly string[];
  readonly files: readonly ReadableFile[];
}

/** One submission: all envelopes of one tenderer for one tender, each lot and part once. */
export interface SubmissionContent {
  readonly envelopes: readonly EnvelopeContent[];
  /** 64 hex digits: the secret of a bid that is replaced, from its recovery file; a new one is drawn otherwise. */
  readonly bidSecret?: string;
}

export type SealPhase = 'hashing' | 'sealing';
/** Bytes done and in all, of the whole submission. */
export type SealProgress = (phase: SealPhase, done: number, total: number) => void;

export interface SealedPart {
  readonly lot: string;
  readonly part: string;
  /** The envelope, ready to be sent: ciphertext only. */
  readonly envelope: Blob;
  /** 64 hex digits. */
  readonly envelopeHash: string;
  readonly manifest: PackageManifest;
}

export interface SealedSubmission {
  /** In the order in which they were given. */
  readonly envelopes: readonly SealedPart[];
  /** Ed25519 public key of this bid, 64 hex digits. */
  readonly bidKey: string;
  /** Secret: to be encrypted before it is written anywhere. */
  readonly recovery: string;
}

/** Gives 32 fresh random bytes at every call. */
export type DrawRandom = () => Bytes;

/**
 * Hashes the files of all envelopes, then packs, pads and seals one envelope after the other. Reads every file twice and
 * holds a few chunks at a time.
 */
export async function sealSubmission(
  content: SubmissionContent,
  draw: DrawRandom,
  newHash: NewHash,
  onProgress: SealProgress,
): Promise<SealedSubmission> {
  const { envelopes } = content;
  requireOneSubmission(envelopes.map(({ identity }) => identity));
  const bid = bidKeyPair(bidSecretOf(content, draw));
  const seeds = envelopes.map(() => draw());
  requireDistinctSecrets([bid.secret, ...seeds].map(toHex));
  const manifests = await describeAll(envelopes, newHash, onProgress);
  const sealed = await sealAll(envelopes, manifests, seeds, newHash, onProgress);
  const kept = sealed.map(({ envelopeHash }, at) => ({
    identity: (envelopes[at] as EnvelopeContent).identity,
    seed: toHex(seeds[at] as Bytes),
    envelopeHash,
  }));
  return {
    envelopes: sealed,
    bidKey: toHex(bid.publicKey),
    recovery: encodeRecovery(bid.secret, kept),
  };
}

function bidSecretOf({ bidSecret }: SubmissionContent, draw: DrawRandom): Uint8Array {
  if (bidSecret === undefined) return draw();
  if (!isHex(bidSecret, 32)) throw new SealingError('seed-length');
  return fromHex(bidSecret, 32);
}

async function describeAll(
  envelopes: readonly EnvelopeContent[],
  newHash: NewHash,
  onProgress: SealProgress,
): Promise<PackageManifest[]> {
  const files = envelopes.flatMap((envelope) => envelope.files);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  const onBytes = (length: number) => onProgress('hashing', (done += length), total);
  const manifests: PackageManifest[] = [];
  for (const { identity, consortium, declarations, priceForm, files: own } of envelopes) {
    const { ocid, lot, part, tenderer } = identity;
    const described = await describeFiles(own, newHash, onBytes);
    const stated = { consortium, declarations, priceForm, files: described };
    manifests.push({ v: 1, ocid, lot, part, tenderer, ...stated });
  }
  return manifests;
}

async function sealAll(
  envelopes: readonly EnvelopeContent[],
  manifests: readonly PackageManifest[],
  seeds: readonly Bytes[],
  newHash: NewHash,
  onProgress: SealProgress,
): Promise<SealedPart[]> {
  const lengths = manifests.map(payloadLength);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const sealed: SealedPart[] = [];
  let before = 0;
  for (const [at, { identity, keySet, files }] of envelopes.entries()) {
    const store = new BlobStore();
    const manifest = manifests[at] as PackageManifest;
    const contents = files.map((file) => () => iterate(file.stream()));
    const start = before;
    const { header, envelopeHash } = await sealEnvelope(
      {
        ...{ identity, keySet, purpose: 'bid', seed: seeds[at] as Bytes, manifest, contents, newHash },
        onProgress: (done) => onProgress('sealing', start + done, total),
      },
      store,
    );
    before += lengths[at] ?? 0;
    const { lot, part } = identity;
    sealed.push({ lot, part, envelope: store.envelope(header), envelopeHash, manifest });
  }
  return sealed;
}

async function describeFiles(
  files: readonly ReadableFile[],
  newHash: NewHash,
  onBytes: (length: number) => void,
): Promise<PackageFile[]> {
  const described: PackageFile[] = [];
  for (const file of files) {
    const hash = newHash();
    for await (const piece of iterate(file.stream())) {
      hash.update(piece);
      onBytes(piece.length);
    }
    const sha256 = toHex(hash.digest());
    described.push({ name: safeFileName(file.name), mediaType: mediaType(file), size: file.size, sha256 });
  }
  return described;
}

/** What the browser says, without parameters; else the type that says nothing. */
export function mediaType(file: { readonly type: string }): string {
  const type = (file.type.split(';')[0] ?? '').trim().toLowerCase();
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type)
    ? type
    : 'application/octet-stream';
}
