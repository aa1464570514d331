import { Readable } from 'node:stream';
import type { Storage } from './storage';

/** Bytes of a stored file from `from` up to, not including, `to`. */
function range(storage: Storage, key: string, from: number, to: number): Readable {
  // The storage names the last byte, as HTTP does; nothing at all cannot be named that way.
  return to <= from ? Readable.from([]) : storage.get(key, { start: from, end: to - 1 });
}

/** A stored range, piece by piece; the file is let go when the reader leaves. */
export async function* storedRange(
  storage: Storage,
  key: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  for await (const piece of range(storage, key, from, to) as AsyncIterable<Uint8Array>) yield piece;
}

/** As `storedRange`, in memory: for the ends of files. */
export async function readStored(
  storage: Storage,
  key: string,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of storedRange(storage, key, from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A web stream of an iterable, pulled as fast as the reader takes it. */
export function webStream(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await source.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same part of a source that can only be read from its beginning. */
export async function* skip(
  source: AsyncGenerator<Uint8Array>,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const piece of source) {
    const wanted = piece.subarray(Math.max(0, from - position), Math.max(0, to - position));
    position += piece.length;
    if (wanted.length > 0) yield wanted;
    if (to > from && position >= to && wanted.length > 0) return;
  }
}
