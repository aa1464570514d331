import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { verifyBidAct } from '@/lib/sealing/bid-act';
import { makeKeySet, SCOPE, signingKeys } from '../unit/sealing/fixture';
import { DIVIDED, WHOLE } from '../unit/browser/bid/fixture';
import { tusServer, type TusServer } from '../support/fake-tus';
import { inPage, openProfile, serveModules, type InPage, type ModuleServer } from '../support/in-chromium';
import type * as BidPlacePage from './pages/bid-place';

const PASSPHRASE = 'four words by telephone';
const keySet = makeKeySet(2, 3);
const setting = (change: Partial<BidPlacePage.Setting> = {}): BidPlacePage.Setting => ({
  locale: 'en',
  tender: { ...DIVIDED, bidsDue: new Date(Date.now() + 86_400_000).toISOString() },
  keySet,
  signingKeys: Object.fromEntries(signingKeys(3)),
  ...{ own: [], seeds: [], bidding: true, maxBytes: 200_000 },
  ...change,
});

let server: ModuleServer;
let profile: string;
let browser: BrowserContext;
let tus: TusServer;

beforeAll(async () => {
  server = await serveModules();
});
afterAll(() => server.stop());
beforeEach(async () => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-bid-place-'));
  browser = await openProfile(profile);
  tus = tusServer();
});
afterEach(async () => {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  call: InPage<typeof BidPlacePage>;
}

async function open(given = setting(), hash = ''): Promise<Opened> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await tus.serve(page);
  await page.goto(`${server.origin}/${hash}`);
  const call = inPage<typeof BidPlacePage>(page, 'tests/browser/pages/bid-place.tsx');
  await call('mount', given);
  return { page, call };
}

/** The page read anew, at the step where it was. */
async function reload({ page, call }: Opened, given = setting()): Promise<void> {
  await page.reload();
  await call('mount', given);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const goOn = (page: Page) => button(page, 'Continue').click();
const pdf = (name: string, size = 5_000) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(size, name),
});
const state = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).last().innerText();

/** Goes through every task for the second lot, and stops at the review. */
async function prepare({ page }: Opened): Promise<void> {
  await page.getByRole('link', { name: 'Check that you may bid' }).click();
  await page.getByLabel('We can.').check();
  await goOn(page);
  await goOn(page);
  await page.getByLabel('Lot 2: Chairs').check();
  await goOn(page);
  await page.locator('[name="price-2"]').fill('3.50');
  await page.keyboard.press('Enter');
  await page.keyboard.type('100');
  expect(await page.getByTestId('bid-total').innerText()).toBe('€108.75');
  await page.keyboard.press('Enter');
  await page.locator('#files').setInputFiles(pdf('method.pdf'));
  await page.getByText('One document, 5 kB').waitFor();
  await goOn(page);
  await goOn(page);
  await page.getByLabel('Alone.').check();
  await goOn(page);
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
}

async function seal(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await button(page, 'Continue to sealing').click();
  await page.getByLabel('Choose a passphrase').fill(passphrase);
  await page.getByLabel('Repeat the passphrase').fill(passphrase);
  await button(page, 'Seal and send the bid').click();
}

const done = (page: Page) => page.getByRole('heading', { name: 'Your bid is on record' }).waitFor();

/** Presses the button and gives what the browser saved. */
async function saved(page: Page, name: string): Promise<{ name: string; file: string }> {
  const downloading = page.waitForEvent('download');
  await button(page, name).first().click();
  const download = await downloading;
  const file = path.join(profile, download.suggestedFilename());
  await download.saveAs(file);
  return { name: download.suggestedFilename(), file };
}

