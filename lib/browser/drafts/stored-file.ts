import { inTransaction, openDatabase, requested, type KeyRow } from './database';
import type { FileRef } from './draft';
import { DraftError } from './draft-error';
import { readFile } from './draft-files';

/**
 * A file of a draft, to be sent to a worker instead of the file: the worker reads it from the database, decrypts it
 * piece by piece, and nothing is ever written in readable form. (A `File` made of it could be: browsers move large ones
 * to the disk.)
 */
export interface StoredFile {
  /** `draftId`. */
  readonly draft: string;
  readonly file: FileRef;
}

/** What sealing reads of a `File`; `sha256` where it is known already. */
export type ReadableFile = Pick<File, 'name' | 'type' | 'size' | 'stream'> & { readonly sha256?: string };

export function isStoredFile(file: File | StoredFile): file is StoredFile {
  return 'draft' in file;
}

/**
 * Opens a file of a draft, here or in a worker.
 * @throws DraftError `storage-unavailable`, `file-missing`; its stream fails with `file-missing`, `draft-damaged`
 */
export async function openStoredFile({ draft: id, file }: StoredFile): Promise<ReadableFile> {
  const database = await openDatabase();
  const row = (await inTransaction(database, ['keys'], 'read', (t) =>
    requested(t.objectStore('keys').get(id)),
  )) as KeyRow | undefined;
  if (row === undefined) throw new DraftError('file-missing');
  const { name, mediaType: type, size, sha256 } = file;
  const stream = () => streamOf(readFile({ id, key: row.key, database }, file));
  return { name, type, size, sha256, stream };
}

/** Pulls one piece at a time. */
function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
