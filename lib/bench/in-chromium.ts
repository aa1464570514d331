import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { ensureChromium } from '@/lib/cli/chromium';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title>
<input type="file" multiple><output></output><script type="module" src="/page.js"></script></html>`;

/** As the product's pages are served: hashing in WebAssembly is allowed, and nothing else that evaluates. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const root = path.resolve(import.meta.dirname, '..', '..');

/** Bundles the page and the workers: what is served under which path. */
async function bundle(): Promise<Map<string, string>> {
  const entries = {
    page: 'lib/bench/page/page.ts',
    'bench-worker': 'lib/bench/page/bench-worker.ts',
    'seal-worker': 'lib/browser/sealing/seal-worker.ts',
  };
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: '/',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const served = new Map(outputFiles.map(({ path: name, text }) => [`/${path.basename(name)}`, text]));
  // The product names its worker by its source: new Worker(new URL('./seal-worker.ts', import.meta.url)).
  served.set('/seal-worker.ts', served.get('/seal-worker.js') ?? '');
  return served.set('/', PAGE);
}

async function serve(files: Map<string, string>, stops: (() => Promise<void>)[]): Promise<string> {
  const server = createServer((request, response) => {
    const body = files.get(request.url ?? '');
    const type = request.url === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, {
      ...HEADERS,
      'Content-Type': `${type}; charset=utf-8`,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** The page of the bench in a Chromium, and the processes in which it works. */
export interface ChromiumPage {
  page: Page;
  version: string;
  /** Process ids: the browser itself, and whatever renders its pages and runs their workers. */
  processes: number[];
}

/** Starts a Chromium with the bench's page. What was started is in `stops`. */
export async function openInChromium(folder: string, stops: (() => Promise<void>)[]): Promise<ChromiumPage> {
  const address = await serve(await bundle(), stops);
  const { executable, env } = await ensureChromium();
  const given = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
  // A profile on the disk: what a site stores in a private window is kept in memory.
  const context = await chromium.launchPersistentContext(path.join(folder, 'chromium'), {
    executablePath: executable,
    env: Object.fromEntries(given) as Record<string, string>,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
  stops.push(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(address);
  await page.waitForFunction('globalThis.bench !== undefined');
  const version = await page.evaluate('navigator.userAgent');
  return { page, version: String(version), processes: processesUnder(folder) };
}

/** The processes that were started with this folder in their command line; none where there is no /proc. */
function processesUnder(folder: string): number[] {
  if (!fs.existsSync('/proc/self/cmdline')) return [];
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder) ? [Number(name)] : [];
    } catch {
      // It has ended since.
      return [];
    }
  });
}
