import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inPage, openProfile, serveModules, type InPage, type ModuleServer } from '../support/in-chromium';
import type * as DraftsPage from './pages/drafts';

type Drafts = typeof DraftsPage;
interface Tab {
  page: Page;
  call: InPage<Drafts>;
}

const IDENTITY = {
  origin: 'tenders.example.org',
  contract: '0x00000000000000000000000000000000000000aa',
  ocid: 'ocds-example-0001',
  organization: 'org:alpha',
};
const MIB = 1024 * 1024;
const PATIENT = { timeout: 30_000 };

let server: ModuleServer;
let profile: string;
let browser: BrowserContext;

async function openTab(context = browser): Promise<Tab> {
  const page = await context.newPage();
  await page.goto(server.origin);
  return { page, call: inPage<Drafts>(page, 'tests/browser/pages/drafts.ts') };
}

const newProfile = () => mkdtempSync(path.join(os.tmpdir(), 'tenderproof-drafts-'));

beforeAll(async () => {
  server = await serveModules();
});
afterAll(() => server.stop());
beforeEach(async () => {
  profile = newProfile();
  browser = await openProfile(profile);
});
afterEach(async () => {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
});

/** Every file of the browser's profile in one. */
function everythingOnDisk(): Buffer {
  const files = readdirSync(profile, { recursive: true, withFileTypes: true });
  const readable = files.filter((entry) => entry.isFile());
  return Buffer.concat(readable.map((entry) => readFileSync(path.join(entry.parentPath, entry.name))));
}