describe('a bid of two envelopes', () => {
  it('is prepared task by task, survives reloads, and goes on record as one', async () => {
    const opened = await open();
    const { page, call } = opened;
    await page.getByText('The committee’s keys have been checked').waitFor();
    expect(await page.getByText('Check your answers, seal and send').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Check your answers, seal and send' }).count()).toBe(0);
    await prepare(opened);
    await page.locator('[data-saving="saved"]').waitFor();
    await reload(opened);
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    const technical = page.locator('[data-envelope="b/technical"]');
    expect(await technical.innerText()).toContain('method.pdf');
    expect(await technical.innerText()).toContain('This envelope carries no prices.');
    const financial = page.locator('[data-envelope="b/financial"]');
    expect(await financial.innerText()).toContain('only if your technical envelope passes');
    expect(await financial.getByTestId('review-total').innerText()).toBe('€108.75');

    // The line breaks after the first envelope; the page is closed over it.
    tus.breakAfter(1);
    await seal(page);
    await page.getByText('No connection to the registry').waitFor();
    await reload(opened);
    await page.getByRole('heading', { name: 'Your sealed bid is not on record yet' }).waitFor();
    tus.mend();
    await button(page, 'Go on sending').click();
    await done(page);
    expect(tus.begun(), 'what has arrived is not sent again').toBe(2);

    const { filed } = await call('whatWasAsked');
    expect(filed[0]?.envelopes.map(({ lot, part, replaces }) => [lot, part, replaces])).toEqual([
      ['b', 'technical', null],
      ['b', 'financial', null],
    ]);
    const { name, file } = await saved(page, 'Save the recovery file');
    expect(name).toMatch(/^tenderproof-recovery-[0-9a-f]{8}\.json$/);
    const recovery = JSON.parse(readFileSync(file, 'utf8')) as { bidKey: string; envelopes: string[] };
    expect(recovery.bidKey).toBe(filed[0]?.bidKey);
    expect(recovery.envelopes).toEqual(filed[0]?.envelopes.map(({ envelope }) => envelope));
    for (const sent of tus.bodies()) expect(sent.includes('method.pdf')).toBe(false);
  });

  it('is replaced under the key in the kept recovery file, lot by lot', async () => {
    const opened = await open();
    const { page, call } = opened;
    await prepare(opened);
    await seal(page);
    await done(page);
    await button(page, 'To your bid on record').click();
    await button(page, 'Change your bid').click();
    expect(await page.getByText('A bid for this lot is on record.').count()).toBe(1);
    await page.getByLabel('Lot 2: Chairs').check();
    await page.getByLabel('Lot 1: Desks').check();
    await goOn(page);
    await page.locator('[name="price-1"]').fill('7');
    await goOn(page);
    await page.locator('#files').setInputFiles(pdf('desks.pdf'));
    await page.getByText('One document, 5 kB').waitFor();
    await page.getByRole('link', { name: 'Back to the task list' }).click();
    expect(await state(page, 'Documents of the financial envelope')).toContain('Optional');
    await page.getByRole('link', { name: 'Check your answers, seal and send' }).click();
    await button(page, 'Continue to sealing').click();
    await page.getByLabel('Choose a passphrase').fill('another passphrase');
    await page.getByLabel('Repeat the passphrase').fill('another passphrase');
    await button(page, 'Seal and send the bid').click();
    await page.getByRole('alert').getByText('Open the recovery file of the bid that you replace').waitFor();
    await page.getByLabel('Passphrase of the recovery file').fill('not this one at all');
    await button(page, 'Open the recovery file').click();
    await page.locator('[data-code="wrong-passphrase"]').waitFor();
    await page.getByLabel('Passphrase of the recovery file').fill(PASSPHRASE);
    await button(page, 'Open the recovery file').click();
    await page.getByText('The recovery file is open.').waitFor();
    await button(page, 'Seal and send the bid').click();
    await done(page);

    const { filed } = await call('whatWasAsked');
    const [first, second] = filed;
    expect(second?.bidKey).not.toBe(first?.bidKey);
    expect(second?.envelopes.map(({ lot, part, replaces }) => [lot, part, replaces !== null])).toEqual([
      ['a', 'technical', false],
      ['a', 'financial', false],
      ['b', 'technical', true],
      ['b', 'financial', true],
    ]);
    const { chainId, contract, ocid } = SCOPE;
    for (const { lot, part, envelope, replaces } of second?.envelopes.slice(2) ?? []) {
      const act = { act: 'replace', bid: replaces?.bid ?? '', chainId, contract, ocid, envelope } as const;
      const signed = { ...act, lot, part, tenderer: 'org-acme' };
      expect(verifyBidAct(first?.bidKey ?? '', signed, replaces?.signature ?? '')).toBe(true);
    }
  });

  it('is sealed again when the committee was replaced, and nothing typed is lost', async () => {
    const opened = await open();
    const { page, call } = opened;
    await prepare(opened);
    tus.breakAfter(0);
    await seal(page);
    await page.getByText('No connection to the registry').waitFor();
    await button(page, 'Stop').click();
    await page.getByText('Stopped. What has arrived is kept').waitFor();
    const other = makeKeySet(2, 2);
    await call('changeTo', { keySet: other });
    await page.getByText('The opening committee was replaced after this bid was sealed').waitFor();
    tus.mend();
    await button(page, 'Seal it again').click();
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    await seal(page);
    await done(page);
    const { filed } = await call('whatWasAsked');
    expect(filed).toHaveLength(1);
  });
});

describe('files', () => {
  it('that cannot be sealed are refused one by one, with the reason beside each', async () => {
    const { page } = await open(setting({ tender: WHOLE }), '#files/1');
    const chosen = [
      pdf('offer.pdf'),
      pdf('OFFER.pdf'),
      { ...pdf('nothing.pdf'), buffer: Buffer.alloc(0) },
      pdf('huge.pdf', 300_000),
      pdf('CON'),
      pdf('second.pdf'),
      pdf('fourth.pdf'),
    ];
    await page.locator('#files').setInputFiles(chosen);
    const refused = page.getByTestId('refused-files');
    await refused.getByText('4 files were not added').waitFor();
    const reasons = await refused.getByRole('listitem').allInnerTexts();
    expect(reasons).toEqual([
      expect.stringMatching(/^OFFER\.pdf.*is there already/),
      expect.stringMatching(/^nothing\.pdf.*is empty/),
      expect.stringMatching(/^huge\.pdf.*200 kB together/),
      expect.stringMatching(/^fourth\.pdf.*at most 3 files/),
    ]);
    await page.getByText('will be sealed as _CON').waitFor();
    await page.getByText('3 documents').waitFor();
    await page.getByRole('button', { name: 'Remove second.pdf' }).click();
    await page.getByText('2 documents').waitFor();
  });
});

describe('what is on record', () => {
  const live = (byte: string, bidKey: string): OwnBid => ({
    ...{ id: `record-${byte}`, commitment: byte.repeat(32), lot: '', part: '' as const },
    ...{ time: '2026-11-27T14:03:00.000Z', standing: 'live', index: 1, anchored: false },
    sealed: { envelope: 'ee'.repeat(32), size: 5, bidKey, keyset: 'cc'.repeat(32) },
  });

  it('is withdrawn under its key, from a recovery file that is chosen', async () => {
    const first = await open(setting({ tender: WHOLE }));
    const { page, call } = first;
    await page.getByRole('link', { name: 'Check that you may bid' }).click();
    await page.getByLabel('We can.').check();
    await goOn(page);
    await goOn(page);
    await page.locator('[name="price-1"]').focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '5\n6\n');
      const pasted = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(pasted);
    });
    expect(await page.getByTestId('bid-total').innerText()).toBe('€65');
    await goOn(page);
    await goOn(page);
    await page.getByLabel('Alone.').check();
    await goOn(page);
    await seal(page);
    await done(page);
    const { file } = await saved(page, 'Save the recovery file');
    const bidKey = (await call('whatWasAsked')).filed[0]?.bidKey ?? '';

    // Another computer: nothing of the bid is in it.
    const { page: other, call: there } = await open(
      setting({ tender: WHOLE, own: [live('a1', bidKey), live('a2', 'dd'.repeat(32))].slice(0, 1) }),
      '#withdraw',
    );
    await other.getByLabel('I withdraw this bid').check();
    await other.getByLabel('recovery file', { exact: false }).first().setInputFiles(file);
    await other.getByText('Recovery file chosen').waitFor();
    await other.getByLabel('Passphrase of the recovery file').fill(PASSPHRASE);
    await other.keyboard.press('Enter');
    await other.getByText('The recovery file is open.').waitFor();
    await button(other, 'Withdraw the bid').click();
    await other.getByText('Bid again').waitFor();
    const { withdrawn } = await there('whatWasAsked');
    const [[signed]] = withdrawn as [[{ bid: string; signature: string }]];
    const { chainId, contract, ocid } = SCOPE;
    const act = { act: 'withdraw', bid: 'a1'.repeat(32), chainId, contract, ocid, envelope: null } as const;
    expect(signed.bid).toBe('a1'.repeat(32));
    const whole = { ...act, lot: '', part: '', tenderer: 'org-acme' };
    expect(verifyBidAct(bidKey, whole, signed.signature)).toBe(true);
  });
});

