import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { nativeHash } from '@/lib/server/open-file';
import { toHex } from '@/lib/record/hex';
import type { PackageFile } from '@/lib/sealing/package';
import { headerLength } from '@/lib/sealing/envelope';
import { sealEnvelope, type PayloadStore, type SealedEnvelope } from '@/lib/sealing/seal';
import { benchExpectation, benchManifest } from './sealing-tender';

const MIB = 1024 * 1024;

/** A file of random bytes. @returns its path */
export async function randomFile(folder: string, name: string, size: number): Promise<string> {
  const file = path.join(folder, name);
  const handle = await fs.open(file, 'w');
  for (let left = size; left > 0; left -= MIB) await handle.write(randomBytes(Math.min(MIB, left)));
  await handle.close();
  return file;
}

/** An envelope being written to a file: room for the header, then the payload. Memory holds none of it. */
interface EnvelopeFile extends PayloadStore {
  /** Writes the header into its place and closes the file. */
  finish(header: Uint8Array): Promise<void>;
}

async function envelopeFile(file: string, headerBytes: number): Promise<EnvelopeFile> {
  const handle = await fs.open(file, 'w+');
  let end = headerBytes;
  return {
    async append(bytes) {
      await handle.write(bytes, 0, bytes.length, end);
      end += bytes.length;
    },
    async *read() {
      yield* handle.createReadStream({ start: headerBytes, autoClose: false, highWaterMark: MIB });
    },
    async finish(header) {
      await handle.write(header, 0, header.length, 0);
      await handle.close();
    },
  };
}

const read = (file: string): AsyncIterable<Uint8Array> => createReadStream(file, { highWaterMark: MIB });

async function describe(file: string): Promise<PackageFile> {
  const hash = nativeHash();
  let size = 0;
  for await (const piece of read(file)) {
    hash.update(piece);
    size += piece.length;
  }
  return {
    name: path.basename(file),
    mediaType: 'application/pdf',
    size,
    sha256: toHex(hash.digest()),
  };
}

/**
 * Seals these files as a bid in Node, into one file as it would be uploaded: hashes them for the manifest, packs, pads and
 * seals.
 */
export async function sealFiles(files: readonly string[], envelope: string): Promise<SealedEnvelope> {
  const expected = benchExpectation();
  const store = await envelopeFile(envelope, headerLength(expected.keySet.n));
  const described: PackageFile[] = [];
  for (const file of files) described.push(await describe(file));
  const request = {
    ...expected,
    seed: new Uint8Array(randomBytes(32)),
    manifest: benchManifest(expected, described),
    contents: files.map((file) => () => read(file)),
    newHash: nativeHash,
  };
  const sealed = await sealEnvelope(request, store);
  await store.finish(sealed.header);
  return sealed;
}
