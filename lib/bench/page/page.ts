import { benchExpectation, benchStatements } from '@/lib/bench/sealing-tender';
import { sealInWorker } from '@/lib/browser/sealing/seal-client';
import type { Done, Job } from './bench-worker';

// The page of the bench: a list of files, a line that tells the progress, and what the bench calls from outside.

export interface SealRun {
  ms: number;
  /** The longest task of the page's main thread that took more than 50 ms, in milliseconds; 0 when none did. */
  longestTask: number;
  /** How often progress was told. */
  told: number;
  size: number;
}

export interface BenchPage {
  /** Seals the chosen files in the product's own worker. */
  seal(): Promise<SealRun>;
  /** Runs a floor, or opens the chosen files as envelopes with these digests. */
  work(
    job:
      | Exclude<Job, { kind: 'open' | 'digest' }>
      | { kind: 'open'; hashes: string[]; count: number }
      | { kind: 'digest'; by: 'product' | 'webcrypto' },
  ): Promise<Done>;
  /** Blocks the main thread, to see that such a task is noticed. @returns the longest task seen, in milliseconds */
  block(ms: number): Promise<number>;
}

const chosen = () => [...((document.querySelector('input') as HTMLInputElement).files ?? [])];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Watches for tasks of more than 50 ms while `work` runs. */
async function watched<T>(work: () => Promise<T>): Promise<{ result: T; longestTask: number }> {
  let longestTask = 0;
  const note = (list: PerformanceEntryList) => {
    for (const { duration } of list) longestTask = Math.max(longestTask, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  const result = await work();
  // A task is reported after its end.
  await pause(100);
  note(observer.takeRecords());
  observer.disconnect();
  return { result, longestTask };
}

/** The one place in which the bench calls the product's sealing. */
async function sealChosen(): Promise<{ ms: number; told: number; size: number }> {
  const { identity, keySet } = benchExpectation();
  const line = document.querySelector('output') as HTMLOutputElement;
  let told = 0;
  const onProgress = (phase: string, done: number, total: number) => {
    told += 1;
    line.textContent = `${phase} ${done} / ${total}`;
  };
  const content = { envelopes: [{ identity, keySet, ...benchStatements(), files: chosen() }] };
  const began = performance.now();
  const { envelopes } = await sealInWorker(content, onProgress, new AbortController().signal);
  const size = envelopes.reduce((sum, { envelope }) => sum + envelope.size, 0);
  return { ms: performance.now() - began, told, size };
}

function inWorker(job: Job): Promise<Done> {
  const worker = new Worker('/bench-worker.js', { type: 'module' });
  return new Promise<Done>((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('The bench worker could not be started.')));
    worker.addEventListener('message', ({ data }: MessageEvent<Done>) => resolve(data));
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}

const bench: BenchPage = {
  async seal() {
    const { result, longestTask } = await watched(sealChosen);
    return { ...result, longestTask };
  },
  work(job) {
    const [first] = chosen();
    if (job.kind === 'digest') {
      if (!first) throw new Error('No file is chosen');
      return inWorker({ ...job, file: first });
    }
    if (job.kind !== 'open') return inWorker(job);
    const bids = chosen().map((file, i) => ({ file, envelopeHash: job.hashes[i] ?? '' }));
    return inWorker({ kind: 'open', bids, count: job.count });
  },
  async block(ms) {
    const { longestTask } = await watched(async () => {
      await pause(0);
      for (const end = performance.now() + ms; performance.now() < end;);
    });
    return longestTask;
  },
};

Object.assign(globalThis, { bench });
