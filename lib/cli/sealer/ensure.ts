import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { filesUnder } from '../files-under';

/** Served as they are, and not in the repository. `components/sealing/sealer-offer.tsx` leads to the first. */
export const SEALER_FILE = 'tenderproof-sealer.html';
export const SEALER_DIGEST = `${SEALER_FILE}.sha256`;

/** Next keeps this folder when it builds anew. */
const STAMP_FILE = path.join('.next', 'cache', 'tenderproof-sealer');

/** Whatever the file can be made of, and what makes it. */
const SOURCES = [
  ...['components', 'lib/browser', 'lib/evidence', 'lib/forms', 'lib/i18n', 'lib/merkle', 'lib/procedure'],
  ...['lib/ranking', 'lib/record', 'lib/sealing', 'lib/cli/sealer', 'app/globals.css', 'public/icon.svg'],
  'package-lock.json',
];

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

function sourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((name) => filesUnder(path.join(root, name)))) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

interface SealerOptions {
  /** Builds in any case. */
  readonly force?: boolean;
  /** Folder of the repository. */
  readonly root?: string;
}

/**
 * Writes the offline sealer and its digest to `public/`, unless those that are there were made of these very sources.
 * @returns SHA-256 of the file, 64 hex digits
 */
export async function ensureSealer({
  force = false,
  root = process.cwd(),
}: SealerOptions = {}): Promise<string> {
  const file = path.join(root, 'public', SEALER_FILE);
  const stamp = path.join(root, STAMP_FILE);
  const sources = sourceHash(root);
  const present = sha256(read(file));
  // The digest too: a file that somebody changed is made anew.
  const upToDate = read(stamp) === `${sources} ${present}`;
  const digest = !force && upToDate ? present : await writeSealer(root, file);
  fs.writeFileSync(path.join(root, 'public', SEALER_DIGEST), `${digest}  ${SEALER_FILE}\n`);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, `${sources} ${digest}`);
  return digest;
}

async function writeSealer(root: string, file: string): Promise<string> {
  // Bundler and style compiler are loaded only when there is something to build.
  const { buildSealer } = await import('./build');
  const html = await buildSealer(root);
  // Renamed into its place: nobody downloads half a file.
  fs.writeFileSync(`${file}.part`, html);
  fs.renameSync(`${file}.part`, file);
  return sha256(html);
}
