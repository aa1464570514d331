import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
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
  /** Words that stand in the bid's file, and in its name. */
  secret: string;
}

export interface Handed {
  /** SHA-256 of the sealed envelope, by the receipt. */
  envelope: string;
  receipt: { record: { commitment?: string } } & Record<string, unknown>;
}

/** Prices, a file, a passphrase, and the bid is sealed and sent; receipt and recovery file are saved. */
export async function handIn({ tenderer, prices, total, secret }: Bid, ocid: string): Promise<string> {
  const { page, part, organization } = tenderer;
  await visit(page, `/en/tenders/${ocid}/bid`);
  await expect(page.getByText('The committee’s keys have been checked in this browser')).toBeVisible();
  await expect(page.getByText(`You bid for ${organization.name}.`)).toBeVisible();
  for (const [item, price] of Object.entries(prices))
    await page.locator(`[name="price-${item}"]`).fill(price);
  await expect(page.getByTestId('bid-total')).toHaveText(total);
  const goOn = page.getByRole('button', { name: 'Continue', exact: true });
  await goOn.click();
  await page.locator('#files').setInputFiles(asFile(`${secret}.pdf`, 'application/pdf', pdf(secret)));
  await goOn.click();
  await page.getByLabel('Choose a passphrase').fill(`the secret of ${part}`);
  await page.getByLabel('Repeat the passphrase').fill(`the secret of ${part}`);
  await goOn.click();
  await expect(page.getByText(`${secret}.pdf`)).toBeVisible();
  await page.getByRole('button', { name: 'Seal and send the bid' }).click();
  await expect(page.getByRole('heading', { name: 'Your bid has been filed' })).toBeVisible({
    timeout: 60_000,
  });
  const files: string[] = [];
  for (const [button, name] of [
    ['Save the receipt', /receipt.*\.json$/],
    ['Save the recovery file', /^tenderproof-recovery-[0-9a-f]{8}\.json$/],
  ] as const) {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toMatch(name);
    const target = test.info().outputPath(`${part}-${download.suggestedFilename()}`);
    await download.saveAs(target);
    files.push(target);
  }
  const [receipt, recovery] = files as [string, string];
  expect(JSON.parse(await fs.readFile(recovery, 'utf8'))).toBeTruthy();
  expect(await fs.readFile(recovery, 'utf8')).not.toContain(secret);
  return receipt;
}

/** What a bid says, by what it is called: texts that are nowhere by chance. */
export const secretsOf = (bids: readonly Bid[]): Record<string, string> =>
  Object.fromEntries(
    bids.flatMap(({ tenderer: { part }, total, secret }) => [
      [`total price of ${part}`, total.replaceAll(/[^\d.]/g, '')],
      [`total of ${part} as written`, total],
      [`words and file name of ${part}`, secret],
      [`passphrase of ${part}`, `the secret of ${part}`],
    ]),
  );

/** What the server keeps of a bid is ciphertext: neither the file's words nor its name stand in it. */
export async function expectOnlyCiphertext(ocid: string, bids: readonly Bid[]): Promise<void> {
  const uploads = await inside().sql(
    `SELECT u."storageKey", u.sha256 FROM uploads u JOIN tenders t ON t.id = u."tenderId"
      WHERE t.ocid = $1 AND u.kind = 'envelope'`,
    [ocid],
  );
  expect(uploads).toHaveLength(bids.length);
  for (const { storageKey } of uploads) {
    const stored = await fs.readFile(path.join(inside().dataFolder, 'storage', String(storageKey)));
    for (const { secret } of bids) expect(stored.includes(Buffer.from(secret))).toBe(false);
  }
}
