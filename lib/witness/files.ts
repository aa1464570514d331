import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** The renaming itself must survive a loss of power, not only the file. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeDurably(file: string, text: string, mode: number): Promise<void> {
  const handle = await fs.open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file so that at any moment, power cuts included, the old or the new one is there, whole. */
export async function replaceFile(file: string, text: string, mode = 0o644): Promise<void> {
  const passing = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    await writeDurably(passing, text, mode);
    await fs.rename(passing, file);
  } catch (error) {
    await fs.rm(passing, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** As `replaceFile`, but never over a file that is there. @returns false when one was. */
export async function createFile(file: string, text: string, mode = 0o644): Promise<boolean> {
  const passing = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    await writeDurably(passing, text, mode);
    await fs.link(passing, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await fs.rm(passing, { force: true });
  }
  await syncFolder(path.dirname(file));
  return true;
}

/** The text of a file, or null when there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
