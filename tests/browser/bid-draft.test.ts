import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inPage, openProfile, serveModules, type ModuleServer } from '../support/in-chromium';
import type * as BidDraftPage from './pages/bid-draft';

const IDENTITY = {
  origin: 'tenders.example.org',
  contract: '0x00000000000000000000000000000000000000aa',
  ocid: 'ocds-example-0001',
  organization: 'org:alpha',
};
const PASSPHRASE = 'four words by telephone';

let server: ModuleServer;
let profile: string;
let browser: BrowserContext;

async function open(identity = IDENTITY, locale: 'en' | 'zh' = 'en'): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(server.origin);
  await inPage<typeof BidDraftPage>(page, 'tests/browser/pages/bid-draft.tsx')('mount', identity, locale);
  return page;
}

const priceOn = (page: Page) => page.locator('#price').inputValue();
const savedOn = (page: Page) => page.locator('[data-saving="saved"]').waitFor();

beforeAll(async () => {
  server = await serveModules();
});
afterAll(() => server.stop());
beforeEach(async () => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-bid-draft-'));
  browser = await openProfile(profile);
});
afterEach(async () => {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
});

describe('the draft on the bid page', () => {
  it('is saved while it is typed, and is there when the page is opened again', async () => {
    const page = await open();
    await page.locator('[data-saving="none"]').waitFor();
    await page.locator('#price').pressSequentially('1250.50');
    await savedOn(page);
    expect(await page.locator('[data-saving]').textContent()).toMatch(/^Saved in this browser at \d\d:\d\d$/);
    await page.close();
    const again = await open();
    await savedOn(again);
    expect(await priceOn(again)).toBe('1250.50');
  });

  it('says in a second tab where it is open, and continues there when told to', async () => {
    const first = await open();
    await first.locator('#price').fill('5');
    await savedOn(first);
    const second = await open();
    await second.getByText('This draft is open in another tab').waitFor();
    expect(await second.locator('#price').count()).toBe(0);
    await second.getByRole('button', { name: 'Continue here' }).click();
    await second.locator('#price').waitFor();
    expect(await priceOn(second)).toBe('5');
    await first.getByText('This draft is now open in another tab').waitFor();
    expect(await first.locator('#price').count()).toBe(0);
  });

  it('goes to another browser as a file, and replaces what is there only when that is agreed to', async () => {
    const page = await open();
    await page.locator('#price').fill('31.4');
    const offer = { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(70_000, 7) };
    await page.locator('#documents').setInputFiles(offer);
    await page.getByText('offer.pdf').waitFor();
    await page.getByText('Hand over, take in or delete this draft').click();
    await page.getByRole('button', { name: 'Save as a file' }).click();
    await page.getByRole('alert').getByText('Use at least 12 characters.', { exact: false }).waitFor();
    await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
    await page.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^tenderproof-draft-[\d-]+\.tpdraft$/);
    const file = path.join(profile, 'colleague.tpdraft');
    await download.saveAs(file);
    expect(readFileSync(file).includes('31.4')).toBe(false);

    await page.locator('#price').fill('99');
    await page.getByLabel('Draft file').setInputFiles(file);
    await page.getByLabel('Passphrase of the file').fill('not this one at all');
    await page.getByRole('button', { name: 'Take in the draft' }).click();
    await page.getByRole('alert').getByText('may be replaced', { exact: false }).waitFor();
    await page.getByLabel('Replace what is in this draft now', { exact: false }).check();
    await page.getByRole('button', { name: 'Take in the draft' }).click();
    await page.locator('[data-code="wrong-passphrase"]').waitFor();
    expect(await priceOn(page)).toBe('99');
    await page.getByLabel('Passphrase of the file').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Take in the draft' }).click();
    await page.getByText('The draft has been taken in', { exact: false }).waitFor();
    expect(await priceOn(page)).toBe('31.4');
    expect(await page.getByText('offer.pdf').count()).toBe(1);
  });

  it('is deleted after a second question', async () => {
    const page = await open();
    await page.locator('#price').fill('5');
    await savedOn(page);
    await page.getByText('Hand over, take in or delete this draft').click();
    await page.getByRole('button', { name: 'Delete the draft' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await priceOn(page)).toBe('5');
    await page.getByRole('button', { name: 'Delete the draft' }).click();
    await dialog.getByRole('button', { name: 'Delete the draft' }).click();
    await page.locator('[data-saving="none"]').waitFor();
    expect(await priceOn(page)).toBe('');
  });

  it('lists the drafts of the same bidder for other tenders, and deletes them there', async () => {
    for (const other of [
      { ocid: 'ocds-example-0002' },
      { organization: 'org:beta', ocid: 'ocds-example-0003' },
    ]) {
      const page = await open({ ...IDENTITY, ...other });
      await page.locator('#price').fill('5');
      await savedOn(page);
      await page.close();
    }
    const page = await open();
    await page.locator('summary').click();
    await page.getByText('ocds-example-0002').first().waitFor();
    expect(await page.getByText('ocds-example-0003').count()).toBe(0);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the draft' }).click();
    await page.getByText('Other drafts in this browser').waitFor({ state: 'detached' });
  });

  it.each(['en', 'zh'] as const)('can be used by everybody (%s)', async (locale) => {
    const page = await open(IDENTITY, locale);
    await page.locator('summary').click();
    const { violations } = await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
