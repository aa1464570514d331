import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { build, type Plugin } from 'esbuild';

// Runs modules of this repository in a real Chromium, without the application: each is bundled by esbuild when the page
// asks for it, and served from 127.0.0.1, where browsers offer cryptography, databases and locks as over HTTPS.

const root = path.resolve(import.meta.dirname, '../..');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** `new URL('./worker.ts', import.meta.url)`: bundlers make a file of their own of it, and so do we, when it is asked for. */
const WORKER_URL = /new URL\('(\.{1,2}\/[^']+\.ts)', import\.meta\.url\)/g;

const workers: Plugin = {
  name: 'workers',
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source.replace(WORKER_URL, (_all, relative: string) => {
        const worker = path.relative(root, path.resolve(path.dirname(file), relative));
        return `new URL('/m/${worker}', globalThis.location.origin)`;
      });
      return { contents, loader: file.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

/** One module with all that it imports, as JavaScript. @param module path from the root of the repository */
export async function bundle(module: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, module)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    jsx: 'automatic',
    define: { 'process.env': '{"NODE_ENV":"production"}' },
    alias: { '@': root },
    plugins: [workers],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

export interface ModuleServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  stop(): Promise<void>;
}

const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title><body></body></html>';

/** Serves an empty page, and below `/m/` every module of the repository. */
export async function serveModules(): Promise<ModuleServer> {
  const bundles = new Map<string, Promise<string>>();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!pathname.startsWith('/m/')) {
      response.setHeader('Content-Type', 'text/html');
      response.end(PAGE);
      return;
    }
    const asked = decodeURIComponent(pathname.slice(3));
    const made = bundles.get(asked) ?? bundle(asked);
    bundles.set(asked, made);
    made.then(
      (script) => response.setHeader('Content-Type', 'text/javascript').end(script),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * A Chromium whose profile is this folder: what it keeps is there at the next start.
 * @param film what its camera shows, and that it may be used: a file in YUV4MPEG2
 */
export function openProfile(folder: string, film?: string): Promise<BrowserContext> {
  const camera =
    film === undefined
      ? []
      : [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-video-capture=${film}`,
        ];
  return chromium.launchPersistentContext(folder, { executablePath, args: [...args, ...camera] });
}

type Functions<M> = { [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K] };
type Result<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Calls functions that a module exports, in the page: arguments and results travel as JSON. */
export type InPage<M> = <K extends keyof Functions<M> & string>(
  name: K,
  ...args: Functions<M>[K] extends (...args: infer A) => unknown ? A : never
) => Promise<Result<Functions<M>[K]>>;

/**
 * @example import type * as Drafts from '../browser/pages/drafts';
 *   const call = inPage<typeof Drafts>(page, 'tests/browser/pages/drafts.ts');
 *   await call('start', identity);
 */
export function inPage<M>(page: Page, module: string): InPage<M> {
  return async (name, ...args) => {
    const passed = args.map((arg) => (arg === undefined ? 'undefined' : JSON.stringify(arg))).join(', ');
    return page.evaluate(`import('/m/${module}').then((m) => m.${name}(${passed}))`);
  };
}
