import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { nativeHash } from '@/lib/server/open-file';
import { headerLength } from '@/lib/sealing/envelope';
import type { FileContent, PlannedManifest } from '@/lib/sealing/package';
import { memoryStore, sealEnvelope, type PayloadStore, type SealedEnvelope } from '@/lib/sealing/seal';
import { benchExpectation, benchManifest } from './sealing-tender';

const MIB = 1024 * 1024;
const PDF = 'application/pdf';

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

async function envelopeFile(file: string, headerBytes: number, onPiece: () => void): Promise<EnvelopeFile> {
  const handle = await fs.open(file, 'w+');
  return {
    async put(bytes, at) {
      onPiece();
      await handle.write(bytes, 0, bytes.length, headerBytes + at);
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

async function plan(file: string) {
  const { size } = await fs.stat(file);
  return { name: path.basename(file), mediaType: PDF, size };
}

/** The one place in which the bench calls the sealing of Node. */
async function seal(files: PlannedManifest['files'], contents: FileContent[], store: PayloadStore) {
  const expected = benchExpectation();
  const seed = new Uint8Array(randomBytes(32));
  const manifest = benchManifest(expected, files);
  return sealEnvelope({ ...expected, seed, manifest, contents, newHash: nativeHash }, store);
}

/** Seals these files as a bid, into one file as it would be uploaded. */
export async function sealFiles(
  files: readonly string[],
  envelope: string,
  onPiece: () => void = () => undefined,
): Promise<SealedEnvelope> {
  const store = await envelopeFile(envelope, headerLength(benchExpectation().keySet.n), onPiece);
  const contents = files.map((file) => () => read(file));
  const sealed = await seal(await Promise.all(files.map(plan)), contents, store);
  await store.finish(sealed.header);
  return sealed;
}

export function sealInMemory(files: readonly Uint8Array[]): Promise<SealedEnvelope> {
  const planned = files.map(({ length }, i) => ({ name: `${i}.pdf`, mediaType: PDF, size: length }));
  const contents = files.map((bytes) => () => inPieces(bytes));
  return seal(planned, contents, memoryStore());
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += MIB) yield bytes.subarray(at, at + MIB);
}
