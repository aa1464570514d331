import type { SealingErrorCode } from '@/lib/sealing/error';
import { SealingError } from '@/lib/sealing/error';
import { loadFastHash } from './fast-hash';
import type { SealedSubmission, SealPhase, SubmissionContent } from './seal-bid';
import { sealSubmission } from './seal-bid';

/** The worker takes one submission and answers with progress, then once with the result. */
export type SealRequestMessage = SubmissionContent;

export type SealMessage =
  | { readonly kind: 'progress'; readonly phase: SealPhase; readonly done: number; readonly total: number }
  | { readonly kind: 'sealed'; readonly submission: SealedSubmission }
  | { readonly kind: 'refused'; readonly code: SealingErrorCode }
  /** The browser could not read a file, or ran out of room. */
  | { readonly kind: 'failed' };

/** Progress more often than this would cost more than it tells. */
const PROGRESS_MS = 100;

function post(message: SealMessage): void {
  globalThis.postMessage(message);
}

async function run(content: SubmissionContent): Promise<void> {
  let last = 0;
  const onProgress = (phase: SealPhase, done: number, total: number) => {
    const now = performance.now();
    if (done < total && now - last < PROGRESS_MS) return;
    last = now;
    post({ kind: 'progress', phase, done, total });
  };
  const draw = () => globalThis.crypto.getRandomValues(new Uint8Array(32));
  const newHash = await loadFastHash();
  try {
    post({ kind: 'sealed', submission: await sealSubmission(content, draw, newHash, onProgress) });
  } catch (error) {
    post(error instanceof SealingError ? { kind: 'refused', code: error.code } : { kind: 'failed' });
  }
}

globalThis.addEventListener('message', (event: MessageEvent<SealRequestMessage>) => {
  void run(event.data);
});
