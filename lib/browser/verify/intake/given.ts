import { MAX_EVIDENCE_LENGTH } from '@/lib/evidence/format';
import { HEAD_BYTES } from '../classify';
import { unpack } from './unpack';
import type { ZipEntry } from './zip-directory';

/** A file within an archive: it is unpacked each time it is read, and never kept. */
export interface PackedFile {
  readonly kind: 'packed';
  /** Last part of its path. */
  readonly name: string;
  readonly size: number;
  readonly archive: Blob;
  readonly entry: ZipEntry;
}

/** A fingerprint that somebody pasted, instead of the file. */
export interface GivenDigest {
  readonly kind: 'digest';
  readonly name: string;
  readonly size: null;
  readonly sha256: string;
}

/** What can be read, and so hashed. */
export type Readable = Blob | PackedFile;
/** What the reader wants checked. */
export type Given = File | PackedFile | GivenDigest;

/** As Latin-1 or UTF-8 text, for `classifyFile`. No more of the file is read than that. @throws when it cannot be read */
export function headOf(file: Readable): Promise<string> {
  return beginning(file, HEAD_BYTES);
}

/** The text of an evidence file or receipt. @throws when it cannot be read */
export function textOf(file: Readable): Promise<string> {
  // Never pull a huge file into memory because of its name; what is cut off will not parse.
  return beginning(file, MAX_EVIDENCE_LENGTH);
}

async function beginning(file: Readable, length: number): Promise<string> {
  if (file instanceof Blob) return file.slice(0, length).text();
  const reader = (await unpack(file.archive, file.entry)).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < length;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    const part = value.subarray(0, length - bytes);
    bytes += part.length;
    text += decoder.decode(part, { stream: true });
  }
  await reader.cancel();
  return text;
}
