import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { filesUnder } from '../files-under';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

function sourceHash(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((name) => filesUnder(path.join(root, name)))) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

export interface EnsureOptions {
  /** Builds in any case. */
  readonly force?: boolean;
  /** Folder of the repository. */
  readonly root?: string;
}

export interface EnsuredFile {
  /** In `public/`; its digest is written beside it, in the form of `sha256sum`. */
  readonly name: string;
  /** Whatever the file can be made of, and what makes it: files and folders from the root of the repository. */
  readonly sources: readonly string[];
  readonly build: (root: string) => Promise<string>;
}

/**
 * Writes a page in one file and its digest to `public/`, unless those that are there were made of these very sources.
 * @returns SHA-256 of the file, 64 hex digits
 */
export async function ensureFile(
  { name, sources, build }: EnsuredFile,
  { force = false, root = process.cwd() }: EnsureOptions = {},
): Promise<string> {
  const file = path.join(root, 'public', name);
  // Next keeps this folder when it builds anew.
  const stamp = path.join(root, '.next', 'cache', name.replace(/\.html$/, ''));
  const made = sourceHash(root, sources);
  const present = sha256(read(file));
  // The digest too: a file that somebody changed is made anew.
  const upToDate = read(stamp) === `${made} ${present}`;
  const digest = !force && upToDate ? present : write(file, await build(root));
  fs.writeFileSync(`${file}.sha256`, `${digest}  ${name}\n`);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, `${made} ${digest}`);
  return digest;
}

function write(file: string, html: string): string {
  // Renamed into its place: nobody downloads half a file.
  fs.writeFileSync(`${file}.part`, html);
  fs.renameSync(`${file}.part`, file);
  return sha256(html);
}
