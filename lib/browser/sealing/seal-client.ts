import { SealingError } from '@/lib/sealing/error';
import type { SealedSubmission, SealProgress, SubmissionContent } from './seal-bid';
import type { SealMessage } from './seal-worker';

/**
 * Seals in a worker, so that the page stays responsive.
 * @throws SealingError for what the sealer refuses; DOMException `AbortError` when aborted; Error when a file cannot be read
 */
export function sealInWorker(
  content: SubmissionContent,
  onProgress: SealProgress,
  signal: AbortSignal,
): Promise<SealedSubmission> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SealedSubmission>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('error', () => reject(new Error('The sealing worker could not be started.')));
    worker.addEventListener('message', ({ data }: MessageEvent<SealMessage>) => {
      if (data.kind === 'progress') onProgress(data.phase, data.done, data.total);
      else if (data.kind === 'sealed') resolve(data.submission);
      else if (data.kind === 'refused') reject(new SealingError(data.code));
      else reject(new Error('A file could not be read.'));
    });
    worker.postMessage(content);
  }).finally(() => worker.terminate());
}
