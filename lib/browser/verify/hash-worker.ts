import { hashStream } from './hash-stream';

/** What the page sends: the file. To cancel, the page ends the worker. */
export type HashRequest = File;

/** What the page gets: progress, then the digest or the reason why there is none. */
export type HashMessage =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly sha256: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Chunks come every 64 KiB or so; the page needs to hear of far fewer. */
const PROGRESS_INTERVAL_MS = 80;

const answer = (message: HashMessage): void => postMessage(message);

addEventListener('message', (event: MessageEvent<HashRequest>) => {
  let last = 0;
  const progress = (bytes: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    answer({ kind: 'progress', bytes });
  };
  hashStream(event.data.stream(), progress).then(
    (sha256) => answer({ kind: 'done', sha256 }),
    (error: unknown) =>
      answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
