import { toHex } from '@/lib/record/hex';
import type { Bytes } from '@/lib/sealing/bytes';
import { iterate, regroup } from '@/lib/sealing/bytes';
import { loadFastHash } from '../sealing/fast-hash';
import type { ChunkRow } from './database';
import { chunkRange, inTransaction, requested } from './database';
import type { FileRef } from './draft';
import { MAX_DRAFT_BYTES } from './draft';
import { DraftError } from './draft-error';
import type { DraftStore } from './draft-store';
import { requireRoom, storageError } from './room';
import { chunkLabel, openRow, sealRow } from './seal-rows';

/** 1 MiB: WebCrypto's cost per call no longer counts, and little is held in memory. */
const CHUNK = 1024 * 1024;

/** Where files of a draft are kept; a part of `DraftStore`, so that a worker can read without claiming the draft. */
export type FilePlace = Pick<DraftStore, 'id' | 'database' | 'key'>;

/** What is known of a file before it is read. */
export type FileFacts = Pick<FileRef, 'name' | 'mediaType' | 'size'>;

/** Bytes written so far. */
export type CopyProgress = (bytes: number) => void;

/**
 * Copies a file into the draft's storage, encrypted piece by piece. It belongs to the draft once a draft that names it
 * is saved; until then a crash leaves pieces that `sweep` removes.
 * @throws DraftError `file-empty`, `file-too-large`, `file-unreadable`, `storage-full`, `storage-unavailable`; the
 *   signal's reason when stopped
 */
export async function addFile(
  place: FilePlace,
  file: File,
  onProgress: CopyProgress,
  signal: AbortSignal,
): Promise<FileRef> {
  const { name, type, size } = file;
  const facts = { name: name.replace(/\p{Cs}/gu, '_'), mediaType: type.slice(0, 200), size };
  return addContent(place, facts, readable(file), onProgress, signal);
}

/** As `addFile`, for content that comes from elsewhere and must have exactly `facts.size` bytes. */
export async function addContent(
  place: FilePlace,
  facts: FileFacts,
  content: AsyncIterable<Uint8Array>,
  onProgress: CopyProgress,
  signal: AbortSignal,
): Promise<FileRef> {
  if (facts.size === 0) throw new DraftError('file-empty');
  if (facts.size > MAX_DRAFT_BYTES) throw new DraftError('file-too-large');
  await requireRoom(facts.size);
  const id = crypto.randomUUID();
  try {
    const sha256 = await copy(place, id, facts.size, content, onProgress, signal);
    const { name, mediaType, size } = facts;
    return { id, name, mediaType, size, sha256 };
  } catch (error) {
    await removeContent(place, id).catch(() => undefined);
    throw await storageError(error, facts.size);
  }
}

async function copy(
  place: FilePlace,
  file: string,
  size: number,
  content: AsyncIterable<Uint8Array>,
  onProgress: CopyProgress,
  signal: AbortSignal,
): Promise<string> {
  const hash = (await loadFastHash())();
  let at = 0;
  let done = 0;
  for await (const bytes of regroup(content, CHUNK)) {
    signal.throwIfAborted();
    if (bytes.length === 0) break;
    done += bytes.length;
    if (done > size) break;
    hash.update(bytes);
    await writeChunk(place, file, at++, bytes);
    onProgress(done);
  }
  if (done !== size) throw new DraftError('file-unreadable');
  signal.throwIfAborted();
  return toHex(hash.digest());
}

async function writeChunk({ id, key, database }: FilePlace, file: string, at: number, bytes: Bytes) {
  const { nonce, data } = await sealRow(key, bytes, chunkLabel(id, file, at));
  const row: ChunkRow = { draft: id, file, at, nonce, data };
  await inTransaction(database, ['chunks'], 'write', (t) => requested(t.objectStore('chunks').put(row)));
}

/** The browser's own errors say that the file is gone, or may not be read. */
async function* readable(file: File): AsyncGenerator<Uint8Array> {
  try {
    yield* iterate(file.stream());
  } catch {
    throw new DraftError('file-unreadable');
  }
}

/**
 * The content of a file, decrypted piece by piece; one piece is held at a time.
 * @throws DraftError `file-missing`, `draft-damaged`
 */
export async function* readFile({ id, key, database }: FilePlace, file: FileRef): AsyncGenerator<Bytes> {
  const last = Math.ceil(file.size / CHUNK) - 1;
  for (let at = 0; at <= last; at += 1) {
    const row = (await inTransaction(database, ['chunks'], 'read', (t) =>
      requested(t.objectStore('chunks').get([id, file.id, at])),
    )) as ChunkRow | undefined;
    if (row === undefined) throw new DraftError('file-missing');
    const bytes = await openRow(key, row, chunkLabel(id, file.id, at));
    const expected = at < last ? CHUNK : file.size - last * CHUNK;
    if (bytes.length !== expected) throw new DraftError('draft-damaged');
    yield bytes;
  }
}

/** Removes a file that no saved draft names. */
export async function removeContent({ id, database }: FilePlace, file: string): Promise<void> {
  await inTransaction(database, ['chunks'], 'write', (t) =>
    requested(t.objectStore('chunks').delete(chunkRange(id, file))),
  );
}

/** Removes the pieces of files that the draft does not name: what a crash, or another tab, left half copied. */
export async function sweep({ id, database }: FilePlace, named: readonly FileRef[]): Promise<void> {
  const keep = new Set(named.map((file) => file.id));
  await inTransaction(database, ['chunks'], 'write', async (transaction) => {
    const chunks = transaction.objectStore('chunks');
    const opening = chunks.openKeyCursor(chunkRange(id));
    for (let cursor = await requested(opening); cursor !== null; cursor = await requested(opening)) {
      const [, file] = cursor.key as [string, string, number];
      if (!keep.has(file)) await requested(chunks.delete(chunkRange(id, file)));
      // To the first piece of the next file.
      cursor.continue([id, file, []]);
    }
  });
}