describe('who seals elsewhere', () => {
  it('finds the sealer, its digest, and the identifier that it asks for', async () => {
    const { page } = await open(setting(), '#elsewhere');
    const link = page.getByRole('link', { name: 'Download the offline sealer' });
    expect(await link.getAttribute('href')).toBe('/tenderproof-sealer.html');
    expect(await link.getAttribute('download')).not.toBeNull();
    expect(await page.getByTestId('own-identifier').innerText()).toBe('org-acme');
    await page.getByText('5e'.repeat(32)).waitFor();
    const record = page.getByRole('link', { name: 'see the record, and check it' });
    expect(await record.getAttribute('href')).toBe('/en/verify#record=019c4b31-1000-7000-8000-00000000000a');
    await page.evaluate(() => void (window.location.hash = '#tasks'));
    await page.getByRole('heading', { name: 'Seal the bid outside of this page' }).waitFor();
    expect(await link.count()).toBe(1);
    await page.getByText('5e'.repeat(32)).waitFor();
  });
});

describe('everybody', () => {
  const STEPS = [
    '',
    '#eligibility',
    '#partners',
    '#lots',
    '#prices/2',
    '#files/2/technical',
    '#review',
    '#seal',
    '#elsewhere',
  ];

  it.each(['en', 'zh'] as const)('can use every step (%s)', async (locale) => {
    const opened = await open(setting({ locale }));
    const { page } = opened;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const step of STEPS) {
      await page.evaluate((hash) => void (window.location.hash = hash), step);
      await page.locator('h2').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze();
      expect([step, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([
        step,
        [],
      ]);
    }
  });
});
