import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page, Route } from '@playwright/test';
import QRCode from 'qrcode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import { makeZip, text } from '../unit/browser/verify/zip-maker';
import { serveChains } from '../unit/evidence/chain-server';
import { FILE, OCID, programRecord, REGISTRY, world } from '../unit/evidence/world';
import { filmCode } from '../support/film';
import { inPage, openProfile, serveModules, type ModuleServer } from '../support/in-chromium';
import type * as VerifyToolPage from './pages/verify-tool';

/*
 * The verifier in a real browser, against a registry of two answers and nodes that can lie: workers, archives, folders,
 * storage and the queue of files are those that citizens use.
 */

const sha256 = createHash('sha256').update(FILE).digest('hex');
const { evidence, chain } = world(sha256);
const { record } = evidence.entry;
const liar: ChainReader = {
  ...chain,
  anchorAt: async () => ({ treeSize: 40, time: 1, rootHash: 'ff'.repeat(32) }),
};
/** A program that the registry itself published. */
const PROGRAM = text('<!doctype html><title>Verifier</title>');
const published = world('', { record: programRecord(PROGRAM), ofRegistry: true });
const HONEST = 'https://honest.test/';
const LYING = 'https://lying.test/';
const DOWN = 'https://down.test/';

let server: ModuleServer;
let chains: Awaited<ReturnType<typeof serveChains>>;
let profile: string;
let browser: BrowserContext;
let asked: string[];

beforeAll(async () => {
  server = await serveModules();
  chains = await serveChains([chain, liar, published.chain]);
});
afterAll(async () => {
  await server.stop();
  await chains.close();
});
beforeEach(async () => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-verify-tool-'));
  browser = await openProfile(profile);
  asked = [];
});
afterEach(async () => {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
});

/** What the registry answers: one document, and its tender's one record. */
function registryAnswer(url: URL): object {
  const listed = {
    id: record.id,
    commitment: '0'.repeat(64),
    index: 12,
    entry: JSON.stringify(evidence.entry),
  };
  if (url.pathname === '/api/v1/registry') return { prefixLength: 2 };
  if (url.pathname.startsWith('/api/v1/audit/')) return { records: [listed], next: null };
  if (url.pathname !== '/api/v1/evidence') return evidence;
  const found = {
    sha256,
    recordId: record.id,
    ocid: OCID,
    stage: 5,
    type: 'award',
    title: 'award-notice.txt',
  };
  return { candidates: sha256.startsWith(url.searchParams.get('sha256') ?? '') ? [found] : [] };
}

async function answerAsNode(route: Route, which: ChainReader): Promise<void> {
  const body = route.request().postData() ?? '{}';
  // Of code these nodes keep the newest state only, which is that of every block.
  const asNewest = body.replace(/("eth_getCode","params":\["0x\w+",)"0x\w+"/, '$1"latest"');
  const answer = await fetch(chains.addressOf(which), { method: 'POST', body: asNewest });
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
  await route.fulfill({ headers, body: await answer.text() });
}

async function open(setting: Partial<VerifyToolPage.Setting> = {}): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await page.route(`${server.origin}/api/**`, async (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname + url.search);
    await route.fulfill({ json: registryAnswer(url) });
  });
  await page.route(`${HONEST}**`, (route) => answerAsNode(route, chain));
  await page.route(`${LYING}**`, (route) => answerAsNode(route, liar));
  await page.route(`${DOWN}**`, (route) => route.abort());
  await page.goto(server.origin);
  const call = inPage<typeof VerifyToolPage>(page, 'tests/browser/pages/verify-tool.tsx');
  await call('mount', { locale: 'en', registry: REGISTRY, ownNode: HONEST, ...setting });
  return page;
}

/** A registry that published one program, and nothing else. */
async function openPublished(locale: 'en' | 'zh'): Promise<Page> {
  const page = await open({ locale });
  const { id, documents } = published.evidence.entry.record;
  const [{ sha256: digest, title } = { sha256: '', title: '' }] = documents;
  const found = {
    ...{ sha256: digest, recordId: id, ocid: null, stage: null },
    ...{ type: 'program-published', title },
  };
  await page.route(`${server.origin}/api/v1/evidence*`, (route) =>
    route.fulfill({ json: { candidates: [found] } }),
  );
  await page.route(`${server.origin}/api/v1/evidence/*`, (route) =>
    route.fulfill({ json: published.evidence }),
  );
  await page.route(`${HONEST}**`, (route) => answerAsNode(route, published.chain));
  return page;
}

const asFile = (name: string, content: string | Uint8Array) => ({
  ...{ name, mimeType: 'application/octet-stream' },
  buffer: Buffer.from(content as Uint8Array),
});
const genuine = asFile('award-notice.txt', FILE);
const summary = (page: Page) => page.locator('[data-summary="done"]');
const kinds = (page: Page) =>
  page.locator('li[data-check]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-kind')));

