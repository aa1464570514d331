import { DraftError } from './draft-error';

const NAME = 'tenderproof-drafts';
const VERSION = 1;

/** Bytes encrypted under the draft's key; `nonce` 12 random bytes. */
export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** One draft. `stamp` is drawn anew at every write: who writes must name the one it knows (compare and set). */
export interface DraftRow {
  /** `draftId`. */
  readonly id: string;
  readonly stamp: string;
  /** RFC 3339; null as long as nothing was saved. */
  readonly savedAt: string | null;
  /** The draft with its identity, in JSON; null as long as nothing was saved. */
  readonly content: Sealed | null;
}

/** A draft's key: AES-256-GCM, not extractable. It is deleted with the draft. */
export interface KeyRow {
  readonly id: string;
  readonly key: CryptoKey;
}

/** 1 MiB of a file, or its shorter rest. */
export interface ChunkRow extends Sealed {
  readonly draft: string;
  readonly file: string;
  readonly at: number;
}

export type StoreName = 'drafts' | 'keys' | 'chunks';

/** @throws DraftError `storage-unavailable` */
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new DraftError('storage-unavailable'));
    // Over a connection that is not secure a browser offers no cryptography, and in some private windows no database.
    if (typeof indexedDB === 'undefined' || !globalThis.isSecureContext) return refuse();
    const opening = indexedDB.open(NAME, VERSION);
    opening.onupgradeneeded = () => {
      const { result } = opening;
      result.createObjectStore('drafts', { keyPath: 'id' });
      result.createObjectStore('keys', { keyPath: 'id' });
      result.createObjectStore('chunks', { keyPath: ['draft', 'file', 'at'] });
    };
    opening.onsuccess = () => {
      // A later release must be able to change the tables without waiting for this tab.
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = refuse;
    opening.onblocked = refuse;
  });
}

/** The result of one request. */
export function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DraftError('storage-unavailable'));
  });
}

/** `save` returns only when it is on the disk; pieces of a file that no saved draft names yet can do without. */
const DURABILITY = { read: 'default', write: 'relaxed', save: 'strict' } as const;
export type Mode = keyof typeof DURABILITY;

/**
 * Runs `work` in one transaction, which has happened wholly when this resolves, and not at all when it rejects. `work`
 * may wait for requests of this transaction only: for anything else the transaction would not wait.
 * @throws what `work` throws; DOMException of the database
 */
export async function inTransaction<T>(
  database: IDBDatabase,
  stores: readonly StoreName[],
  mode: Mode,
  work: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction([...stores], mode === 'read' ? 'readonly' : 'readwrite', {
    durability: DURABILITY[mode],
  });
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
  });
  try {
    const result = await work(transaction);
    await ended;
    return result;
  } catch (error) {
    ended.catch(() => undefined);
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    throw transaction.error ?? error;
  }
}

/** Every chunk of a draft, or of one of its files: arrays sort after texts and numbers. */
export function chunkRange(draft: string, file?: string): IDBKeyRange {
  return file === undefined
    ? IDBKeyRange.bound([draft], [draft, []])
    : IDBKeyRange.bound([draft, file], [draft, file, []]);
}
