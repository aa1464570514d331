import { toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import { isWellFormed } from '@/lib/record/unicode';
import type { Bytes, NewHash, RunningHash } from './bytes';
import { concat, uint32, utf8 } from './bytes';
import type { EnvelopeIdentity } from './context';
import type { Partner } from './declared';
import { parseConsortium, parseDeclarations } from './declared';
import { SealingError } from './error';
import { fileNameKey, isSafeFileName } from './file-name';
import { paddedLength } from './padme';
import type { PriceForm } from './price-form';
import { hasKeys, parsePriceForm } from './price-form';

/** `size` in bytes, at least 1; `sha256` 64 lower-case hex digits. */
export interface PackageFile {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * What one envelope says. `consortium`: the partners that the tenderer leads, empty where it bids alone. `declarations`:
 * ids of the notice's declarations that the tenderer declared true. `priceForm` is null in an envelope that carries no
 * price (a technical part).
 */
export interface PackageManifest {
  readonly v: 1;
  readonly ocid: string;
  readonly lot: string;
  readonly part: string;
  readonly tenderer: string;
  readonly consortium: readonly Partner[];
  readonly declarations: readonly string[];
  readonly priceForm: PriceForm | null;
  readonly files: readonly PackageFile[];
}

export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
export const MAX_FILES = 100;
/** 1 TiB: far above any upload limit, far below where lengths lose exactness. */
const MAX_PACKAGE_BYTES = 2 ** 40;

/** UTF-8 of the manifest's JCS. @throws SealingError for what the parser would refuse. */
export function encodeManifest(manifest: PackageManifest): Bytes {
  const bytes = utf8(canonicalText(checkManifest(manifest)));
  if (bytes.length > MAX_MANIFEST_BYTES) throw new SealingError('package-too-large');
  return bytes;
}

/** Strict: UTF-8, canonical JSON, exact keys, safe and distinct names. */
export function decodeManifest(bytes: Uint8Array): PackageManifest {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = parseStrict(text, { canonical: true, maxLength: MAX_MANIFEST_BYTES });
  } catch {
    throw new SealingError('package-shape', 'the manifest is not canonical JSON');
  }
  return checkManifest(value);
}

const MANIFEST_KEYS = [
  'v',
  'ocid',
  'lot',
  'part',
  'tenderer',
  'consortium',
  'declarations',
  'priceForm',
  'files',
] as const;

function checkManifest(value: unknown): PackageManifest {
  if (!hasKeys(value, MANIFEST_KEYS) || value.v !== 1) throw new SealingError('package-shape');
  const { ocid, lot, part, tenderer, priceForm, files } = value;
  const texts = [ocid, lot, part, tenderer];
  if (!texts.every((text) => typeof text === 'string' && isWellFormed(text)))
    throw new SealingError('package-shape');
  const identity = { ocid, lot, part, tenderer } as Record<'ocid' | 'lot' | 'part' | 'tenderer', string>;
  const consortium = parseConsortium(value.consortium, identity.tenderer);
  const declarations = parseDeclarations(value.declarations);
  if (!Array.isArray(files) || files.length > MAX_FILES) throw new SealingError('package-shape', 'files');
  const checked = files.map(checkFile);
  if (new Set(checked.map((file) => fileNameKey(file.name))).size !== checked.length) {
    throw new SealingError('package-duplicate-name');
  }
  const price = priceForm === null ? null : parsePriceForm(priceForm);
  return { v: 1, ...identity, consortium, declarations, priceForm: price, files: checked };
}

function checkFile(value: unknown): PackageFile {
  if (!hasKeys(value, ['name', 'mediaType', 'size', 'sha256'])) throw new SealingError('package-shape');
  const { name, mediaType, size, sha256 } = value;
  if (typeof name !== 'string' || !isSafeFileName(name)) throw new SealingError('package-file-name');
  if (
    typeof mediaType !== 'string' ||
    !/^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(mediaType)
  ) {
    throw new SealingError('package-shape', 'mediaType');
  }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size > MAX_PACKAGE_BYTES) {
    throw new SealingError('package-shape', 'size');
  }
  if (size < 1) throw new SealingError('package-file-empty', name);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    throw new SealingError('package-shape', 'sha256');
  return { name, mediaType, size, sha256 };
}