describe('the verifier', () => {
  it('proves one file at once, with its steps, its node and what was sent', async () => {
    const page = await open();
    await page.locator('#files').setInputFiles(genuine);
    const result = page.locator('[data-verdict]');
    await expect.poll(() => result.getAttribute('data-verdict')).toBe('proven');
    const words = await result.innerText();
    expect(words).toContain('Yes. This file was attached to an award by a procurement officer');
    expect(words).toContain('does not prove anything by itself');
    expect(words).toContain('lists no later record');
    expect(await page.locator('[data-against]').innerText()).toContain(
      `2 digits of its fingerprint (${sha256.slice(0, 2)})`,
    );
    expect(await page.locator('[data-step][data-outcome="fail"]').count()).toBe(0);
    expect(asked.join(' ')).not.toContain(sha256.slice(0, 3));
  });

  it.each([
    [
      'en',
      'Yes. This file is the offline verifier that this registry published on 10 Feb 2026',
      '(version 0.1.0)',
    ],
    ['zh', '是。此文件是本平台于 2026年2月10日', '发布的离线核验工具（版本 0.1.0）'],
  ] as const)(
    'says of a program that the registry published it, and when (%s)',
    async (locale, said, what) => {
      const page = await openPublished(locale);
      await page.locator('#files').setInputFiles(asFile('tenderproof-verifier.html', PROGRAM));
      const result = page.locator('[data-verdict]');
      await expect.poll(() => result.getAttribute('data-verdict')).toBe('proven');
      const words = await result.innerText();
      expect(words).toContain(said);
      expect(words).toContain(what);
    },
  );

  it('shows what came of an address on a small screen, not the top of the page', async () => {
    const page = await openPublished('en');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => void (window.location.hash = '#record=019c4b31-1000-7000-8000-000000000003'));
    const result = page.locator('[data-verdict="proven"]');
    await result.waitFor();
    const top = async () => (await result.boundingBox())?.y ?? -1;
    expect(await top()).toBeGreaterThanOrEqual(0);
    expect(await top()).toBeLessThan(400);
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(300);
  });

  it('warns of a copy of it that somebody altered', async () => {
    const page = await openPublished('en');
    await page.locator('#files').setInputFiles(asFile('tenderproof-verifier.html', text('altered')));
    const result = page.locator('[data-verdict="unknown"]');
    await result.waitFor();
    const words = await result.innerText();
    expect(words).toContain('A file of that name is registered, with other content.');
    expect(words).toContain('Published by this registry itself 10 Feb 2026');
    expect(words).toContain('Do not open or use this copy');
    expect(words).not.toContain('Find the tender');
  });

  it('sums up a folder of files, an archive and a secret, and shows each on demand', async () => {
    const page = await open();
    const zip = makeZip([
      { path: 'award-notice.txt', content: Uint8Array.from(FILE) },
      { path: 'unknown.pdf', content: text('nobody filed this') },
    ]);
    await page
      .locator('#files')
      .setInputFiles([
        genuine,
        asFile('copy/award-notice.txt'.slice(5), 'altered'),
        asFile('all.zip', new Uint8Array(await zip.arrayBuffer())),
        asFile('tenderproof-key-1.json', '{}'),
      ]);
    await summary(page).waitFor();
    await expect
      .poll(() => kinds(page))
      .toEqual(['genuine', 'altered', 'opened', 'genuine', 'unknown', 'refused']);
    const words = await summary(page).innerText();
    expect(words).toContain('5 files: 2 genuine, 1 altered');
    await expect
      .poll(() => page.getByRole('status').allInnerTexts())
      .toContainEqual(expect.stringContaining('5 files'));
    expect(await page.locator('[data-verdict]').count()).toBe(0);
    await page.getByRole('button', { name: 'Details: unknown.pdf' }).press('Enter');
    expect(await page.locator('[data-verdict="unknown"]').count()).toBe(1);
  });

  it('never calls genuine what the nodes contradict each other about, and remembers the nodes', async () => {
    const page = await open();
    await page.locator('#node').fill(`${HONEST}\n${LYING}`);
    await page.locator('#files').setInputFiles(genuine);
    const result = page.locator('[data-verdict]');
    await expect.poll(() => result.getAttribute('data-kind')).toBe('disputed');
    expect(await result.innerText()).toContain('Not proven: the nodes contradict each other');
    expect(await page.locator('[data-nodes="disagree"]').innerText()).toContain('ff'.repeat(32));
    await page.locator('#node').fill(`${HONEST}\n${DOWN}`);
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => result.getAttribute('data-kind')).toBe('unchecked');
    await page.locator('#node').fill(`${HONEST}\n${HONEST}x`);
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => result.getAttribute('data-kind')).toBe('genuine');
    await page.close();
    const later = await open();
    await later.locator('#node').waitFor();
    expect(await later.locator('#node').inputValue()).toBe(`${HONEST}\n${HONEST}x`);
  });

  it('takes a fingerprint, and says what is wrong with one that is none', async () => {
    const page = await open();
    await page.locator('#digest').fill('abc');
    await page.getByRole('button', { name: 'Check the fingerprint' }).click();
    expect(await page.locator('#digest-error').innerText()).toContain('this has 3');
    await page.locator('#digest').fill(sha256.toUpperCase().replaceAll(/(.{8})/g, '$1 '));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('proven');
    await page.getByText('it was read without them').waitFor();
  });

  it('takes a whole folder, without what systems leave in it', async () => {
    const folder = path.join(profile, 'tender');
    mkdirSync(path.join(folder, 'notice'), { recursive: true });
    writeFileSync(path.join(folder, 'notice', 'award-notice.txt'), FILE);
    writeFileSync(path.join(folder, 'holiday.jpg'), 'x');
    writeFileSync(path.join(folder, '.DS_Store'), 'x');
    const page = await open();
    await page.locator('#folder').setInputFiles(folder);
    await summary(page).waitFor();
    expect((await kinds(page)).sort()).toEqual(['genuine', 'unknown']);
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toContainEqual(
      expect.stringContaining('tender/notice/award-notice.txt'),
    );
  });

  describe('the code on a printed document', () => {
    const target = (): string => `https://elsewhere.test/verify#sha256=${sha256}`;
    const read = async (page: Page, buffer: Buffer): Promise<void> => {
      await page.getByText('Or read the code on a printed document').click();
      await page.locator('#code').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    };

    it('is read out of a picture in a browser that has no reader of its own', async () => {
      const page = await open();
      expect(await page.evaluate(() => 'BarcodeDetector' in window)).toBe(false);
      await read(page, await QRCode.toBuffer(target(), { width: 900, margin: 12 }));
      await expect
        .poll(() => page.locator('[data-verdict]').getAttribute('data-verdict'), { timeout: 20_000 })
        .toBe('proven');
      expect(page.url()).toContain(server.origin);
    });

    it('is read from what the camera shows, and the camera is let go', async () => {
      await browser.close();
      const film = path.join(profile, 'code.y4m');
      filmCode(film, target());
      browser = await openProfile(path.join(profile, 'filmed'), film);
      const page = await open();
      await page.getByText('Or read the code on a printed document').click();
      await page.getByRole('button', { name: 'Use the camera' }).click();
      await expect
        .poll(() => page.locator('[data-verdict]').getAttribute('data-verdict'), { timeout: 30_000 })
        .toBe('proven');
      expect(await page.evaluate(() => document.querySelector('video')?.srcObject)).toBeNull();
    });

    it('says so where there is no camera', async () => {
      const page = await open();
      await page.getByText('Or read the code on a printed document').click();
      await page.getByRole('button', { name: 'Use the camera' }).click();
      await page.getByText('The camera could not be used', { exact: false }).waitFor();
    });

    it('is not found where there is none', async () => {
      const page = await open();
      const dot =
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
      await read(page, Buffer.from(dot, 'base64'));
      await page.getByText('There is no code in this picture', { exact: false }).waitFor();
      expect(await page.locator('[data-verdict]').count()).toBe(0);
    });

    it('is read by the browser itself where it can', async () => {
      await browser.addInitScript((rawValue) => {
        Object.assign(window, {
          BarcodeDetector: class {
            static getSupportedFormats(): Promise<string[]> {
              return Promise.resolve(['qr_code']);
            }
            detect(): Promise<{ rawValue: string }[]> {
              return Promise.resolve([{ rawValue }]);
            }
          },
        });
      }, target());
      const page = await open();
      await read(page, await QRCode.toBuffer('something else'));
      await expect.poll(() => page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('proven');
    });
  });

  it('needs no registry when the evidence is dropped along', async () => {
    const page = await open();
    await page
      .locator('#files')
      .setInputFiles([genuine, asFile('a.evidence.json', JSON.stringify(evidence))]);
    await summary(page).waitFor();
    expect([await kinds(page), asked]).toEqual([['genuine', 'genuine'], []]);
  });

  it('stops all when asked, and checks again', async () => {
    const page = await open();
    const large = Array.from({ length: 4 }, (_, i) => asFile(`${i}.bin`, Buffer.alloc(4_000_000, i)));
    await page.locator('#files').setInputFiles(large);
    await page.getByRole('button', { name: 'Stop all' }).click();
    await summary(page).waitFor();
    expect(await kinds(page)).toContain('stopped');
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => kinds(page), { timeout: 30_000 }).toEqual(new Array(4).fill('unknown'));
  });

  it.each(['en', 'zh'] as const)('can be used by everybody (%s), on 320 pixels too', async (locale) => {
    const page = await open({ locale });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.locator('#files').setInputFiles([genuine, asFile('x'.repeat(60), 'y')]);
    await summary(page).waitFor();
    const folded = page.locator('li[data-check] button[aria-expanded="false"]');
    for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
    const { violations } = await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
