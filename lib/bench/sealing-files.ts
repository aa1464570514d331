import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { nativeHash } from '@/lib/server/open-file';
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
  return {
    put: async (bytes, at) => void (await handle.write(bytes, 0, bytes.length, headerBytes + at)),
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
  return { name: path.basename(file), mediaType: 'application/pdf', size };
}

/**
 * Seals these files as a bid in Node, into one file as it would be uploaded: hashes, packs, pads and seals
 * them.
 */
export async function sealFiles(files: readonly string[], envelope: string): Promise<SealedEnvelope> {
  const expected = benchExpectation();
  const store = await envelopeFile(envelope, headerLength(expected.keySet.n));
  const request = {
    ...expected,
    seed: new Uint8Array(randomBytes(32)),
    manifest: benchManifest(expected, await Promise.all(files.map(plan))),
    contents: files.map((file) => () => read(file)),
    newHash: nativeHash,
  };
  const sealed = await sealEnvelope(request, store);
  await store.finish(sealed.header);
  return sealed;
}
