import { Autosave, type Saving } from './autosave';
import { FileCopies, type Copying, type CopyOutcome } from './file-copies';
import type { BidDraft, DraftIdentity, FileRef, PartName, SealedDraft } from './draft';
import { draftId, emptyDraft, keptFilesOf, mapFiles, withFile, withoutFile, withRecovery } from './draft';
import { DraftError } from './draft-error';
import { readDraftFile, writeDraftFile, type Protection } from './draft-file';
import { addContent, readFile, removeContent, sweep } from './draft-files';
import { gatherBlob } from './gather-blob';
import { lockDraft, type DraftLock } from './draft-lock';
import { DraftStore } from './draft-store';
import { keepForGood, requireRoom } from './room';
import { removeSealed, storeSealed, type SealedContent } from './sealed-envelopes';
import type { StoredFile } from './stored-file';

/**
 * - `loading`: not known yet.
 * - `ready`: it can be changed here.
 * - `elsewhere`: it is open in another tab, since before this one.
 * - `lost`: another tab has taken it over.
 * - `refused`: it cannot be used, see `error`; a damaged one can be discarded.
 */
export type DraftPhase = 'loading' | 'ready' | 'elsewhere' | 'lost' | 'refused';

export interface DraftSnapshot {
  readonly phase: DraftPhase;
  /** Empty unless `ready` or `lost`. */
  readonly draft: BidDraft;
  readonly saving: Saving;
  /** Files that are being copied into the draft. */
  readonly copying: readonly Copying[];
  /** Why the draft is `refused`. */
  readonly error: DraftError | null;
  /** Whether the browser promised not to clear it by itself; null before it was asked. */
  readonly durable: boolean | null;
}

export interface Transfer {
  /** Bytes done. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

const NOTHING: Saving = { status: 'none', at: null, error: null };
const unborn = emptyDraft('1970-01-01T00:00:00.000Z');

/** Before the browser was asked, and on the server. */
export const LOADING: DraftSnapshot = {
  phase: 'loading',
  draft: unborn,
  saving: NOTHING,
  copying: [],
  error: null,
  durable: null,
};

interface Held {
  readonly store: DraftStore;
  readonly lock: DraftLock;
  readonly autosave: Autosave;
}

/** One tab's work on one draft: a small store that a page subscribes to. */
export class DraftSession {
  readonly identity: DraftIdentity;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #copies: FileCopies;
  #snapshot: DraftSnapshot = LOADING;
  #held: Held | null = null;
  #asked = false;
  /** Opening and closing, one after the other: React mounts twice while one develops. */
  #turn: Promise<void> = Promise.resolve();

