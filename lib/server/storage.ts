import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What came of storing a stream. `key` finds it again; it says nothing about the content. */
export interface Stored {
  key: string;
  size: number;
  /** 64 hex digits. */
  sha256: string;
  /** The first bytes, for telling what kind of file it is. */
  head: Uint8Array;
}

export class TooLargeError extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`More than ${limit} bytes`);
    this.name = 'TooLargeError';
    this.limit = limit;
  }
}

/** Files by key: a local folder now; an S3-compatible store has the same four verbs. */
export interface Storage {
  /** @throws TooLargeError past `limit` bytes; nothing is kept then, nor when the stream breaks off. */
  put(source: AsyncIterable<Uint8Array>, limit: number): Promise<Stored>;
  /** `range`: first and last byte, both included. */
  get(key: string, range?: { start: number; end: number }): Readable;
  size(key: string): Promise<number>;
  remove(key: string): Promise<void>;
}

/** Where a file lies until it is whole. */
const INCOMING = 'incoming';

const KEY = /^[0-9a-f]{2}\/[0-9a-f-]{36}$/;

/** A storage in `folder`. A file appears under its key only when it is whole. */
export function localStorage(folder: string): Storage {
  const at = (key: string) => {
    // Keys come from our own tables, but a path must never be made from anything else.
    if (!KEY.test(key)) throw new Error('Not a storage key');
    return path.join(folder, key);
  };
  return {
    async put(source, limit) {
      const id = randomUUID();
      const key = `${id.slice(0, 2)}/${id}`;
      const temporary = path.join(folder, INCOMING, id);
      await mkdir(path.dirname(temporary), { recursive: true });
      await mkdir(path.dirname(at(key)), { recursive: true });
      const hash = createHash('sha256');
      let size = 0;
      let head = Buffer.alloc(0);
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          if (size > limit) return done(new TooLargeError(limit));
          hash.update(chunk);
          if (head.length < 512) head = Buffer.concat([head, chunk.subarray(0, 512 - head.length)]);
          return done(null, chunk);
        },
      });
      try {
        // Counted in bytes: a stream of objects would read sixteen pieces ahead of the disk, however large they are.
        const bytes = Readable.from(source, { objectMode: false });
        await pipeline(bytes, measure, createWriteStream(temporary, { flush: true }));
        await rename(temporary, at(key));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      return { key, size, sha256: hash.digest('hex'), head };
    },
    get: (key, range) => createReadStream(at(key), range),
    size: async (key) => (await stat(at(key))).size,
    remove: (key) => rm(at(key), { force: true }),
  };
}

/** What was being stored when its process died: files of `folder` that nobody has touched since `before`. */
export async function leftovers(folder: string, before: number): Promise<string[]> {
  const names = await readdir(path.join(folder, INCOMING)).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, INCOMING, name);
      const touched = await stat(file).catch(() => null);
      return touched && touched.mtimeMs < before ? [file] : [];
    }),
  );
  return found.flat();
}
