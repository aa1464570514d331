/** Most files that are taken at once, out of folders and archives too. */
export const MOST_FILES = 2000;
/** A folder that links into itself must not be walked for ever. */
const DEEPEST = 32;

export interface FoundFile {
  readonly file: File;
  /** Within the folder that was dropped or chosen. */
  readonly path: string;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** There were more than `MOST_FILES`. */
  readonly cut: boolean;
}

/** What systems leave in folders: nobody filed it, and nobody asks about it. */
const LEFT_BY_SYSTEMS = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX\/.*|\._[^/]*)$/i;

export function isLeftBySystem(path: string): boolean {
  return LEFT_BY_SYSTEMS.test(path);
}

/** Files that were chosen, singly or with their folder. */
export function chosenFiles(list: Iterable<File>): Found {
  const files = [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => path.indexOf('/') < 0 || !isLeftBySystem(path));
  return { files: files.slice(0, MOST_FILES), cut: files.length > MOST_FILES };
}

/**
 * What was dropped. The entries are taken at once, since the browser empties the list when the event is over; the
 * folders are walked afterwards.
 */
export function droppedFiles(transfer: DataTransfer): Promise<Found> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return Promise.resolve(chosenFiles(transfer.files));
  return walk(entries);
}

/** Files below these entries, folder by folder. What cannot be read is left out, as if it were not there. */
export async function walk(roots: readonly FileSystemEntry[], most = MOST_FILES): Promise<Found> {
  const files: FoundFile[] = [];
  const waiting = roots.map((entry) => ({ entry, depth: 0 }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { entry, depth } = next;
    const path = entry.fullPath.replace(/^\//, '');
    if (isLeftBySystem(path)) continue;
    if (files.length >= most) return { files, cut: true };
    if (isFile(entry)) {
      const file = await fileOf(entry);
      if (file !== null) files.push({ file, path });
    } else if (isFolder(entry) && depth < DEEPEST) {
      const inside = await entriesOf(entry, most);
      waiting.unshift(...inside.map((child) => ({ entry: child, depth: depth + 1 })));
    }
  }
  return { files, cut: false };
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/** A reader hands out a hundred or so at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry, most: number): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0 || all.length > most) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    all.push(...some);
  }
}
