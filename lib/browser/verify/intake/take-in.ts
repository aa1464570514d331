import type { Given } from './given';
import { isLeftBySystem, MOST_FILES, type Found, type FoundFile } from './folder';
import { readZip, ZipRefused, type ZipFault } from './zip-directory';

/** One thing to check. */
export interface Incoming {
  readonly file: Given;
  /** As it is shown: with the folder or the archive it came in. */
  readonly path: string;
  /** Place, in the same list, of the archive that it lies in. An archive may be a registered document itself. */
  readonly within: number | null;
  /** Of an archive: why it was not opened; null when it was, undefined for what is none. */
  readonly unopened?: ZipFault | null;
}

export interface TakenIn {
  readonly incoming: readonly Incoming[];
  /** Not everything was taken. */
  readonly cut: boolean;
}

/** Puts what an archive holds behind it in the list. Archives within archives are documents like any other. */
export async function takeIn({ files, cut }: Found, most = MOST_FILES): Promise<TakenIn> {
  const incoming: Incoming[] = [];
  let left = cut;
  for (const found of files) {
    if (incoming.length >= most) return { incoming, cut: true };
    const opened = await open(found);
    const place = incoming.length;
    incoming.push(opened.archive);
    const inside = opened.inside.map((item) => ({ ...item, within: place }));
    incoming.push(...inside.slice(0, most - incoming.length));
    left ||= incoming.length < place + 1 + inside.length;
  }
  return { incoming, cut: left };
}

async function open({ file, path }: FoundFile): Promise<{ archive: Incoming; inside: Incoming[] }> {
  const plain: Incoming = { file, path, within: null };
  if (!/\.zip$/i.test(file.name)) return { archive: plain, inside: [] };
  try {
    const entries = (await readZip(file)).filter((entry) => !isLeftBySystem(entry.path));
    const inside = entries.map((entry): Incoming => {
      const name = entry.path.split('/').at(-1) ?? entry.path;
      const packed = { kind: 'packed', name, size: entry.size, archive: file, entry } as const;
      return { file: packed, path: `${path} / ${entry.path}`, within: null };
    });
    return { archive: { ...plain, unopened: null }, inside };
  } catch (error) {
    const unopened = error instanceof ZipRefused ? error.code : 'damaged';
    return { archive: { ...plain, unopened }, inside: [] };
  }
}