describe('a draft in the browser', () => {
  it('is there again after the browser was closed: prices, files and all', async () => {
    const { call } = await openTab();
    expect(await call('start', IDENTITY)).toMatchObject({ phase: 'ready', saving: { status: 'none' } });
    await call('type', '1250.50');
    expect(await call('addNoise', 'offer.pdf', 3 * MIB + 5, 1)).toMatchObject({ code: null });
    expect(await call('addNoise', 'exact.pdf', 2 * MIB, 2)).toMatchObject({ code: null });
    expect(await call('snapshot')).toMatchObject({ saving: { status: 'saved' }, copying: [] });
    await browser.close();

    browser = await openProfile(profile);
    const again = await openTab();
    const { phase, draft, saving } = await again.call('start', IDENTITY);
    expect({ phase, saving }).toMatchObject({ phase: 'ready', saving: { status: 'saved' } });
    expect(draft.lots).toMatchObject([{ lot: '', bidding: true, prices: [{ unitPrice: '1250.50' }] }]);
    const [first, second] = [
      await again.call('noiseDigest', 3 * MIB + 5, 1),
      await again.call('noiseDigest', 2 * MIB, 2),
    ];
    expect(await again.call('storedDigests')).toEqual([
      { name: 'offer.pdf', type: 'application/pdf', size: 3 * MIB + 5, stated: first, read: first },
      { name: 'exact.pdf', type: 'application/pdf', size: 2 * MIB, stated: second, read: second },
    ]);
  });

  it('is one for each registry, contract, tender and organization', async () => {
    const { call } = await openTab();
    await call('start', IDENTITY);
    await call('type', '1');
    await call('stop');
    for (const other of [
      { origin: 'other.example.org' },
      { contract: '0x00000000000000000000000000000000000000bb' },
      { ocid: 'ocds-example-0002' },
      { organization: 'org:beta' },
    ]) {
      expect(await call('start', { ...IDENTITY, ...other })).toMatchObject({
        phase: 'ready',
        draft: { lots: [] },
      });
      await call('stop');
    }
    const listed = await call('list');
    expect(listed).toMatchObject([{ identity: IDENTITY, bytes: 0 }]);
    await call('discardListed', listed[0]?.id ?? '');
    expect(await call('list')).toEqual([]);
    expect(await call('counts', IDENTITY)).toEqual({ drafts: 0, keys: 0, chunks: 0 });
  });

  it('stands on the disk in no readable form, and its key cannot be taken out', async () => {
    const { call } = await openTab();
    await call('start', IDENTITY);
    await call('type', '918273.6455');
    await call('addNoise', 'unmistakable-name.pdf', MIB, 3);
    await call('stop');
    await call('claim', IDENTITY);
    expect(await call('keyIsExtractable')).toBe(false);
    const marker = 'this text is kept in readable form';
    await call('keepReadable', marker);
    await browser.close();
    const disk = everythingOnDisk();
    expect(disk.includes(marker)).toBe(true);
    for (const secret of ['918273.6455', 'unmistakable-name', IDENTITY.ocid, IDENTITY.organization]) {
      expect([secret, disk.includes(secret)]).toEqual([secret, false]);
      expect([secret, disk.includes(Buffer.from(secret, 'utf16le'))]).toEqual([secret, false]);
    }
    browser = await openProfile(profile);
  });

  it('loses nothing but what was not saved when the browser crashes while a file is copied', async () => {
    const { page, call } = await openTab();
    await call('start', IDENTITY);
    await call('type', '7');
    await call('addNoise', 'whole.pdf', MIB + 1, 4);
    await call('beginAdding');
    await expect.poll(async () => (await call('counts', IDENTITY)).chunks, PATIENT).toBeGreaterThan(4);
    const closed = browser.waitForEvent('close');
    const devtools = await browser.newCDPSession(page);
    await devtools.send('Browser.crash').catch(() => undefined);
    await closed;

    browser = await openProfile(profile);
    const again = await openTab();
    const { draft } = await again.call('start', IDENTITY);
    expect(draft.lots).toMatchObject([{ prices: [{ unitPrice: '7' }], files: { technical: [{}] } }]);
    expect(draft.lots[0]?.files['']).toBeUndefined();
    expect(await again.call('counts', IDENTITY)).toEqual({ drafts: 1, keys: 1, chunks: 2 });
    const digest = await again.call('noiseDigest', MIB + 1, 4);
    expect(await again.call('storedDigests')).toMatchObject([{ read: digest }]);
  });

  it('deletes a removed file, a stopped copy, and everything when it is discarded', async () => {
    const { call } = await openTab();
    await call('start', IDENTITY);
    const { added } = await call('addNoise', 'a.pdf', 3 * MIB, 5);
    await call('addNoise', 'b.pdf', MIB, 6);
    expect((await call('counts', IDENTITY)).chunks).toBe(4);
    await call('remove', added[0]?.id ?? '');
    expect((await call('counts', IDENTITY)).chunks).toBe(1);
    expect(await call('stopWhileAdding')).toEqual({ added: [], error: null });
    expect((await call('counts', IDENTITY)).chunks).toBe(1);
    expect(await call('discard')).toBe('ok');
    expect(await call('counts', IDENTITY)).toEqual({ drafts: 1, keys: 1, chunks: 0 });
    expect(await call('snapshot')).toMatchObject({
      phase: 'ready',
      draft: { lots: [] },
      saving: { at: null },
    });
    await call('type', '2');
    expect(await call('flush')).toBe(true);
  });

  it('says that it is damaged instead of showing something else, and can then be discarded', async () => {
    const { call } = await openTab();
    await call('start', IDENTITY);
    await call('addNoise', 'a.pdf', 3 * MIB, 7);
    expect(await call('losePiece', IDENTITY, 'swap')).toBe('draft-damaged');
    expect(await call('losePiece', IDENTITY, 'delete')).toBe('file-missing');
    await call('stop');
    await call('damage', IDENTITY);
    const { phase, draft } = await call('start', IDENTITY);
    expect({ phase, draft }).toMatchObject({ phase: 'refused', draft: { lots: [] } });
    expect(await call('list')).toMatchObject([{ identity: null }]);
    expect(await call('discard')).toBe('ok');
    expect(await call('snapshot')).toMatchObject({ phase: 'ready', draft: { lots: [] }, error: null });
  });

  it('refuses files that are empty, gone, or other than announced, and keeps nothing of them', async () => {
    const { call } = await openTab();
    await call('claim', IDENTITY);
    expect(await call('addBroken', 'empty')).toBe('file-empty');
    for (const how of ['fails', 'short', 'long'] as const) {
      expect([how, await call('addBroken', how)]).toEqual([how, 'file-unreadable']);
    }
    expect((await call('counts', IDENTITY)).chunks).toBe(0);
    expect(await call('readRemoved')).toBe('file-missing');
  });
});

