import { toHex } from '@/lib/record/hex';
import type { NewHash } from '@/lib/sealing/bytes';
import { iterate } from '@/lib/sealing/bytes';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import { safeFileName } from '@/lib/sealing/file-name';
import type { KeySet } from '@/lib/sealing/keyset';
import type { PackageFile, PackageManifest } from '@/lib/sealing/package';
import type { PriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair, encodeRecovery } from '@/lib/sealing/recovery';
import { sealEnvelope } from '@/lib/sealing/seal';
import { BlobStore } from './blob-store';

export interface BidContent {
  readonly identity: EnvelopeIdentity;
  /** Already verified against the chain (`verifyKeySet`). */
  readonly keySet: KeySet;
  readonly priceForm: PriceForm | null;
  readonly files: readonly File[];
}

export type SealPhase = 'hashing' | 'sealing';
export type SealProgress = (phase: SealPhase, done: number, total: number) => void;

export interface SealedBid {
  /** The envelope, ready to be sent: ciphertext only. */
  readonly envelope: Blob;
  /** 64 hex digits. */
  readonly envelopeHash: string;
  /** Ed25519 public key of this bid, 64 hex digits. */
  readonly bidKey: string;
  readonly manifest: PackageManifest;
  /** Secret: to be encrypted before it is written anywhere. */
  readonly recovery: string;
}

/** Two different 32-byte random values. */
export interface BidRandom {
  readonly seed: Uint8Array<ArrayBuffer>;
  readonly bidSecret: Uint8Array<ArrayBuffer>;
}

/** Hashes the files, packs, pads and seals. Reads every file twice and holds a few chunks at a time. */
export async function sealBid(
  content: BidContent,
  random: BidRandom,
  newHash: NewHash,
  onProgress: SealProgress,
): Promise<SealedBid> {
  const { identity, keySet, priceForm, files } = content;
  const { ocid, lot, part, tenderer } = identity;
  const described = await describeFiles(files, newHash, (done, total) => onProgress('hashing', done, total));
  const manifest: PackageManifest = { v: 1, ocid, lot, part, tenderer, priceForm, files: described };
  const store = new BlobStore();
  const { header, envelopeHash } = await sealEnvelope(
    {
      identity,
      keySet,
      purpose: 'bid',
      seed: random.seed,
      manifest,
      contents: files.map((file) => () => iterate(file.stream())),
      newHash,
      onProgress: (done, total) => onProgress('sealing', done, total),
    },
    store,
  );
  const { secret, publicKey } = bidKeyPair(random.bidSecret);
  return {
    envelope: store.envelope(header),
    envelopeHash,
    bidKey: toHex(publicKey),
    manifest,
    recovery: encodeRecovery(identity, random.seed, secret, envelopeHash),
  };
}

async function describeFiles(
  files: readonly File[],
  newHash: NewHash,
  onProgress: (done: number, total: number) => void,
): Promise<PackageFile[]> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const described: PackageFile[] = [];
  let done = 0;
  for (const file of files) {
    const hash = newHash();
    for await (const piece of iterate(file.stream())) {
      hash.update(piece);
      done += piece.length;
      onProgress(done, total);
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
