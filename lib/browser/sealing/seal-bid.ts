import { fromHex, isHex, toHex } from '@/lib/record/hex';
import type { Bytes, NewHash } from '@/lib/sealing/bytes';
import { iterate } from '@/lib/sealing/bytes';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import type { Partner } from '@/lib/sealing/declared';
import { SealingError } from '@/lib/sealing/error';
import { safeFileName } from '@/lib/sealing/file-name';
import type { KeySet } from '@/lib/sealing/keyset';
import type { PackageManifest, PlannedManifest } from '@/lib/sealing/package';
import type { PriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair, encodeRecovery } from '@/lib/sealing/recovery';
import type { SealRequest } from '@/lib/sealing/seal';
import { payloadLength, sealEnvelope } from '@/lib/sealing/seal';
import { requireDistinctSecrets, requireOneSubmission } from '@/lib/sealing/submission';
import type { ReadableFile } from '../drafts/stored-file';
import { newEnvelopeStore } from './envelope-store';

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

/** What it is busy with: files are hashed on the way to being sealed, so there is one phase. */
export type SealPhase = 'sealing';
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

/** Hashes, packs, pads and seals one envelope after the other. Reads every file once and holds a few chunks at a time. */
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
  const sealed = await sealAll(envelopes, seeds, newHash, onProgress);
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

function planManifest({ identity, ...content }: EnvelopeContent): PlannedManifest {
  const { ocid, lot, part, tenderer } = identity;
  const { consortium, declarations, priceForm } = content;
  const files = content.files.map((file) => ({
    name: safeFileName(file.name),
    mediaType: mediaType(file),
    size: file.size,
  }));
  return { v: 1, ocid, lot, part, tenderer, consortium, declarations, priceForm, files };
}

async function sealAll(
  envelopes: readonly EnvelopeContent[],
  seeds: readonly Bytes[],
  newHash: NewHash,
  onProgress: SealProgress,
): Promise<SealedPart[]> {
  // Before the first byte is read: what would be refused in the last envelope must not cost the time of the others.
  const plans = envelopes.map(planManifest);
  const lengths = plans.map(payloadLength);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const sealed: SealedPart[] = [];
  let before = 0;
  for (const [at, { identity, keySet, files }] of envelopes.entries()) {
    const start = before;
    const length = lengths[at] ?? 0;
    const contents = files.map((file) => () => iterate(file.stream()));
    const request: SealRequest = {
      ...{ identity, keySet, purpose: 'bid', seed: seeds[at] as Bytes, newHash, contents },
      manifest: plans[at] as PlannedManifest,
      onProgress: (done) => onProgress('sealing', start + done, total),
    };
    sealed.push(await sealOne(request, length));
    before += length;
  }
  return sealed;
}

async function sealOne(request: SealRequest, length: number): Promise<SealedPart> {
  const { lot, part } = request.identity;
  const store = await newEnvelopeStore(length);
  try {
    const { header, envelopeHash, manifest } = await sealEnvelope(request, store);
    return { lot, part, envelope: await store.envelope(header), envelopeHash, manifest };
  } catch (error) {
    await store.discard().catch(() => undefined);
    throw error;
  }
}

/** What the browser says, without parameters; else the type that says nothing. */
export function mediaType(file: { readonly type: string }): string {
  const type = (file.type.split(';')[0] ?? '').trim().toLowerCase();
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type)
    ? type
    : 'application/octet-stream';
}