describe('two tabs', () => {
  it('know of each other; the second takes over when told to, and the first then saves no more', async () => {
    const [first, second] = [await openTab(), await openTab()];
    await first.call('start', IDENTITY);
    await first.call('type', '10');
    await first.call('flush');
    expect(await second.call('start', IDENTITY)).toMatchObject({ phase: 'elsewhere', draft: { lots: [] } });
    await second.call('type', '99');
    expect(await second.call('flush')).toBe(true);
    const taken = await second.call('takeOver');
    expect(taken).toMatchObject({ phase: 'ready', draft: { lots: [{ prices: [{ unitPrice: '10' }] }] } });
    await expect.poll(async () => (await first.call('snapshot')).phase, PATIENT).toBe('lost');
    await first.call('type', '11');
    await first.call('flush');
    await second.call('type', '12');
    expect(await second.call('flush')).toBe(true);
    await second.call('stop');
    expect(await first.call('takeOver')).toMatchObject({
      phase: 'ready',
      draft: { lots: [{ prices: [{ unitPrice: '12' }] }] },
    });
  });

  it('never overwrite each other, even where one does not know yet that it lost the draft', async () => {
    const [first, second] = [await openTab(), await openTab()];
    await first.call('claim', IDENTITY);
    expect(await first.call('saveClaimed', '1')).toBe('ok');
    expect(await first.call('saveClaimed', '2')).toBe('ok');
    expect(await second.call('claim', IDENTITY)).toBe('2');
    expect(await first.call('saveClaimed', '3')).toBe('draft-elsewhere');
    expect(await second.call('saveClaimed', '4')).toBe('ok');
    expect(await first.call('saveClaimed', '5')).toBe('draft-elsewhere');
    const [{ id } = { id: '' }] = await second.call('list');
    await second.call('discardListed', id);
    expect(await second.call('saveClaimed', '6')).toBe('draft-elsewhere');
    expect(await first.call('claim', IDENTITY)).toBe(null);
    expect(await second.call('saveClaimed', '7')).toBe('draft-elsewhere');
  });

  it('a page that is loaded again is not taken for another tab', async () => {
    const { page, call } = await openTab();
    for (let n = 1; n <= 10; n += 1) {
      expect(await call('start', IDENTITY)).toMatchObject({ phase: 'ready' });
      await call('type', String(n));
      await page.reload();
    }
  });
});

describe('when there is no room', () => {
  it('refuses a file before it is copied, and says what is needed and what there is', async () => {
    const { call } = await openTab();
    await call('start', IDENTITY);
    await call('pretendRoom', 4 * MIB);
    const { code, room } = await call('addNoise', 'a.pdf', 8 * MIB, 1);
    expect({ code, available: room?.available }).toEqual({ code: 'storage-full', available: 4 * MIB });
    expect(room?.needed).toBeGreaterThanOrEqual(8 * MIB);
    expect((await call('counts', IDENTITY)).chunks).toBe(0);
  });

  it('leaves the draft as it was when the room ends while a file is copied', async () => {
    const { page, call } = await openTab();
    // Before anything is written: Chromium remembers for a while how much room there was.
    const devtools = await browser.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 4 * MIB });
    await call('start', IDENTITY);
    await call('type', '5');
    expect(await call('flush')).toBe(true);
    const refused = { code: 'storage-full', room: { needed: 16 * MIB, available: null }, added: [] };
    expect(await call('addNoise', 'a.pdf', 16 * MIB, 1)).toEqual(refused);
    expect((await call('counts', IDENTITY)).chunks).toBe(0);
    expect(await call('snapshot')).toMatchObject({
      phase: 'ready',
      draft: { lots: [{ prices: [{ unitPrice: '5' }] }] },
    });
  });
});

