import { chunkRange, inTransaction, openDatabase, requested } from '@/lib/browser/drafts/database';
import {
  draftId,
  emptyDraft,
  filesOf,
  withLot,
  type BidDraft,
  type DraftIdentity,
} from '@/lib/browser/drafts/draft';
import { DraftError } from '@/lib/browser/drafts/draft-error';
import { addFile, readFile } from '@/lib/browser/drafts/draft-files';
import { DraftSession } from '@/lib/browser/drafts/draft-session';
import { DraftStore } from '@/lib/browser/drafts/draft-store';
import { discardDraft, listDrafts } from '@/lib/browser/drafts/kept-drafts';
import { openStoredFile } from '@/lib/browser/drafts/stored-file';
import { directLock } from '@/lib/browser/keys/passphrase';
import { loadFastHash } from '@/lib/browser/sealing/fast-hash';
import { toHex } from '@/lib/record/hex';
import { iterate } from '@/lib/sealing/bytes';

// What the tests of drafts do in the page. State is kept between calls, as in a tab that stays open.

let session: DraftSession | undefined;
let store: DraftStore | undefined;
let exported: Blob | undefined;

const current = (): DraftSession => {
  if (session === undefined) throw new Error('No session');
  return session;
};

/** The code of a refusal, or "ok". */
async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'ok';
  } catch (error) {
    return error instanceof DraftError ? error.code : String(error);
  }
}

export async function start(identity: DraftIdentity) {
  session = new DraftSession(identity);
  await session.start();
  return session.snapshot();
}

export const stop = () => current().stop();
export const snapshot = () => current().snapshot();

export async function takeOver() {
  await current().takeOver();
  return current().snapshot();
}

/** Types a price, without waiting for anything. */
export function type(unitPrice: string): void {
  const prices = [{ itemId: 'desk', quantity: '10', unitPrice }];
  current().update((draft) => withLot(draft, '', (lot) => ({ ...lot, prices })));
}

export const flush = () => current().flush();
export const priceOf = (draft: BidDraft) => draft.lots[0]?.prices[0]?.unitPrice ?? null;

/** Bytes that do not compress and are the same for the same seed. */
function noise(size: number, seed: number): Uint8Array<ArrayBuffer> {
  let state = seed;
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const fileOf = (name: string, size: number, seed: number) =>
  new File([noise(size, seed)], name, { type: 'application/pdf' });

export async function addNoise(name: string, size: number, seed: number) {
  const { added, error } = await current().addFiles('', 'technical', [fileOf(name, size, seed)]);
  return { added, code: error?.code ?? null, room: error?.room ?? null };
}

/** Adds a file that the test has put into `#file`. */
export async function addChosen() {
  const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
  if (file === undefined) throw new Error('No file');
  const { error } = await current().addFiles('', 'technical', [file]);
  return error?.code ?? null;
}

/** A file of 1 GiB on a slow disk: long under way whatever the computer. */
function slowFile(): File {
  const piece = noise(1024 * 1024, 9);
  const stream = () =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.enqueue(piece);
      },
    });
  return { name: 'half.pdf', type: '', size: 1024 ** 3, stream } as unknown as File;
}

/** Begins to add a file and stops it once it is copied in part. */
export async function stopWhileAdding() {
  const work = current().addFiles('', '', [slowFile()]);
  await new Promise<void>((resolve) => {
    const unsubscribe = current().subscribe(() => {
      const [one] = current().snapshot().copying;
      if (one === undefined || one.done === 0) return;
      unsubscribe();
      current().stopCopying(one.id);
      resolve();
    });
  });
  return work;
}

/** Begins to add a file: the test ends the browser meanwhile. */
export function beginAdding(): void {
  void current().addFiles('', '', [slowFile()]);
}

export const remove = (id: string) => current().removeFile(id);

/** What is kept of the draft: rows of each table. */
export async function counts(identity: DraftIdentity) {
  const id = await draftId(identity);
  const database = await openDatabase();
  const counted = await inTransaction(database, ['drafts', 'keys', 'chunks'], 'read', async (t) => ({
    drafts: await requested(t.objectStore('drafts').count(id)),
    keys: await requested(t.objectStore('keys').count(id)),
    chunks: await requested(t.objectStore('chunks').count(chunkRange(id))),
  }));
  database.close();
  return counted;
}

async function digest(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = (await loadFastHash())();
  for await (const piece of stream) hash.update(piece);
  return toHex(hash.digest());
}

export const noiseDigest = (size: number, seed: number) => digest(iterate(fileOf('', size, seed).stream()));

/** Digests of the draft's files, read as the sealing worker reads them. */
export async function storedDigests() {
  const files = filesOf(current().snapshot().draft);
  const digests: { name: string; type: string; size: number; stated: string | undefined; read: string }[] =
    [];
  for (const file of files) {
    const { name, type: mediaType, size, sha256, stream } = await openStoredFile(current().storedFile(file));
    const read = await digest(iterate(stream()));
    digests.push({ name, type: mediaType, size, stated: sha256, read });
  }
  return digests;
}

