import fs from 'node:fs';
import path from 'node:path';

/** All files below a folder, or the file itself, in the order of their names; nothing where there is none. */
export function filesUnder(target: string, ignored: ReadonlySet<string> = new Set()): string[] {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [target];
  const names = fs.readdirSync(target).sort();
  return names
    .filter((name) => !ignored.has(name))
    .flatMap((name) => filesUnder(path.join(target, name), ignored));
}
