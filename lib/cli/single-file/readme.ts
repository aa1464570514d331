import fs from 'node:fs';
import path from 'node:path';
import type { ProgramFile } from '@/lib/server/programs';

export type Digests = Readonly<Record<ProgramFile, string>>;

/** The line of README with the digest of a file, as `sha256sum` prints it. */
const lineOf = (name: ProgramFile) => new RegExp(`^[0-9a-f]{64}  ${name.replaceAll('.', '\\.')}$`, 'gm');

/** The digest that README states for a file. @throws Error unless there is exactly one line for it */
export function statedDigest(readme: string, name: ProgramFile): string {
  const lines = readme.match(lineOf(name)) ?? [];
  const [line] = lines;
  if (line === undefined || lines.length > 1)
    throw new Error(`README.md has ${lines.length} lines with the SHA-256 of ${name} instead of one`);
  return line.slice(0, 64);
}

/** README with these digests in the place of those that it states. */
export function withDigests(readme: string, digests: Digests): string {
  return Object.entries(digests).reduce((text, [name, digest]) => {
    const file = name as ProgramFile;
    statedDigest(text, file);
    return text.replace(lineOf(file), `${digest}  ${file}`);
  }, readme);
}

/** Writes the digests into the README of the repository. @returns whether it stated others */
export function writeDigests(digests: Digests, root = process.cwd()): boolean {
  const file = path.join(root, 'README.md');
  const before = fs.readFileSync(file, 'utf8');
  const after = withDigests(before, digests);
  if (after !== before) fs.writeFileSync(file, after);
  return after !== before;
}
