import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildVerifier } from '@/lib/cli/verifier/build';
import { statedDigest } from '@/lib/cli/single-file/readme';
import { ensureVerifier, VERIFIER_FILE } from '@/lib/cli/verifier/ensure';
import verifierEn from '@/lib/i18n/messages/en/verifier.json';
import verifierZh from '@/lib/i18n/messages/zh/verifier.json';

const root = path.resolve(import.meta.dirname, '../../..');
/** What a citizen on a slow line downloads, in bytes. */
const MOST_COMPRESSED = 150_000;
const COPIED = [
  'app/globals.css',
  'lib',
  'package-lock.json',
  'package.json',
  'public/icon.svg',
  'tsconfig.json',
];

/** Named in licences, schemas and hints, and never asked. */
const EXAMPLES = ['json-schema.org', 'node.example.org', 'tailwindcss.com', 'www.npmjs.com', 'www.w3.org'];

const sha256 = (content: string | Buffer) => createHash('sha256').update(content);
const between = (html: string, open: string, close: string) =>
  html.slice(html.indexOf(open) + open.length, html.lastIndexOf(close));
const digest = (text: string) => `'sha256-${sha256(text).digest('base64')}'`;

let folder: string;
/** A copy of the repository, as far as the verifier needs it. */
let clone: string;
let html: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'a-clone-with-a-longer-name-'));
  html = await buildVerifier(root);
  clone = path.join(folder, 'somewhere', 'else');
  for (const name of COPIED) cpSync(path.join(root, name), path.join(clone, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
  mkdirSync(path.join(folder, 'home'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the offline verifier', () => {
  it('is the same, byte by byte, when a clone in another folder builds it', () => {
    const program =
      "import('./lib/cli/verifier/build.ts').then((m) => m.buildVerifier()).then((html) => process.stdout.write(html))";
    const built = execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], {
      cwd: clone,
      env: { ...process.env, TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', HOME: path.join(folder, 'home') },
      maxBuffer: 2 ** 26,
    });
    expect(sha256(built).digest('hex')).toBe(sha256(html).digest('hex'));
  }, 60_000);

  it('has the SHA-256 that README states', () => {
    const stated = statedDigest(readFileSync(path.join(root, 'README.md'), 'utf8'), VERIFIER_FILE);
    expect(stated, 'README.md states another one: npm run build -- --readme').toBe(
      sha256(html).digest('hex'),
    );
  });

  it('is written with its digest beside it', async () => {
    const written = await ensureVerifier({ root: clone });
    expect(written).toBe(sha256(html).digest('hex'));
    const file = path.join(clone, 'public', VERIFIER_FILE);
    expect(readFileSync(file, 'utf8')).toBe(html);
    expect(readFileSync(`${file}.sha256`, 'utf8')).toBe(`${written}  tenderproof-verifier.html\n`);
  }, 60_000);

  it('is small enough for a slow line', () => {
    expect(gzipSync(html, { level: 9 }).length).toBeLessThan(MOST_COMPRESSED);
  });

  it('holds no path of the machine and no registry, and asks for nothing outside of itself', () => {
    expect(html).not.toContain(root);
    expect(html).not.toContain(os.tmpdir());
    expect(html.slice(0, html.indexOf('<style>'))).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(between(html, '<style>', '</style>')).not.toMatch(/url\((?!["']?data:)|@import|@font-face/);
    // Addresses stand only in what is shown or compared: examples, licences, names of formats.
    const hosts = [...html.matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]+)/g)].map(([, host]) => host);
    expect([...new Set(hosts)].sort()).toEqual(EXAMPLES);
    expect(between(html, '<script>', '</script>')).not.toMatch(
      /XMLHttpRequest|WebSocket|EventSource|sendBeacon|localStorage|indexedDB|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
    );
  });

  it('allows this script and this style alone, and no connection but to a node', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      `script-src ${digest(between(html, '<script>', '</script>'))} 'wasm-unsafe-eval'`,
      `style-src ${digest(between(html, '<style>', '</style>'))}`,
      'worker-src blob:',
      'img-src data:',
      'connect-src http: https:',
      "form-action 'none'",
      "base-uri 'none'",
    ]);
    expect(html.match(/<\/script/gi)).toHaveLength(1);
    expect(html.match(/<\/style/gi)).toHaveLength(1);
  });

  it('carries its texts in both languages, and none that it does not show', () => {
    for (const texts of [verifierEn, verifierZh]) {
      expect(html).toContain(texts.lead);
      expect(html).toContain(texts.nodes.notAsked);
      expect(html).not.toContain(texts.offer.about);
    }
  });
});
