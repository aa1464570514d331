import type { SealingErrorCode } from '@/lib/sealing/error';
import { SealingError } from '@/lib/sealing/error';
import { loadFastHash } from './fast-hash';
import { DraftError, type DraftErrorCode } from '../drafts/draft-error';
import { isStoredFile, openStoredFile, type ReadableFile, type StoredFile } from '../drafts/stored-file';
import type { EnvelopeContent, SealedSubmission, SealPhase, SubmissionContent } from './seal-bid';
import { sealSubmission } from './seal-bid';

/** A submission whose files may lie in the draft: the worker reads and decrypts those itself. */
export interface SealRequest extends Omit<SubmissionContent, 'envelopes'> {
  readonly envelopes: readonly (Omit<EnvelopeContent, 'files'> & {
    readonly files: readonly (File | StoredFile)[];
  })[];
}

export type SealMessage =
  | { readonly kind: 'progress'; readonly phase: SealPhase; readonly done: number; readonly total: number }
  | { readonly kind: 'sealed'; readonly submission: SealedSubmission }
  | { readonly kind: 'refused'; readonly code: SealingErrorCode }
  /** A file of the draft is gone, or damaged. */
  | { readonly kind: 'draft'; readonly code: DraftErrorCode }
  /** The browser could not read a file, or ran out of room. */
  | { readonly kind: 'failed' };

/** Progress more often than this would cost more than it tells. */
const PROGRESS_MS = 100;

function post(message: SealMessage): void {
  globalThis.postMessage(message);
}

const readable = (file: File | StoredFile): Promise<ReadableFile> =>
  isStoredFile(file) ? openStoredFile(file) : Promise.resolve(file);

async function opened({ envelopes, ...rest }: SealRequest): Promise<SubmissionContent> {
  const content = envelopes.map(async (envelope) => ({
    ...envelope,
    files: await Promise.all(envelope.files.map(readable)),
  }));
  return { ...rest, envelopes: await Promise.all(content) };
}

async function run(request: SealRequest): Promise<void> {
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
    const content = await opened(request);
    post({ kind: 'sealed', submission: await sealSubmission(content, draw, newHash, onProgress) });
  } catch (error) {
    post(failureOf(error));
  }
}

function failureOf(error: unknown): SealMessage {
  if (error instanceof SealingError) return { kind: 'refused', code: error.code };
  return error instanceof DraftError ? { kind: 'draft', code: error.code } : { kind: 'failed' };
}

globalThis.addEventListener('message', (event: MessageEvent<SealRequest>) => {
  void run(event.data);
});
