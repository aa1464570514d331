import { DraftError } from './draft-error';

/** Beyond the files themselves: tags, keys, and what the database spends on its own order. */
const OVERHEAD = 1.02;

/** Bytes that this site may still store here, as far as the browser says; null when it does not. */
async function availableRoom(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

/**
 * Refuses before anything is copied what would not fit. The browser's word is rough, and newer ones name the same
 * 10 GiB to every site so as not to be recognised by it: a disk that fills up all the same is noticed while writing.
 * @throws DraftError `storage-full`
 */
export async function requireRoom(bytes: number): Promise<void> {
  const available = await availableRoom();
  const needed = Math.ceil(bytes * OVERHEAD);
  if (available !== null && needed > available) throw new DraftError('storage-full', { needed, available });
}

/** What a failed write means. `bytes`: what was to be stored in all. */
export async function storageError(error: unknown, bytes: number): Promise<unknown> {
  if (error instanceof DraftError || !(error instanceof DOMException)) return error;
  if (error.name === 'AbortError') return error;
  if (error.name !== 'QuotaExceededError') return new DraftError('storage-unavailable');
  const available = await availableRoom();
  return new DraftError('storage-full', { needed: bytes, available: plausible(available, bytes) });
}

/** What is said to be free after there was no room for less is not true. */
function plausible(available: number | null, needed: number): number | null {
  return available !== null && available < needed ? available : null;
}

/**
 * Asks the browser not to clear this site's storage by itself when the disk gets full.
 * @returns whether it agreed
 */
export async function keepForGood(): Promise<boolean> {
  // Not offered in workers.
  if (typeof navigator.storage.persist !== 'function') return false;
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}
