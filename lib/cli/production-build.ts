import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesUnder } from './files-under';
import { BUILT_FILES } from './single-file/ensure-all';
import { runProgram } from './supervise';

const root = process.cwd();
const nextCli = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
const stampFile = path.join(root, '.next', 'tenderproof-sources');

/** What the production build is made of. The rest of lib/ (commands, tests) may change without a new build. */
const sources = [
  ...['app', 'components', 'contracts', 'lib', 'messages', 'prisma', 'public'],
  ...[
    'instrumentation.ts',
    'next.config.js',
    'package-lock.json',
    'postcss.config.mjs',
    'proxy.ts',
    'tsconfig.json',
  ],
];
const ignored = new Set([
  ...['node_modules', 'generated', 'out', 'cache', 'cli', 'embedded', 'migrations'],
  ...BUILT_FILES,
]);

/** SHA-256 over names and contents of the sources. */
export function sourceHash(): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of sources.flatMap((name) => filesUnder(path.join(root, name), ignored))) {
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function builtFrom(): string {
  return fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
}

/** Builds when the sources differ from those of the last build. */
export async function ensureBuild({ force = false } = {}): Promise<void> {
  const wanted = sourceHash();
  if (!force && builtFrom() === wanted) return;
  console.log('Building (about a minute) …');
  fs.rmSync(stampFile, { force: true });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-build-'));
  const log = path.join(folder, 'output.txt');
  const output = fs.openSync(log, 'w');
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  try {
    await runProgram({ name: 'build', args: [nextCli, 'build'], typescript: false, env, output });
  } catch (error) {
    console.error(fs.readFileSync(log, 'utf8').trimEnd());
    throw error;
  } finally {
    fs.closeSync(output);
    fs.rmSync(folder, { recursive: true, force: true });
  }
  if (!fs.existsSync(path.join(root, '.next', 'BUILD_ID')))
    throw new Error('The build ended without a result.');
  fs.writeFileSync(stampFile, wanted);
}

/** Arguments of node that serve the production build, or the development server. */
export function webArgs(mode: 'start' | 'dev', host: string, port: number): string[] {
  return [nextCli, mode, '-H', host, '-p', String(port)];
}
