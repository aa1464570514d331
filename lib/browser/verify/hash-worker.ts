import { hashBlob, hashStream } from './hash-stream';
import { wholeLimit, type Machine } from './hash-whole';
import type { Readable } from './intake/given';
import { unpack } from './intake/unpack';
import { ZipRefused, type ZipFault } from './intake/zip-directory';

/** What the page sends: a file, one at a time. To cancel, the page ends the worker. */
export type HashRequest = Readable;

/** What the page gets: progress, then the digest or the reason why there is none. */
export type HashMessage =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly sha256: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly zip: ZipFault | null };

/** Chunks come every 64 KiB or so; the page needs to hear of far fewer. */
const PROGRESS_INTERVAL_MS = 80;

const answer = (message: HashMessage): void => postMessage(message);

async function hash(file: HashRequest): Promise<string> {
  let last = 0;
  const onBytes = (bytes: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    answer({ kind: 'progress', bytes });
  };
  if (file instanceof Blob) return hashBlob(file, wholeLimit(navigator as Machine), onBytes);
  return hashStream(await unpack(file.archive, file.entry), onBytes);
}

addEventListener('message', (event: MessageEvent<HashRequest>) => {
  hash(event.data).then(
    (sha256) => answer({ kind: 'done', sha256 }),
    (error: unknown) =>
      answer({
        kind: 'failed',
        reason: error instanceof Error ? error.message : String(error),
        zip: error instanceof ZipRefused ? error.code : null,
      }),
  );
});
