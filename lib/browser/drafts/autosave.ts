import type { BidDraft } from './draft';
import { DraftError } from './draft-error';

/** How safe what stands on the page is. */
export interface Saving {
  /** `none`: nothing has been typed yet. `pending`: it will be saved in a moment. */
  readonly status: 'none' | 'pending' | 'saving' | 'saved' | 'failed';
  /** When it was last saved, RFC 3339; null if never. */
  readonly at: string | null;
  /** Why the last attempt failed. */
  readonly error: DraftError | null;
}

/** Milliseconds of rest after which what was typed is saved. */
const DELAY = 500;

export type SaveDraft = (draft: BidDraft, at: string) => Promise<void>;

/** Saves a draft a moment after it was changed: one save at a time, always the newest, none forgotten. */
export class Autosave {
  readonly #save: SaveDraft;
  readonly #now: () => number;
  readonly #onStatus: (saving: Saving) => void;
  #pending: BidDraft | null = null;
  #running: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Saving;

  /** @param at when the draft was last saved; null if never @param now milliseconds since 1970 */
  constructor(save: SaveDraft, at: string | null, now: () => number, onStatus: (saving: Saving) => void) {
    this.#save = save;
    this.#now = now;
    this.#onStatus = onStatus;
    this.#saving = { status: at === null ? 'none' : 'saved', at, error: null };
    onStatus(this.#saving);
  }

  get saving(): Saving {
    return this.#saving;
  }

  changed(draft: BidDraft): void {
    this.#pending = draft;
    if (this.#running === null) this.#report({ status: 'pending' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DELAY);
  }

  /** Saves at once what is not saved yet. @returns false when that failed: the change stays pending */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#pending !== null || this.#running !== null) {
      this.#running ??= this.#saveOnce();
      if (!(await this.#running)) return false;
    }
    return true;
  }

  /** Forgets what is pending, once nothing is being written any more. */
  async cancel(): Promise<void> {
    clearTimeout(this.#timer);
    this.#pending = null;
    await this.#running;
    clearTimeout(this.#timer);
    this.#pending = null;
  }

  async #saveOnce(): Promise<boolean> {
    const draft = this.#pending;
    this.#pending = null;
    try {
      if (draft === null) return true;
      this.#report({ status: 'saving' });
      const at = new Date(this.#now()).toISOString();
      await this.#save(draft, at);
      this.#report({ status: this.#pending === null ? 'saved' : 'pending', at, error: null });
      return true;
    } catch (error) {
      this.#pending ??= draft;
      const known = error instanceof DraftError ? error : new DraftError('storage-unavailable');
      this.#report({ status: 'failed', error: known });
      return false;
    } finally {
      this.#running = null;
    }
  }

  #report(change: Partial<Saving>): void {
    this.#saving = { ...this.#saving, ...change };
    this.#onStatus(this.#saving);
  }
}
