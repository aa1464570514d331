import type { BidDraft, DraftIdentity, FileRef } from './draft';
import { draftId, keptFilesOf } from './draft';
import type { DraftRow, KeyRow } from './database';
import { chunkRange, inTransaction, openDatabase, requested } from './database';
import { DraftError } from './draft-error';
import { storageError } from './room';
import { contentLabel, newDraftKey, openRow, sealRow } from './seal-rows';
import { decodeContent, encodeContent } from './stored-content';

/** A draft as it was kept, or nothing yet. */
export interface KeptDraft {
  readonly draft: BidDraft;
  /** RFC 3339. */
  readonly savedAt: string;
}

/**
 * One draft in this browser's database, claimed by one tab. Claiming and saving both draw a new stamp, and a save is
 * refused unless it names the newest: a tab that lost the draft to another can never overwrite what the other wrote,
 * whatever it still has under way. (A counter would not do: it would begin again when a draft is discarded.)
 */
export class DraftStore {
  readonly id: string;
  readonly identity: DraftIdentity;
  readonly database: IDBDatabase;
  readonly key: CryptoKey;
  #stamp: string;
  #kept: readonly FileRef[] = [];

  private constructor(
    id: string,
    identity: DraftIdentity,
    database: IDBDatabase,
    key: CryptoKey,
    stamp: string,
  ) {
    this.id = id;
    this.identity = identity;
    this.database = database;
    this.key = key;
    this.#stamp = stamp;
  }

  /** Claims the draft for this tab; who held it before can save no more. @throws DraftError `storage-unavailable` */
  static async claim(identity: DraftIdentity): Promise<DraftStore> {
    const [id, database, fresh] = await Promise.all([draftId(identity), openDatabase(), newDraftKey()]);
    const stamp = crypto.randomUUID();
    try {
      const key = await inTransaction(database, ['drafts', 'keys'], 'save', async (transaction) => {
        const [drafts, keys] = [transaction.objectStore('drafts'), transaction.objectStore('keys')];
        const row = (await requested(drafts.get(id))) as DraftRow | undefined;
        const keyRow = (await requested(keys.get(id))) as KeyRow | undefined;
        if (keyRow === undefined) await requested(keys.put({ id, key: fresh } satisfies KeyRow));
        const { savedAt, content } = row ?? { savedAt: null, content: null };
        await requested(drafts.put({ id, stamp, savedAt, content } satisfies DraftRow));
        return keyRow?.key ?? fresh;
      });
      return new DraftStore(id, identity, database, key, stamp);
    } catch (error) {
      database.close();
      throw await storageError(error, 0);
    }
  }

  /** @throws DraftError `draft-damaged`, `draft-elsewhere` */
  async load(): Promise<KeptDraft | null> {
    const row = await inTransaction(this.database, ['drafts'], 'read', (t) => this.#own(t));
    if (row.content === null || row.savedAt === null) return null;
    const bytes = await openRow(this.key, row.content, contentLabel(this.id));
    const { draft } = decodeContent(bytes);
    this.#kept = keptFilesOf(draft);
    return { draft, savedAt: row.savedAt };
  }

  /**
   * Replaces the draft that is kept, and deletes the files that it no longer names, all at once: a crash leaves either
   * the draft before or this one, whole.
   * @param savedAt RFC 3339
   * @throws DraftError `draft-elsewhere`, `draft-too-large`, `storage-full`, `storage-unavailable`
   */
  async save(draft: BidDraft, savedAt: string): Promise<void> {
    const bytes = encodeContent(this.identity, draft);
    const content = await sealRow(this.key, bytes, contentLabel(this.id));
    const files = keptFilesOf(draft);
    const named = new Set(files.map(({ id }) => id));
    const dropped = this.#kept.filter(({ id }) => !named.has(id));
    const stamp = crypto.randomUUID();
    await this.#write(bytes.length, async (transaction) => {
      for (const { id } of dropped) {
        await requested(transaction.objectStore('chunks').delete(chunkRange(this.id, id)));
      }
      const row: DraftRow = { id: this.id, stamp, savedAt, content };
      await requested(transaction.objectStore('drafts').put(row));
    });
    this.#stamp = stamp;
    this.#kept = files;
  }

  /** Deletes the draft, its files and its key. The store is of no use afterwards. @throws DraftError `draft-elsewhere` */
  async discard(): Promise<void> {
    await this.#write(0, (transaction) => deleteDraft(transaction, this.id));
  }

  close(): void {
    this.database.close();
  }

  async #write(bytes: number, work: (transaction: IDBTransaction) => Promise<void>): Promise<void> {
    try {
      await inTransaction(this.database, ['drafts', 'keys', 'chunks'], 'save', async (transaction) => {
        await this.#own(transaction);
        await work(transaction);
      });
    } catch (error) {
      throw await storageError(error, bytes);
    }
  }

  /** The row, if it is still this tab's. */
  async #own(transaction: IDBTransaction): Promise<DraftRow> {
    const row = (await requested(transaction.objectStore('drafts').get(this.id))) as DraftRow | undefined;
    if (row?.stamp !== this.#stamp) throw new DraftError('draft-elsewhere');
    return row;
  }
}

/** Everything that is kept of one draft. */
export async function deleteDraft(transaction: IDBTransaction, id: string): Promise<void> {
  await requested(transaction.objectStore('chunks').delete(chunkRange(id)));
  await requested(transaction.objectStore('keys').delete(id));
  await requested(transaction.objectStore('drafts').delete(id));
}
