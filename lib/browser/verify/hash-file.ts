import type { HashMessage } from './hash-worker';
import type { Readable } from './intake/given';
import { ZipRefused } from './intake/zip-directory';

/** Hashes one file after the other, in one worker that is made when it is first needed. */
export interface Hasher {
  /**
   * @param onProgress bytes hashed so far.
   * @returns SHA-256 as 64 hexadecimal digits.
   * @throws Error when the file cannot be read, ZipRefused when an archive lies; the signal's reason when cancelled.
   */
  hash(file: Readable, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<string>;
  close(): void;
}

export function createHasher(): Hasher {
  let worker: Worker | null = null;
  const close = (): void => {
    worker?.terminate();
    worker = null;
  };
  return {
    close,
    hash: (file, onProgress, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const busy = (worker ??= new Worker(new URL('./hash-worker.ts', import.meta.url), {
          type: 'module',
        }));
        const end = (settle: () => void): void => {
          signal.removeEventListener('abort', cancel);
          settle();
        };
        // A worker in the middle of a file cannot be told anything: it is ended, and the next file gets a new one.
        const cancel = (): void => {
          close();
          end(() => reject(signal.reason as Error));
        };
        signal.addEventListener('abort', cancel);
        busy.onerror = (event) => {
          close();
          end(() => reject(new Error(event.message)));
        };
        busy.onmessage = ({ data }: MessageEvent<HashMessage>) => {
          if (data.kind === 'progress') onProgress(data.bytes);
          else if (data.kind === 'done') end(() => resolve(data.sha256));
          else end(() => reject(data.zip === null ? new Error(data.reason) : new ZipRefused(data.zip)));
        };
        busy.postMessage(file);
      }),
  };
}

/**
 * Hashes a file in a worker, so that the page stays alive while a large one is read. The file does not leave the
 * browser. As `Hasher.hash`, for one file.
 */
export async function hashFile(
  file: File,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hasher = createHasher();
  try {
    return await hasher.hash(file, onProgress, signal);
  } finally {
    hasher.close();
  }
}