/** Removes one piece of the first file behind the draft's back. */
export async function losePiece(identity: DraftIdentity, how: 'delete' | 'swap') {
  const id = await draftId(identity);
  const file = filesOf(current().snapshot().draft)[0];
  const database = await openDatabase();
  await inTransaction(database, ['chunks'], 'save', async (t) => {
    const chunks = t.objectStore('chunks');
    if (how === 'delete') return requested(chunks.delete([id, file?.id ?? '', 1]));
    const first = (await requested(chunks.get([id, file?.id ?? '', 0]))) as object;
    return requested(chunks.put({ ...first, at: 1 }));
  });
  database.close();
  return codeOf(storedDigests);
}

/** Damages the draft's row behind its back. */
export async function damage(identity: DraftIdentity): Promise<void> {
  const id = await draftId(identity);
  const database = await openDatabase();
  await inTransaction(database, ['drafts'], 'save', async (t) => {
    const row = (await requested(t.objectStore('drafts').get(id))) as { content: { data: ArrayBuffer } };
    const bytes = new Uint8Array(row.content.data);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await requested(t.objectStore('drafts').put(row));
  });
  database.close();
}

export const discard = () => codeOf(() => current().discard());
export const list = () => listDrafts();
export const discardListed = (id: string) => discardDraft(id);

/** Claims the draft without a lock, as a tab does that does not know yet that it lost it. */
export async function claim(identity: DraftIdentity) {
  store = await DraftStore.claim(identity);
  const kept = await store.load();
  return kept === null ? null : priceOf(kept.draft);
}

/** Saves through the claim, whoever has the draft by now. */
export function saveClaimed(unitPrice: string) {
  const at = new Date().toISOString();
  const prices = [{ itemId: 'desk', quantity: '10', unitPrice }];
  const draft = withLot(emptyDraft(at), '', (lot) => ({ ...lot, prices }));
  return codeOf(async () => store?.save(draft, at));
}

export async function keyIsExtractable(): Promise<boolean> {
  if (store === undefined) throw new Error('No store');
  const { key } = store;
  return crypto.subtle.exportKey('raw', key).then(
    () => true,
    () => key.extractable,
  );
}

/** Adds a file whose stream fails, or lies about its length. */
export function addBroken(how: 'fails' | 'short' | 'long' | 'empty') {
  const place = store;
  if (place === undefined) throw new Error('No store');
  const bytes = new Uint8Array(3_000_000);
  const sizes = { fails: bytes.length, short: bytes.length + 1, long: bytes.length - 1, empty: 0 };
  const stream = () => {
    if (how !== 'fails') return new Blob([bytes]).stream();
    let pulled = 0;
    return new ReadableStream({
      pull(controller) {
        if (pulled++ < 2) controller.enqueue(bytes.slice(0, 1_100_000));
        else controller.error(new DOMException('gone', 'NotReadableError'));
      },
    });
  };
  const file = { name: 'a', type: '', size: sizes[how], stream } as unknown as File;
  return codeOf(() => addFile(place, file, () => undefined, new AbortController().signal));
}

export function readRemoved(): Promise<string> {
  const place = store;
  if (place === undefined) throw new Error('No store');
  const file = { id: crypto.randomUUID(), name: 'a', mediaType: '', size: 10, sha256: '' };
  return codeOf(() => readFile(place, file).next());
}

const protection = (passphrase: string) => ({ passphrase, demonstration: true, lock: directLock });
const transfer = () => ({ onProgress: () => undefined, signal: new AbortController().signal });

/** Exports into this page's memory; gives the size. */
export async function exportDraft(passphrase: string): Promise<number> {
  exported = await current().exportFile(protection(passphrase), transfer());
  return exported.size;
}

/** The exported bytes in base64, to be carried to another browser. */
export async function exportedText(): Promise<string> {
  const bytes = new Uint8Array((await exported?.arrayBuffer()) ?? new ArrayBuffer(0));
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(binary);
}

export function carryIn(base64: string): void {
  exported = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
}

export type Change = { cut: number } | { flip: number } | { append: number };

/** Imports what was exported, perhaps changed on the way; counted from the end where negative. */
export async function importDraft(passphrase: string, change?: Change): Promise<string> {
  let file = exported ?? new Blob([]);
  const at = (n: number) => (n < 0 ? file.size + n : n);
  if (change && 'cut' in change) file = file.slice(0, at(change.cut));
  if (change && 'append' in change) file = new Blob([file, new Uint8Array(change.append)]);
  if (change && 'flip' in change) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[at(change.flip)] = (bytes[at(change.flip)] ?? 0) ^ 1;
    file = new Blob([bytes]);
  }
  return codeOf(() => current().importFile(file, protection(passphrase), transfer()));
}

/** The browser claims to have this much room, in bytes. */
export function pretendRoom(quota: number): void {
  navigator.storage.estimate = async () => ({ quota, usage: 0 });
}

/** Keeps a readable text the way drafts are kept: what a search of the profile must be able to find. */
export async function keepReadable(text: string): Promise<void> {
  const opening = indexedDB.open('readable', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
  const database = await requested(opening);
  const transaction = database.transaction('texts', 'readwrite', { durability: 'strict' });
  transaction.objectStore('texts').put(new TextEncoder().encode(text).buffer, 1);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}
