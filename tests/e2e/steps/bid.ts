import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { asFile, pdf } from '../support/files';
import { inside } from '../support/inside';
import type { Person } from '../support/people';
import { visit } from '../support/visit';

export interface Bid {
  tenderer: Person;
  /** Unit price by item, as typed. */
  prices: Record<string, string>;
  /** As the pages write it. */
  total: string;
  /** What is handed in first, and replaced before the deadline. */
  first?: { prices: Record<string, string>; total: string };
  /** Words that stand in the bid's file, and in its name. */
  secret: string;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const goOn = (page: Page) => button(page, 'Continue').click();
/** Of the n-th bid of a tenderer: each has a recovery file of its own. */
const passphraseOf = ({ part }: Person, n: number) => `the ${n}. secret of ${part}`;

async function confirmAll(page: Page): Promise<void> {
  const boxes = page.getByRole('main').getByRole('checkbox');
  // `all` takes what is there: the step must be on the page first.
  await expect(boxes.first()).toBeVisible();
  for (const box of await boxes.all()) await box.check();
}

/** From field to field by the keyboard. */
async function typePrices(page: Page, { prices, total }: Pick<Bid, 'prices' | 'total'>): Promise<void> {
  const [first, ...rest] = Object.entries(prices) as [[string, string], ...[string, string][]];
  await page.locator(`[name="price-${first[0]}"]`).fill(first[1]);
  for (const [item, price] of rest) {
    await page.keyboard.press('Enter');
    await expect(page.locator(`[name="price-${item}"]`)).toBeFocused();
    await page.keyboard.type(price);
  }
  await expect(page.getByTestId('bid-total')).toHaveText(total);
}

/** What the browser saves when the button is pressed. */
async function save(page: Page, name: string, as: RegExp, prefix: string): Promise<string> {
  const saving = page.waitForEvent('download');
  await button(page, name).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(as);
  const target = test.info().outputPath(`${prefix}-${download.suggestedFilename()}`);
  await download.saveAs(target);
  return target;
}

/** From the passphrase on: seals, sends, and saves both files. @returns the receipt's file */
async function sealAndSend({ tenderer, secret }: Bid, n: number): Promise<string> {
  const { page, part } = tenderer;
  await page.getByLabel('Choose a passphrase').fill(passphraseOf(tenderer, n));
  await page.getByLabel('Repeat the passphrase').fill(passphraseOf(tenderer, n));
  await button(page, 'Seal and send the bid').click();
  await expect(page.getByRole('heading', { name: 'Your bid is on record' })).toBeVisible({ timeout: 60_000 });
  const prefix = `${part}-${n}`;
  const recovery = await save(
    page,
    'Save the recovery file',
    /^tenderproof-recovery-[0-9a-f]{8}\.json$/,
    prefix,
  );
  expect(JSON.parse(await fs.readFile(recovery, 'utf8'))).toBeTruthy();
  expect(await fs.readFile(recovery, 'utf8')).not.toContain(secret);
  return save(page, 'Save the receipt', /receipt.*\.json$/, prefix);
}

/** Task by task, with a reload in the middle: the bid is sealed and sent; receipt and recovery file are saved. */
export async function handIn(bid: Bid, ocid: string): Promise<string> {
  const { tenderer, first = bid, secret } = bid;
  const { page, organization } = tenderer;
  await visit(page, `/en/tenders/${ocid}/bid`);
  await expect(page.getByText('The committee’s keys have been checked in this browser')).toBeVisible();
  await expect(page.getByText(`You bid for ${organization.name}.`)).toBeVisible();
  await page.getByRole('link', { name: 'Check that you may bid' }).click();
  await confirmAll(page);
  await goOn(page);
  await expect(page.getByText('You bid alone.', { exact: true })).toBeVisible();
  await goOn(page);
  await typePrices(page, first);
  await expect(page.locator('[data-saving="saved"]')).toBeVisible();

  await page.reload();
  for (const [item, price] of Object.entries(first.prices))
    await expect(page.locator(`[name="price-${item}"]`)).toHaveValue(price);
  await expect(page.getByTestId('bid-total')).toHaveText(first.total);
  await goOn(page);
  await page.locator('#files').setInputFiles(asFile(`${secret}.pdf`, 'application/pdf', pdf(secret)));
  await expect(page.getByText('One document')).toBeVisible();
  await goOn(page);
  await confirmAll(page);
  await goOn(page);
  await expect(page.getByRole('heading', { name: 'Check your answers' })).toBeVisible();
  await expect(page.getByText(`${secret}.pdf`)).toBeVisible();
  await expect(page.getByTestId('review-total')).toHaveText(first.total);
  await button(page, 'Continue to sealing').click();
  const receipt = await sealAndSend(bid, 1);
  await button(page, 'To your bid on record').click();
  await expect(page.locator('[data-standing="live"]')).toHaveCount(1);
  return receipt;
}

/** Puts the bid with its last prices in the place of the first, under the key in the recovery file. */
export async function replace(bid: Bid, ocid: string): Promise<string> {
  const { tenderer, secret } = bid;
  const { page } = tenderer;
  await visit(page, `/en/tenders/${ocid}/bid`);
  await button(page, 'Change your bid').click();
  await page.getByRole('link', { name: 'Prices', exact: true }).click();
  await typePrices(page, bid);
  await page.getByRole('link', { name: 'Back to the task list' }).click();
  await page.getByRole('link', { name: 'Check your answers, seal and send' }).click();
  await expect(page.getByText(`${secret}.pdf`)).toBeVisible();
  await expect(page.getByTestId('review-total')).toHaveText(bid.total);
  await button(page, 'Continue to sealing').click();
  await page.getByLabel('Passphrase of the recovery file').fill(passphraseOf(tenderer, 1));
  await button(page, 'Open the recovery file').click();
  // A passphrase costs seconds of computing by design.
  await expect(page.getByText('The recovery file is open.')).toBeVisible({ timeout: 60_000 });
  const receipt = await sealAndSend(bid, 2);
  await button(page, 'To your bid on record').click();
  await expect(page.locator('[data-standing="live"]')).toHaveCount(1);
  await expect(page.locator('[data-standing="replaced"]')).toHaveCount(1);
  return receipt;
}

/** How many bids are on record: those that were replaced too. */
export const leavesOf = (bids: readonly Bid[]): number =>
  bids.reduce((count, { first }) => count + (first ? 2 : 1), 0);

/** What a bid says, by what it is called: texts that are nowhere by chance. */
export const secretsOf = (bids: readonly Bid[]): Record<string, string> =>
  Object.fromEntries(
    bids.flatMap(({ tenderer, total, first, secret }) =>
      [total, ...(first ? [first.total] : [])].flatMap((sum, n) => [
        [`total price ${n + 1} of ${tenderer.part}`, sum.replaceAll(/[^\d.]/g, '')],
        [`total ${n + 1} of ${tenderer.part} as written`, sum],
        [`words and file name of ${tenderer.part}`, secret],
        [`passphrase ${n + 1} of ${tenderer.part}`, passphraseOf(tenderer, n + 1)],
      ]),
    ),
  );

/** What the server keeps of a bid is ciphertext: neither the file's words nor its name stand in it. */
export async function expectOnlyCiphertext(ocid: string, bids: readonly Bid[]): Promise<void> {
  const uploads = await inside().sql(
    `SELECT u."storageKey", u.sha256 FROM uploads u JOIN tenders t ON t.id = u."tenderId"
      WHERE t.ocid = $1 AND u.kind = 'envelope'`,
    [ocid],
  );
  // Whatever was replaced stays: it is a leaf of the stage.
  expect(uploads).toHaveLength(leavesOf(bids));
  for (const { storageKey } of uploads) {
    const stored = await fs.readFile(path.join(inside().dataFolder, 'storage', String(storageKey)));
    for (const { secret } of bids) expect(stored.includes(Buffer.from(secret))).toBe(false);
  }
}