  /** @param now milliseconds since 1970 */
  constructor(identity: DraftIdentity, now: () => number = Date.now) {
    this.identity = identity;
    this.#now = now;
    this.#copies = new FileCopies((copying) => this.#set({ copying }));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DraftSnapshot => this.#snapshot;

  /** Opens the draft, unless another tab has it. */
  start(): Promise<void> {
    return this.#next(() => this.#open('wait'));
  }

  /** Opens the draft, taking it from the tab that has it. */
  takeOver(): Promise<void> {
    return this.#next(() => this.#open('steal'));
  }

  /** Saves what is pending and lets other tabs have the draft. */
  stop(): Promise<void> {
    return this.#next(() => this.#close());
  }

  /** Changes the draft; it is saved a moment later. Nothing happens unless it is `ready`. */
  update(change: (draft: BidDraft) => BidDraft): void {
    if (this.#held === null || this.#snapshot.phase !== 'ready') return;
    const draft = { ...change(this.#snapshot.draft), updatedAt: this.#time() };
    this.#set({ draft });
    this.#held.autosave.changed(draft);
    if (!this.#asked) void this.#askToKeep();
  }

  /** Saves now. @returns false when that failed; `saving.error` says why */
  async flush(): Promise<boolean> {
    return (await this.#held?.autosave.flush()) ?? true;
  }

  /** Copies files into the draft, one after the other, and stops at the first that cannot be copied. */
  addFiles(lot: string, part: PartName, files: readonly File[]): Promise<CopyOutcome> {
    const { store } = this.#require();
    return this.#copies.add(store, { lot, part }, files, async (file) => {
      this.update((draft) => withFile(draft, lot, part, file));
      await this.flush();
    });
  }

  /** Stops the copying of one file. */
  stopCopying(id: number): void {
    this.#copies.stop(id);
  }

  /** Takes a file out of the draft; its content is deleted as soon as that is saved. */
  async removeFile(id: string): Promise<void> {
    this.update((draft) => withoutFile(draft, id));
    await this.flush();
  }

  /** A file of the draft, for the sealing worker. */
  storedFile(file: FileRef): StoredFile {
    return { draft: this.#require().store.id, file };
  }

  /**
   * Keeps a sealed submission, so that sending it survives this page.
   * @throws DraftError as `storeSealed`, `draft-…`; the signal's reason when stopped
   */
  async keepSealed(content: SealedContent, { onProgress, signal }: Transfer): Promise<SealedDraft> {
    const { store } = this.#require();
    const sealed = await storeSealed(store, content, onProgress, signal);
    try {
      await this.#replace({ ...this.#snapshot.draft, sealed });
    } catch (error) {
      await removeSealed(store, sealed.envelopes);
      throw error;
    }
    return sealed;
  }

  /** A sealed envelope that was kept. @throws DraftError `file-missing`, `draft-damaged`, `draft-elsewhere` */
  async sealedBlob(file: FileRef): Promise<Blob> {
    return gatherBlob(readFile(this.#require().store, file));
  }

  /** The draft as one encrypted file. @throws DraftError as `writeDraftFile`; the signal's reason when stopped */
  async exportFile(protection: Protection, { onProgress, signal }: Transfer): Promise<Blob> {
    const { store } = this.#require();
    const { draft } = this.#snapshot;
    const read = (file: FileRef) => readFile(store, file);
    const pieces = writeDraftFile(this.identity, draft, read, protection, onProgress);
    return gatherBlob(untilStopped(pieces, signal));
  }

  /**
   * Replaces the draft by one that was exported: wholly, or not at all. What was sealed here, and recovery files, stay.
   * @throws DraftError as `readDraftFile`, `storage-full`; the signal's reason when stopped
   */
  async importFile(file: Blob, protection: Omit<Protection, 'demonstration'>, transfer: Transfer) {
    const { store } = this.#require();
    await requireRoom(file.size);
    const taken: FileRef[] = [];
    let before = 0;
    try {
      const read = await readDraftFile(file, this.identity, protection, async (ref, content) => {
        const onBytes = (bytes: number) => transfer.onProgress(before + bytes);
        const now = await addContent(store, ref, content, onBytes, transfer.signal);
        taken.push(now);
        before += now.size;
        return now;
      });
      transfer.signal.throwIfAborted();
      const draft = mapFiles(read.draft, (ref) => [read.taken.get(ref.id) ?? ref]);
      const { sealed, recoveries } = this.#snapshot.draft;
      await this.#replace(recoveries.reduce(withRecovery, { ...draft, sealed }));
    } catch (error) {
      for (const { id } of taken) await removeContent(store, id).catch(() => undefined);
      throw error;
    }
  }

  /** Deletes the draft with its files and begins an empty one. @throws DraftError `draft-elsewhere`, `storage-…` */
  async discard(): Promise<void> {
    await this.#copies.stopAll();
    const held = this.#held;
    if (held === null) throw new DraftError('draft-elsewhere');
    await held.autosave.cancel();
    await held.store.discard();
    await this.#next(async () => {
      held.store.close();
      if (this.#held !== held) return;
      this.#held = null;
      await this.#claim(held.lock);
    });
  }

  async #replace(draft: BidDraft): Promise<void> {
    const { draft: present } = this.#snapshot;
    this.update(() => draft);
    if (await this.flush()) return;
    const error = this.#snapshot.saving.error ?? new DraftError('draft-elsewhere');
    this.update(() => present);
    throw error;
  }

  #require(): Held {
    if (this.#held === null || this.#snapshot.phase !== 'ready') throw new DraftError('draft-elsewhere');
    return this.#held;
  }

  async #open(how: 'wait' | 'steal'): Promise<void> {
    if (this.#held !== null) return;
    this.#set({ ...LOADING, durable: this.#snapshot.durable });
    try {
      const id = await draftId(this.identity);
      const lock = await lockDraft(id, how);
      if (lock === null) return this.#set({ phase: 'elsewhere' });
      await this.#claim(lock);
    } catch {
      // Without a secure connection there is neither cryptography nor a lock.
      this.#set({ phase: 'refused', error: new DraftError('storage-unavailable') });
    }
  }

  async #claim(lock: DraftLock): Promise<void> {
    let store: DraftStore | undefined;
    try {
      store = await DraftStore.claim(this.identity);
      const kept = await store.load();
      await sweep(store, kept === null ? [] : keptFilesOf(kept.draft));
      this.#hold(store, lock, kept?.savedAt ?? null);
      this.#set({ phase: 'ready', draft: kept?.draft ?? emptyDraft(this.#time()), error: null });
      if (lock.lost.aborted) this.#lose();
    } catch (thrown) {
      const error = thrown instanceof DraftError ? thrown : new DraftError('storage-unavailable');
      // A damaged draft stays claimed, so that it can be discarded.
      if (store !== undefined && error.code === 'draft-damaged') this.#hold(store, lock, null);
      else await lock.release();
      this.#set({ phase: 'refused', error });
    }
  }

  #hold(store: DraftStore, lock: DraftLock, savedAt: string | null): void {
    const save = (draft: BidDraft, at: string) => store.save(draft, at);
    const autosave = new Autosave(save, savedAt, this.#now, (saving) => this.#saved(saving));
    this.#held = { store, lock, autosave };
    lock.lost.addEventListener('abort', () => this.#lose(), { once: true });
  }

  #saved(saving: Saving): void {
    this.#set({ saving });
    if (saving.error?.code === 'draft-elsewhere') this.#lose();
  }

  /** Another tab has the draft: nothing more is written here. */
  #lose(): void {
    const held = this.#held;
    if (held === null || this.#snapshot.phase === 'lost') return;
    this.#held = null;
    this.#set({ phase: 'lost' });
    void this.#copies.stopAll();
    void held.autosave.cancel().then(() => held.store.close());
    void held.lock.release();
  }

  async #close(): Promise<void> {
    const held = this.#held;
    await this.#copies.stopAll();
    await held?.autosave.flush();
    this.#held = null;
    held?.store.close();
    await held?.lock.release();
    this.#set(LOADING);
  }

  #next(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step);
    return this.#turn;
  }

  async #askToKeep(): Promise<void> {
    this.#asked = true;
    this.#set({ durable: await keepForGood().catch(() => false) });
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }

  #set(change: Partial<DraftSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

async function* untilStopped(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
  }
}
