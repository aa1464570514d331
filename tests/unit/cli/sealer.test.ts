import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSealer, SEALER_TEXTS } from '@/lib/cli/sealer/build';
import { ensureSealer, SEALER_FILE } from '@/lib/cli/sealer/ensure';
import { statedDigest } from '@/lib/cli/single-file/readme';
import { keptMessages } from '@/lib/cli/single-file/messages';

const root = path.resolve(import.meta.dirname, '../../..');
const between = (html: string, open: string, close: string) =>
  html.slice(html.indexOf(open) + open.length, html.lastIndexOf(close));
const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const COPIED = [
  'app/globals.css',
  'components',
  'lib',
  'package-lock.json',
  'package.json',
  'public/icon.svg',
  'tsconfig.json',
];

let folder: string;
/** A copy of the repository, as far as the sealer needs it. */
let clone: string;
let html: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'a-clone-with-a-longer-name-'));
  html = await buildSealer(root);
  clone = path.join(folder, 'somewhere', 'else');
  for (const name of COPIED) cpSync(path.join(root, name), path.join(clone, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
  mkdirSync(path.join(folder, 'home'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the offline sealer', () => {
  it('is the same, byte by byte, when a clone in another folder builds it', () => {
    const program =
      "import('./lib/cli/sealer/build.ts').then((m) => m.buildSealer()).then((html) => process.stdout.write(html))";
    const built = execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], {
      cwd: clone,
      env: { ...process.env, TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', HOME: path.join(folder, 'home') },
      maxBuffer: 2 ** 26,
    });
    expect(createHash('sha256').update(built).digest('hex')).toBe(
      createHash('sha256').update(html).digest('hex'),
    );
  }, 60_000);

  it('has the SHA-256 that README states', () => {
    const stated = statedDigest(readFileSync(path.join(root, 'README.md'), 'utf8'), SEALER_FILE);
    expect(stated, 'README.md states another one: npm run build -- --readme').toBe(
      createHash('sha256').update(html).digest('hex'),
    );
  });

  it('is written anew only when its sources, or it, have changed', async () => {
    const file = path.join(clone, 'public', SEALER_FILE);
    const first = await ensureSealer({ root: clone });
    expect(first).toBe(createHash('sha256').update(html).digest('hex'));
    expect(readFileSync(`${file}.sha256`, 'utf8')).toBe(`${first}  tenderproof-sealer.html\n`);
    const { mtimeMs } = statSync(file);
    expect(await ensureSealer({ root: clone })).toBe(first);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);

    appendFileSync(file, '<script>alert(1)</script>');
    expect(await ensureSealer({ root: clone })).toBe(first);
    expect(readFileSync(file, 'utf8')).toBe(html);

    appendFileSync(path.join(clone, 'components/sealing/offline/main.tsx'), "document.title = 'changed';\n");
    const second = await ensureSealer({ root: clone });
    expect(second).not.toBe(first);
    expect(readFileSync(`${file}.sha256`, 'utf8')).toContain(second);
  }, 60_000);

  it('holds no path of the machine, and asks for nothing outside of itself', () => {
    expect(html).not.toContain(root);
    expect(html).not.toContain(os.tmpdir());
    expect(html.slice(0, html.indexOf('<style>'))).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(between(html, '<style>', '</style>')).not.toMatch(/url\((?!["']?data:)|@import|@font-face/);
  });

  it('allows this script and this style alone, and no connection', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      `script-src ${digest(between(html, '<script>', '</script>'))} 'wasm-unsafe-eval'`,
      `style-src ${digest(between(html, '<style>', '</style>'))}`,
      'worker-src blob:',
      'img-src data:',
      "connect-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
    ]);
    // One element each: whatever ended the script early would leave its rest on the page.
    expect(html.match(/<\/script/gi)).toHaveLength(1);
    expect(html.match(/<\/style/gi)).toHaveLength(1);
  });

  it('carries only the texts that it shows', () => {
    expect(keptMessages(SEALER_TEXTS, 'verify', '{"a":"1"}')).toBe('{}');
    expect(keptMessages(SEALER_TEXTS, 'bid', '{"prices":{"title":"Prices"},"withdraw":{"title":"x"}}')).toBe(
      '{"prices":{"title":"Prices"}}',
    );
    expect(html).not.toContain('Withdraw your bid');
  });
});
