import { isHex } from '@/lib/record/hex';
import type { Bytes } from '@/lib/sealing/bytes';
import { concat, uint32, uint64, utf8 } from '@/lib/sealing/bytes';
import { sealedLength, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { KeyError } from '../keys/key-error';
import type { PassphraseLock } from '../keys/passphrase-lock';
import { DraftError } from './draft-error';

/**
 * The beginning of an exported draft:
 *
 *   "tenderproof-draft/1\n"  ‖  uint32 length of the lock  ‖  lock  ‖  uint64 length of the content
 *
 * Integers are big-endian. The lock is an armoured age file (scrypt) that holds the file key, 64 hex digits. It is
 * followed by the content, sealed in chunks of 1 MiB (`lib/sealing/chunked`) under the file key, with SHA-256 of this
 * beginning as context. Whose draft it is stands inside only: a lost memory stick must not tell who bids for what.
 */
export const MAGIC = 'tenderproof-draft/1\n';
const FAMILY = 'tenderproof-draft/';
const MAX_LOCK = 4096;

/** Bytes of the longest beginning. */
export const MAX_HEAD = MAGIC.length + 4 + MAX_LOCK + 8;

export interface DraftFileHead {
  /** Armoured age file. */
  readonly lock: string;
  /** Bytes of the content before sealing. */
  readonly contentLength: number;
  /** The beginning itself. */
  readonly bytes: Bytes;
}

export function encodeHead(lock: string, contentLength: number): Bytes {
  return concat(utf8(MAGIC), uint32(lock.length), utf8(lock), uint64(contentLength));
}

/**
 * Reads the beginning; whether the file has the length that it states is all that can be told without the passphrase.
 * @param start the first `MAX_HEAD` bytes of the file, or all of a shorter one @param size bytes of the whole file
 * @throws DraftError `not-a-draft-file`, `draft-file-version`, `draft-file-truncated`, `draft-file-altered`
 */
export function decodeHead(start: Uint8Array, size: number): DraftFileHead {
  const magic = new TextDecoder('latin1').decode(start.subarray(0, MAGIC.length));
  if (!magic.startsWith(FAMILY)) throw new DraftError('not-a-draft-file');
  if (!MAGIC.startsWith(magic)) throw new DraftError('draft-file-version');
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const at = MAGIC.length + 4;
  if (start.length < at) throw new DraftError('draft-file-truncated');
  const lockLength = view.getUint32(MAGIC.length);
  if (lockLength > MAX_LOCK) throw new DraftError('draft-file-altered');
  const end = at + lockLength + 8;
  if (start.length < end) throw new DraftError('draft-file-truncated');
  const length = view.getBigUint64(at + lockLength);
  if (length > BigInt(Number.MAX_SAFE_INTEGER)) throw new DraftError('draft-file-altered');
  const contentLength = Number(length);
  const expected = end + sealedLength(TENDERPROOF_1MIB, contentLength);
  if (size !== expected)
    throw new DraftError(size < expected ? 'draft-file-truncated' : 'draft-file-altered');
  const lock = new TextDecoder('latin1').decode(start.subarray(at, at + lockLength));
  return { lock, contentLength, bytes: start.slice(0, end) };
}

/** The file key, as text. @throws DraftError `wrong-passphrase`, `draft-file-altered` */
export async function unlock(
  { lock }: DraftFileHead,
  passphrase: string,
  how: PassphraseLock,
): Promise<string> {
  try {
    const text = await how.decrypt(lock, passphrase);
    if (isHex(text, 32)) return text;
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    if (error.code === 'wrong-passphrase') throw new DraftError('wrong-passphrase');
  }
  throw new DraftError('draft-file-altered');
}
