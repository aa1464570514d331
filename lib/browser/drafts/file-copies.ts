import type { FileRef, PartName } from './draft';
import { DraftError } from './draft-error';
import { addFile, type FilePlace } from './draft-files';

/** A file on its way into the draft. */
export interface Copying {
  readonly id: number;
  readonly lot: string;
  readonly part: PartName;
  readonly name: string;
  /** Bytes. */
  readonly done: number;
  readonly size: number;
}

/** Which files are in, and why the next one is not. */
export interface CopyOutcome {
  readonly added: readonly FileRef[];
  readonly error: DraftError | null;
}

/** Progress more often than this would cost more than it tells. Milliseconds. */
const PROGRESS_MS = 100;

/** Copies files into a draft, one at a time: a disk is read fastest so. */
export class FileCopies {
  readonly #onChange: (copying: readonly Copying[]) => void;
  readonly #stops = new Map<number, AbortController>();
  #list: readonly Copying[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #next = 1;

  constructor(onChange: (copying: readonly Copying[]) => void) {
    this.#onChange = onChange;
  }

  /** @param onAdded told of each file that is in, before the next is begun */
  add(
    place: FilePlace,
    to: { readonly lot: string; readonly part: PartName },
    files: readonly File[],
    onAdded: (file: FileRef) => Promise<void>,
  ): Promise<CopyOutcome> {
    const queued = files.map((file) => {
      const id = this.#next++;
      this.#stops.set(id, new AbortController());
      return { id, file, copying: { id, ...to, name: file.name, done: 0, size: file.size } };
    });
    this.#show([...this.#list, ...queued.map(({ copying }) => copying)]);
    const run = this.#last.then(() => this.#copyAll(place, queued, onAdded));
    this.#last = run;
    return run;
  }

  stop(id: number): void {
    this.#stops.get(id)?.abort();
  }

  /** Stops all, and waits until nothing is written any more. */
  async stopAll(): Promise<void> {
    for (const controller of this.#stops.values()) controller.abort();
    await this.#last;
  }

  async #copyAll(
    place: FilePlace,
    queued: readonly { id: number; file: File }[],
    onAdded: (file: FileRef) => Promise<void>,
  ): Promise<CopyOutcome> {
    const added: FileRef[] = [];
    let error: DraftError | null = null;
    for (const { id, file } of queued) {
      const signal = this.#stops.get(id)?.signal ?? AbortSignal.abort();
      try {
        if (error !== null || signal.aborted) continue;
        const ref = await addFile(place, file, this.#progressOf(id), signal);
        await onAdded(ref);
        added.push(ref);
      } catch (thrown) {
        if (signal.aborted) continue;
        error = thrown instanceof DraftError ? thrown : new DraftError('storage-unavailable');
      } finally {
        this.#stops.delete(id);
        this.#show(this.#list.filter((one) => one.id !== id));
      }
    }
    return { added, error };
  }

  #progressOf(id: number): (bytes: number) => void {
    let last = performance.now();
    return (done) => {
      const now = performance.now();
      if (now - last < PROGRESS_MS) return;
      last = now;
      this.#show(this.#list.map((one) => (one.id === id ? { ...one, done } : one)));
    };
  }

  #show(list: readonly Copying[]): void {
    this.#list = list;
    this.#onChange(list);
  }
}
