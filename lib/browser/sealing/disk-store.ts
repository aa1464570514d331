import type { EnvelopeStore } from './envelope-store';

// The origin private file system: files of this site that no other site and no file manager sees. Reading and writing
// there from a worker needs no message to another process, and holds nothing in memory.

/** What a worker gets for a file (File System Standard, FileSystemSyncAccessHandle). */
interface SyncFile {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  getSize(): number;
  flush(): void;
  close(): void;
}

type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncFile> };
type ListedDirectory = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };

const FOLDER = 'tenderproof-sealed';
/** In milliseconds: an envelope that waits for so long is left over from a page that was closed before it was sent. */
const STALE = 48 * 3_600_000;
const PIECE = 1024 * 1024;
/** Room to be left on the disk, in bytes. */
const SPARE = 64 * 1024 * 1024;

/** The folder, without what is stale; null where the browser has no such place, or not enough room there. */
async function openFolder(size: number): Promise<FileSystemDirectoryHandle | null> {
  // Nothing of this exists outside a browser's workers, and private windows refuse it.
  const storage = (globalThis.navigator as Navigator | undefined)?.storage as StorageManager | undefined;
  const { quota = 0, usage = 0 } = (await storage?.estimate?.()) ?? {};
  if (!storage || quota - usage < size + SPARE) return null;
  const folder = await (await storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  for await (const entry of (folder as ListedDirectory).values()) {
    const file = entry.kind === 'file' ? await (entry as FileSystemFileHandle).getFile() : null;
    // One that another tab is writing to this moment cannot be removed, and need not be.
    if (file && Date.now() - file.lastModified > STALE)
      await folder.removeEntry(entry.name).catch(() => undefined);
  }
  return folder;
}

/** A store on the disk for a payload of `size` bytes; null where there is none. */
export async function diskStore(size: number): Promise<EnvelopeStore | null> {
  try {
    const folder = await openFolder(size);
    if (!folder) return null;
    const name = globalThis.crypto.randomUUID();
    const handle = (await folder.getFileHandle(name, { create: true })) as WorkerFileHandle;
    return storeIn(handle, await handle.createSyncAccessHandle(), () => folder.removeEntry(name));
  } catch {
    return null;
  }
}

function storeIn(handle: FileSystemFileHandle, file: SyncFile, remove: () => Promise<void>): EnvelopeStore {
  return {
    put(bytes, at) {
      if (file.write(bytes, { at }) !== bytes.length) throw new Error('The disk is full');
    },
    async *read() {
      const buffer = new Uint8Array(PIECE);
      for (let at = 0, end = file.getSize(); at < end;) {
        const length = file.read(buffer, { at });
        if (length === 0) throw new Error('The sealed bid became shorter');
        yield buffer.subarray(0, length);
        at += length;
      }
    },
    async envelope(header) {
      file.flush();
      file.close();
      return new Blob([header, await handle.getFile()], { type: 'application/octet-stream' });
    },
    async discard() {
      file.close();
      await remove();
    },
  };
}