describe('for a colleague', () => {
  const passphrase = 'four words by telephone';

  /** A draft of two files in one browser, exported, and carried to an empty browser. */
  async function carried(): Promise<{ there: Tab; size: number; close: () => Promise<void> }> {
    const { call } = await openTab();
    await call('start', IDENTITY);
    await call('type', '31.4');
    await call('addNoise', 'a.pdf', 2 * MIB + 7, 1);
    await call('addNoise', 'b.pdf', 100, 2);
    const size = await call('exportDraft', passphrase);
    const folder = newProfile();
    const other = await openProfile(folder);
    const there = await openTab(other);
    await there.call('carryIn', await call('exportedText'));
    const close = async () => {
      await other.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { there, size, close };
  }

  it('carries the whole draft in one file, which says nothing to who has no passphrase', async () => {
    const { there, close } = await carried();
    const { call } = there;
    await call('start', IDENTITY);
    await call('type', 'replaced');
    await call('addNoise', 'gone.pdf', MIB, 3);
    expect(await call('importDraft', 'another passphrase')).toBe('wrong-passphrase');
    expect(await call('importDraft', passphrase)).toBe('ok');
    const { draft, saving } = await call('snapshot');
    expect(draft.lots).toMatchObject([{ prices: [{ unitPrice: '31.4' }] }]);
    expect(saving).toMatchObject({ status: 'saved', error: null });
    const [a, b] = [await call('noiseDigest', 2 * MIB + 7, 1), await call('noiseDigest', 100, 2)];
    expect(await call('storedDigests')).toMatchObject([
      { name: 'a.pdf', read: a },
      { name: 'b.pdf', read: b },
    ]);
    expect((await call('counts', IDENTITY)).chunks).toBe(4);
    const raw = Buffer.from(await call('exportedText'), 'base64');
    expect(raw.subarray(0, 20).toString()).toBe('tenderproof-draft/1\n');
    for (const secret of ['31.4', 'a.pdf', IDENTITY.ocid, IDENTITY.organization]) {
      expect([secret, raw.includes(secret)]).toEqual([secret, false]);
    }
    await close();
  });

  it('refuses drafts of others, and files that are cut, extended or altered, and changes nothing', async () => {
    const { there, size, close } = await carried();
    const { call } = there;
    const refusals = async (identity: typeof IDENTITY) => {
      await call('start', identity);
      const code = await call('importDraft', passphrase);
      expect((await call('counts', identity)).chunks).toBe(0);
      expect(await call('snapshot')).toMatchObject({ draft: { lots: [] }, saving: { status: 'none' } });
      await call('stop');
      return code;
    };
    expect(await refusals({ ...IDENTITY, origin: 'x' })).toBe('other-registry');
    expect(await refusals({ ...IDENTITY, contract: 'x' })).toBe('other-registry');
    expect(await refusals({ ...IDENTITY, ocid: 'x' })).toBe('other-tender');
    expect(await refusals({ ...IDENTITY, organization: 'x' })).toBe('other-organization');

    await call('start', IDENTITY);
    await call('type', 'mine');
    await call('flush');
    const cases: [Parameters<Drafts['importDraft']>[1], string][] = [
      [{ cut: 10 }, 'not-a-draft-file'],
      [{ cut: 22 }, 'draft-file-truncated'],
      [{ cut: 300 }, 'draft-file-truncated'],
      [{ cut: -1 }, 'draft-file-truncated'],
      [{ cut: -MIB }, 'draft-file-truncated'],
      [{ append: 1 }, 'draft-file-altered'],
      [{ flip: 3 }, 'not-a-draft-file'],
      [{ flip: 18 }, 'draft-file-version'],
      [{ flip: -1 }, 'draft-file-altered'],
      [{ flip: -200 }, 'draft-file-altered'],
      [{ flip: Math.floor(size / 2) }, 'draft-file-altered'],
      [{ flip: 1500 }, 'draft-file-altered'],
    ];
    for (const [change, code] of cases) {
      expect([change, await call('importDraft', passphrase, change)]).toEqual([change, code]);
    }
    expect((await call('counts', IDENTITY)).chunks).toBe(0);
    expect(await call('snapshot')).toMatchObject({ draft: { lots: [{ prices: [{ unitPrice: 'mine' }] }] } });
    await close();
  });
});
