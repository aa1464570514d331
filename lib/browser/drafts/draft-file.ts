import { fromHex, toHex } from '@/lib/record/hex';
import type { Bytes } from '@/lib/sealing/bytes';
import { concat, iterate, uint32, utf8 } from '@/lib/sealing/bytes';
import { openChunks, SALT_LENGTH, sealChunks, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { SealingError } from '@/lib/sealing/error';
import type { PassphraseLock } from '../keys/passphrase-lock';
import { MIN_PASSPHRASE } from '../keys/passphrase-rule';
import { workFactor } from '../keys/work-factor';
import { ByteReader } from './byte-reader';
import type { BidDraft, DraftIdentity, FileRef } from './draft';
import { bytesOf, filesOf, MAX_CONTENT_BYTES, MAX_DRAFT_BYTES } from './draft';
import { DraftError, type DraftErrorCode } from './draft-error';
import { decodeHead, encodeHead, MAX_HEAD, unlock } from './draft-file-head';
import { decodeContent, encodeContent } from './stored-content';

/** What an exported draft may be in bytes: its files, and a little more for what is around them. */
const MAX_FILE = MAX_DRAFT_BYTES + MAX_CONTENT_BYTES + 1024 * 1024;

/** A passphrase, and the means to use it. */
export interface Protection {
  readonly passphrase: string;
  /** Demonstration files open at once and protect little. */
  readonly demonstration: boolean;
  readonly lock: PassphraseLock;
}

/** Content of one file of the draft. */
export type ReadFile = (file: FileRef) => AsyncIterable<Uint8Array>;

/**
 * One file for a colleague's browser: the draft and its files behind a passphrase, piece by piece. Inside:
 * uint32 length ‖ the draft with its identity in JSON ‖ the documents in the draft's order. What is sealed stays: whoever
 * takes the draft in seals it anew.
 * @param onProgress bytes of files read so far
 * @throws DraftError `passphrase-short`, `draft-too-large`; what `read` throws
 */
export async function* writeDraftFile(
  identity: DraftIdentity,
  draft: BidDraft,
  read: ReadFile,
  { passphrase, demonstration, lock }: Protection,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Bytes> {
  if ([...passphrase].length < MIN_PASSPHRASE) throw new DraftError('passphrase-short');
  const json = encodeContent(identity, { ...draft, sealed: null });
  const fileKey = crypto.getRandomValues(new Uint8Array(32));
  const locked = await lock.encrypt(toHex(fileKey), passphrase, workFactor(demonstration));
  const head = encodeHead(locked, 4 + json.length + bytesOf(draft));
  yield head;
  const salt = crypto.getRandomValues(new Uint8Array(SALT_LENGTH));
  const content = contentPieces(json, filesOf(draft), read, onProgress);
  yield* sealChunks(TENDERPROOF_1MIB, fileKey, salt, await contextOf(head), content);
}

async function* contentPieces(
  json: Bytes,
  files: readonly FileRef[],
  read: ReadFile,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  yield concat(uint32(json.length), json);
  let done = 0;
  for (const file of files) {
    for await (const piece of read(file)) {
      yield piece;
      done += piece.length;
      onProgress(done);
    }
  }
}

/** Whether this is a draft file at all, and whole: asked before the passphrase. @throws as `decodeHead` */
export async function inspectDraftFile(file: Blob): Promise<void> {
  await headOf(file);
}

async function headOf(file: Blob) {
  if (file.size > MAX_FILE) throw new DraftError('draft-too-large');
  return decodeHead(new Uint8Array(await file.slice(0, MAX_HEAD).arrayBuffer()), file.size);
}

/** Takes over one file, and gives the name it now has. The content must be read to its end. */
export type TakeFile = (file: FileRef, content: AsyncIterable<Uint8Array>) => Promise<FileRef>;

/**
 * Reads an exported draft for `expected`. Files are handed to `take` as they come; nothing that was taken may be used
 * before this resolves, since only then the end of the file was seen.
 * @returns the draft, with the files that `take` gave
 * @throws DraftError `not-a-draft-file`, `draft-file-…`, `wrong-passphrase`, `other-…`, `draft-too-large`; what `take`
 *   throws
 */
export async function readDraftFile(
  file: Blob,
  expected: DraftIdentity,
  { passphrase, lock }: Omit<Protection, 'demonstration'>,
  take: TakeFile,
): Promise<{ draft: BidDraft; taken: ReadonlyMap<string, FileRef> }> {
  const head = await headOf(file);
  const fileKey = fromHex(await unlock(head, passphrase, lock), 32);
  const sealed = iterate(file.slice(head.bytes.length).stream());
  const opened = openChunks(TENDERPROOF_1MIB, fileKey, await contextOf(head.bytes), sealed);
  const reader = new ByteReader(refusingAltered(opened));
  const { identity, draft, jsonLength } = await readContent(reader);
  requireSame(identity, expected);
  if (draft.sealed !== null || 4 + jsonLength + bytesOf(draft) !== head.contentLength)
    throw new DraftError('draft-file-altered');
  const taken = new Map<string, FileRef>();
  for (const ref of filesOf(draft)) {
    const now = await take(ref, reader.pieces(ref.size));
    if (now.sha256 !== ref.sha256) throw new DraftError('draft-file-altered');
    taken.set(ref.id, now);
  }
  if (!(await reader.atEnd())) throw new DraftError('draft-file-altered');
  return { draft, taken };
}

async function readContent(reader: ByteReader) {
  const prefix = await reader.exactly(4);
  const jsonLength = new DataView(prefix.buffer).getUint32(0);
  if (jsonLength > MAX_CONTENT_BYTES) throw new DraftError('draft-file-altered');
  const json = await reader.exactly(jsonLength);
  try {
    return { ...decodeContent(json), jsonLength };
  } catch {
    // It was sealed so, by whoever knows the passphrase: not by this program.
    throw new DraftError('draft-file-altered');
  }
}

const OTHERS = [
  ['origin', 'other-registry'],
  ['contract', 'other-registry'],
  ['ocid', 'other-tender'],
  ['organization', 'other-organization'],
] as const satisfies readonly (readonly [keyof DraftIdentity, DraftErrorCode])[];

/** @throws DraftError `other-registry`, `other-tender`, `other-organization` */
function requireSame(identity: DraftIdentity, expected: DraftIdentity): void {
  const other = OTHERS.find(([field]) => identity[field] !== expected[field]);
  if (other !== undefined) throw new DraftError(other[1]);
}

async function contextOf(head: Bytes): Promise<Bytes> {
  return concat(utf8('tenderproof-draft/1\0'), new Uint8Array(await crypto.subtle.digest('SHA-256', head)));
}

async function* refusingAltered(chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof SealingError ? new DraftError('draft-file-altered') : error;
  }
}
