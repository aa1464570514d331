import { toHex } from '@/lib/record/hex';
import type { Bytes, NewHash } from './bytes';
import { concat, equalBytes } from './bytes';
import type { EnvelopeIdentity } from './context';
import { SealingError } from './error';
import type { PackageFile, PackageManifest } from './package';
import { decodeManifest, MAX_MANIFEST_BYTES, packageLength, requireSameIdentity } from './package';
import { paddedLength } from './padme';

/** Receives what an envelope holds, piece by piece. Nothing of it may be used before the outcome is `valid`. */
export interface PackageSink {
  manifest?(manifest: PackageManifest): void | Promise<void>;
  /** Bytes of the file at this place in the manifest, in order. */
  data?(file: number, bytes: Uint8Array): void | Promise<void>;
}

export interface PackageExpectation {
  readonly identity: EnvelopeIdentity;
  /** Plaintext bytes of the payload, padding included. */
  readonly plainLength: number;
  readonly padding: (length: number) => Iterable<Uint8Array>;
  readonly newHash: NewHash;
}

/**
 * Reads a package strictly: every byte of it is either manifest, a stated file, or the derived padding.
 * @throws SealingError `package-…`, `price-form-…`
 */
export async function readPackage(
  source: AsyncIterable<Uint8Array>,
  expected: PackageExpectation,
  sink: PackageSink,
): Promise<PackageManifest> {
  const input = new Cursor(source);
  const prefix = await input.exactly(4);
  const manifestLength = new DataView(prefix.buffer).getUint32(0);
  if (manifestLength > MAX_MANIFEST_BYTES) throw new SealingError('package-too-large');
  const manifest = decodeManifest(await input.exactly(manifestLength));
  requireSameIdentity(manifest, expected.identity);
  const length = packageLength(manifestLength, manifest.files);
  if (paddedLength(length) !== expected.plainLength) throw new SealingError('package-length');
  await sink.manifest?.(manifest);
  for (const [at, file] of manifest.files.entries()) await readFile(input, at, file, expected.newHash, sink);
  for (const block of expected.padding(expected.plainLength - length)) {
    if (!equalBytes(await input.exactly(block.length), block)) throw new SealingError('package-padding');
  }
  // The stream is read to its end, so that the last chunk is authenticated before anything is believed.
  if (!(await input.atEnd())) throw new SealingError('package-length');
  return manifest;
}

async function readFile(input: Cursor, at: number, file: PackageFile, newHash: NewHash, sink: PackageSink) {
  const hash = newHash();
  let left = file.size;
  while (left > 0) {
    const piece = await input.upTo(left);
    hash.update(piece);
    left -= piece.length;
    await sink.data?.(at, piece);
  }
  if (toHex(hash.digest()) !== file.sha256) throw new SealingError('package-file-hash', file.name);
}

/** Reads a stream of pieces by lengths that do not follow the pieces. */
class Cursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Between 1 and `length` bytes. */
  async upTo(length: number): Promise<Uint8Array> {
    if (await this.atEnd()) throw new SealingError('package-length');
    const taken = this.#piece.subarray(0, length);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }

  async exactly(length: number): Promise<Bytes> {
    const pieces: Uint8Array[] = [];
    for (let left = length; left > 0;) {
      const piece = await this.upTo(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return concat(...pieces);
  }

  async atEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) return true;
      this.#piece = next.value;
    }
    return false;
  }
}
