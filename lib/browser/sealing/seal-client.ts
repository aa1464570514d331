import { SealingError } from '@/lib/sealing/error';
import { DraftError } from '../drafts/draft-error';
import type { SealedSubmission, SealProgress } from './seal-bid';
import type { SealMessage, SealRequest } from './seal-worker';

/** The worker could not be started, or ended without a reason: memory, as a rule. */
export class SealFailure extends Error {}

/**
 * Seals in a worker, so that the page stays responsive.
 * @throws SealingError for what the sealer refuses; DraftError for a file that is gone; SealFailure; DOMException
 *   `AbortError` when aborted
 */
export function sealInWorker(
  request: SealRequest,
  onProgress: SealProgress,
  signal: AbortSignal,
): Promise<SealedSubmission> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SealedSubmission>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.addEventListener('error', () => reject(new SealFailure('The worker ended')));
    worker.addEventListener('message', ({ data }: MessageEvent<SealMessage>) => {
      if (data.kind === 'progress') onProgress(data.phase, data.done, data.total);
      else if (data.kind === 'sealed') resolve(data.submission);
      else if (data.kind === 'refused') reject(new SealingError(data.code));
      else if (data.kind === 'draft') reject(new DraftError(data.code));
      else reject(new SealFailure('A file could not be read, or there was no room'));
    });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
