import type { HashMessage } from './hash-worker';

/**
 * Hashes a file in a worker, so that the page stays alive while a large one is read. The file does not leave the
 * browser.
 * @param onProgress bytes hashed so far.
 * @returns SHA-256 as 64 hexadecimal digits.
 * @throws Error when the file cannot be read; the signal's reason when cancelled.
 */
export function hashFile(
  file: File,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
    const cancel = (): void => end(() => reject(signal.reason as Error));
    const end = (settle: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', cancel);
      settle();
    };
    signal.addEventListener('abort', cancel);
    worker.onerror = (event) => end(() => reject(new Error(event.message)));
    worker.onmessage = ({ data }: MessageEvent<HashMessage>) => {
      if (data.kind === 'progress') onProgress(data.bytes);
      else if (data.kind === 'done') end(() => resolve(data.sha256));
      else end(() => reject(new Error(data.reason)));
    };
    worker.postMessage(file);
  });
}
