import fs from 'node:fs/promises';
import { expect, test, type Locator, type Page, type Request } from '@playwright/test';
import { visit } from '../support/visit';

/** Finds a tender by words of its title, from the home page. */
export async function find(page: Page, words: string, title: string): Promise<void> {
  await visit(page, '/en');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tenders' }).click();
  await page.waitForURL('**/en/tenders');
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL(/[?&]q=/);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** Downloads a document from the tender's page. @returns where it was saved. */
export async function download(page: Page, name: RegExp): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.getByRole('main').getByRole('link', { name }).first().click();
  const file = await saving;
  const target = test.info().outputPath(file.suggestedFilename());
  await file.saveAs(target);
  return target;
}

/** A copy of the file with one byte changed in its middle, under the same name. */
export async function alter(file: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const buffer = Buffer.from(await fs.readFile(file));
  const middle = Math.floor(buffer.length / 2);
  buffer[middle] = (buffer[middle] ?? 0) ^ 1;
  return { name: file.split('/').at(-1) ?? '', mimeType: 'application/pdf', buffer };
}

/** Drops a file on the page of verification. @returns the result's place on the page, and what was asked of whom. */
export async function verify(
  page: Page,
  file: Parameters<Locator['setInputFiles']>[0],
): Promise<{ result: Locator; requests: Request[] }> {
  await visit(page, '/en/verify');
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.locator('#files').setInputFiles(file);
  const result = page.locator('[data-verdict]');
  await expect(result).toBeVisible({ timeout: 30_000 });
  return { result, requests };
}
