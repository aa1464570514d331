import {
  emptyDraft,
  withFile,
  withoutFile,
  type BidDraft,
  type FileRef,
  type PartName,
} from '../drafts/draft';
import { DraftError } from '../drafts/draft-error';
import type { Copying, CopyOutcome } from '../drafts/file-copies';

export interface MemorySnapshot {
  readonly draft: BidDraft;
  /** Always empty: files are read where they lie. */
  readonly copying: readonly Copying[];
}

/**
 * A draft that lives as long as the page: for the offline sealer, which must leave nothing on a computer that is not the
 * bidder's. It answers to the steps of a bid as a `DraftSession` does. Files are not copied: they are read from where
 * they lie when they are sealed. Browsers refuse one that has changed by then, or it is sealed as it is then.
 */
export class MemoryDraft {
  readonly #files = new Map<string, File>();
  readonly #listeners = new Set<() => void>();
  #snapshot: MemorySnapshot;
  /** Files stand in the order in which they were chosen. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param now RFC 3339 */
  constructor(now: string) {
    this.#snapshot = { draft: emptyDraft(now), copying: [] };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): MemorySnapshot => this.#snapshot;

  update(change: (draft: BidDraft) => BidDraft): void {
    this.#snapshot = { ...this.#snapshot, draft: change(this.#snapshot.draft) };
    for (const listener of this.#listeners) listener();
  }

  /** Takes files in, one after the other, and stops at the first that cannot be read: a folder, or one that is locked. */
  addFiles(lot: string, part: PartName, files: readonly File[]): Promise<CopyOutcome> {
    const added = this.#turn.then(() => this.#addAll(lot, part, files));
    this.#turn = added;
    return added;
  }

  stopCopying(): void {
    // Nothing is ever on its way.
  }

  async removeFile(id: string): Promise<void> {
    this.#files.delete(id);
    this.update((draft) => withoutFile(draft, id));
  }

  async #addAll(lot: string, part: PartName, files: readonly File[]): Promise<CopyOutcome> {
    const added: FileRef[] = [];
    for (const file of files) {
      const error = await unreadable(file);
      if (error !== null) return { added, error };
      const ref = refOf(file);
      this.#files.set(ref.id, file);
      this.update((draft) => withFile(draft, lot, part, ref));
      added.push(ref);
    }
    return { added, error: null };
  }

  /** @throws DraftError `file-missing` */
  file({ id }: FileRef): File {
    const file = this.#files.get(id);
    if (file === undefined) throw new DraftError('file-missing');
    return file;
  }
}

async function unreadable(file: File): Promise<DraftError | null> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch {
    return new DraftError('file-unreadable');
  }
}

function refOf({ name, type, size }: File): FileRef {
  // The digest is known once the file is sealed; nothing in memory asks for it before.
  return { id: crypto.randomUUID(), name, mediaType: type, size, sha256: '' };
}