type ManifestIdentity = Pick<PackageManifest, 'ocid' | 'lot' | 'part' | 'tenderer'>;

/** A manifest must name the tender, lot, part and tenderer of its envelope: else a bid could be passed off as another's. */
export function requireSameIdentity(manifest: ManifestIdentity, identity: EnvelopeIdentity): void {
  const { ocid, lot, part, tenderer } = identity;
  const same =
    manifest.ocid === ocid &&
    manifest.lot === lot &&
    manifest.part === part &&
    manifest.tenderer === tenderer;
  if (!same) throw new SealingError('package-other-identity');
}

/** Bytes of the package before padding: uint32 length ‖ manifest ‖ the files in the manifest's order. */
export function packageLength(manifestLength: number, files: readonly PackageFile[]): number {
  const length = files.reduce((sum, file) => sum + file.size, 4 + manifestLength);
  if (length > MAX_PACKAGE_BYTES) throw new SealingError('package-too-large');
  return length;
}

/** Content of one file, readable once for each call, so that nothing need be held in memory. */
export type FileContent = () => AsyncIterable<Uint8Array>;

/** A manifest before its files were read: a digest that is known beforehand is one that the content must have. */
export type PlannedManifest = Omit<PackageManifest, 'files'> & {
  readonly files: readonly (Omit<PackageFile, 'sha256'> & { readonly sha256?: string })[];
};

/** Stands for a digest that is not known yet: as long as one. */
const NOT_YET = '0'.repeat(64);

/** The manifest with these digests, or with what stands for them: it is as long in either case. */
export function completeManifest(plan: PlannedManifest, digests: readonly string[] = []): PackageManifest {
  const files = plan.files.map((file, at) => ({ ...file, sha256: digests[at] ?? file.sha256 ?? NOT_YET }));
  return { ...plan, files };
}

/** What comes before the files: uint32 length ‖ manifest. */
export function packageHead(manifest: PackageManifest): Bytes {
  const bytes = encodeManifest(manifest);
  return concat(uint32(bytes.length), bytes);
}

export interface PackageContent {
  readonly plan: PlannedManifest;
  /** One for each file of the plan, in its order. */
  readonly contents: readonly FileContent[];
  readonly padding: (length: number) => Iterable<Uint8Array>;
  readonly newHash: NewHash;
  /** Told the digest of each file, 64 hex digits, in their order, when it has been read. */
  readonly onDigest: (sha256: string) => void;
}

/**
 * The padded package as a stream, each file read once. `head` may still lack the digests: they follow on the way, from
 * the very bytes that are sealed, so that a file that changes on the disk meanwhile cannot end as an envelope that no one
 * can open.
 */
export async function* writePackage(head: Bytes, content: PackageContent): AsyncGenerator<Uint8Array> {
  const { plan, contents, padding, newHash, onDigest } = content;
  const length = plan.files.reduce((sum, file) => sum + file.size, head.length);
  if (contents.length !== plan.files.length)
    throw new SealingError('package-shape', 'files and contents differ');
  yield head;
  for (const [at, file] of plan.files.entries()) {
    const bytes = contents[at];
    if (bytes === undefined) throw new SealingError('package-shape');
    const hash = newHash();
    yield* exactly(file.size, file.name, bytes(), hash);
    const sha256 = toHex(hash.digest());
    if (file.sha256 !== undefined && sha256 !== file.sha256)
      throw new SealingError('package-file-hash', file.name);
    onDigest(sha256);
  }
  yield* padding(paddedLength(length) - length);
}

async function* exactly(
  size: number,
  name: string,
  content: AsyncIterable<Uint8Array>,
  hash: RunningHash,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const piece of content) {
    seen += piece.length;
    if (seen > size) throw new SealingError('stream-too-long', name);
    hash.update(piece);
    yield piece;
  }
  if (seen < size) throw new SealingError('stream-too-short', name);
}
