import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { asFile, pdf, zip } from '../support/files';
import { inside } from '../support/inside';
import type { Person } from '../support/people';
import { confirm, untilAlive, visit } from '../support/visit';

const PACKAGE = path.join(import.meta.dirname, '..', 'fixtures', 'school-kitchen-release-package.json');
export const TITLE = 'Convection ovens for twelve school kitchens';
export const SPECIFICATION = asFile(
  'Specification.pdf',
  'application/pdf',
  pdf('Specification of the ovens'),
);
export const DRAWINGS = asFile(
  'Drawings.zip',
  'application/zip',
  zip('kitchens.txt', Buffer.alloc(3_000_000, 'wall outlet north side\n')),
);

/** Begins a tender after a published notice, and returns its ocid. */
export async function beginFromTemplate({ page }: Person): Promise<string> {
  await visit(page, '/en/tenders/new');
  await page.locator('#ocds').setInputFiles(PACKAGE);
  await expect(page.getByRole('radio', { name: TITLE })).toBeChecked();
  const left = page.getByRole('region', { name: 'What is left out' });
  for (const [reason, where] of [
    ['Results of the old procedure', '$.awards'],
    ['Results of the old procedure', '$.contracts'],
    ['Who tendered in the old procedure', '$.tender.tenderers'],
    ['Contact persons', '$.parties[0].contactPoint'],
  ] as const) {
    const row = left.locator('div').filter({ has: page.locator('dt', { hasText: reason }) });
    await expect(row.locator('dd').last()).toContainText(where);
  }
  await page.getByRole('button', { name: 'Begin with this draft' }).click();
  await page.waitForURL(/\/en\/tenders\/ocds-[^/]+\/draft$/);
  await expect(page.getByText('This draft began after release 12-contract-2025-09-14')).toBeVisible();
  return decodeURIComponent(new URL(page.url()).pathname.split('/')[3] ?? '');
}

/** Nothing of the old procedure's results or people has reached the server. */
export async function expectNothingPersonal(ocid: string): Promise<void> {
  const [row] = await inside().sql('SELECT draft::text AS draft FROM tenders WHERE ocid = $1', [ocid]);
  const draft = String(row?.draft);
  expect(draft).toContain(TITLE);
  for (const word of ['Imogen', 'Vasquez', 'Piotr', 'halden.example', 'Halden', '79310', '7946'])
    expect(draft).not.toContain(word);
}

const goOn = (page: Page) => page.getByRole('button', { name: 'Save and continue' }).click();

/** Completes the notice, the items, the criteria with their weights, and a first deadline. */
export async function complete({ page }: Person, ocid: string): Promise<void> {
  const base = `/en/tenders/${ocid}/draft`;
  await page.getByRole('link', { name: /^The notice/ }).click();
  await page.waitForURL(`**${base}/notice`);
  await untilAlive(page);
  await page.locator('[name="budget.source"]').fill('School programme 2026, line 4.2');
  await goOn(page);
  // One lot and one envelope, and what bidders usually confirm: nothing to change on these pages.
  await page.waitForURL(`**${base}/lots`);
  await untilAlive(page);
  await goOn(page);
  await page.waitForURL(`**${base}/items`);
  await untilAlive(page);
  await expect(page.locator('[name="items.1.quantity"]')).toHaveValue('24.5');
  await page.locator('[name="items.1.quantity"]').fill('36');
  await goOn(page);
  await page.waitForURL(`**${base}/criteria`);
  await untilAlive(page);
  await page.locator('[name="criteria.0.weight"]').fill('60');
  await page.locator('[name="criteria.1.weight"]').fill('25');
  await expect(page.getByText('The weights add up to 85: 15 more to give')).toBeVisible();
  await page.getByRole('button', { name: 'Add a criterion' }).click();
  await page.locator('[name="criteria.2.title"]').fill('Delivery time');
  await page.locator('[name="criteria.2.weight"]').fill('15');
  await expect(page.getByText('The weights add up to 100')).toBeVisible();
  await goOn(page);
  await page.waitForURL(`**${base}/statements`);
  await untilAlive(page);
  await goOn(page);
  await page.waitForURL(`**${base}/deadlines`);
  await untilAlive(page);
  await page.getByRole('button', { name: 'in 15 min' }).click();
  await goOn(page);
  await page.waitForURL(`**${base}/documents`);
}

/** Uploads a PDF and a ZIP over a slow line, so that the progress can be seen. */
export async function uploadDocuments(officer: Person, ocid: string): Promise<void> {
  const { page, context } = officer;
  await untilAlive(page);
  const line = await context.newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_500_000 };
  await line.send('Network.emulateNetworkConditions', slow);
  await page.locator('#documents').setInputFiles([SPECIFICATION, DRAWINGS]);
  await expect(page.getByRole('progressbar', { name: DRAWINGS.name })).toBeVisible();
  const arrived = page.getByRole('list', { name: 'Uploaded documents' });
  await expect(arrived).toContainText(SPECIFICATION.name);
  await expect(arrived).toContainText(DRAWINGS.name);
  await line.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  await line.detach();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.waitForURL(`**/en/tenders/${ocid}/draft`);
  await expect(page.getByText('2 documents')).toBeVisible();
}

/** Moves the deadline to a few moments from now, to the second. */
export async function setDeadline({ page }: Person, ocid: string, due: Date): Promise<void> {
  await visit(page, `/en/tenders/${ocid}/draft/deadlines`);
  await page.locator('input[type="datetime-local"]').fill(due.toISOString().slice(0, 19));
  await goOn(page);
  await page.waitForURL(`**/en/tenders/${ocid}/draft/documents`);
}

/** "Check your answers", and the request for publication. */
export async function askForPublication({ page }: Person, ocid: string): Promise<void> {
  await visit(page, `/en/tenders/${ocid}/draft/check`);
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(page.getByRole('link', { name: DRAWINGS.name })).toBeVisible();
  await confirm(page, 'Ask for publication');
  await expect(page.getByText('The draft is waiting for approval')).toBeVisible();
}
