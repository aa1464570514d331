import { expect } from '@playwright/test';
import { asFile, pdf } from '../support/files';
import type { Person } from '../support/people';
import { confirm, untilAlive, visit } from '../support/visit';

/** The standstill runs, and nobody can make the award final. */
export async function expectStandstill({ page }: Person, ocid: string): Promise<void> {
  await page.goto(`/en/tenders/${ocid}/award`);
  await expect(page.getByText('The standstill is running')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Make the award final' })).toHaveCount(0);
}

/** Waits until the standstill is over, and makes the award final. */
export async function makeFinal({ page }: Person, statement: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Make the award final' })).toBeVisible({ timeout: 240_000 });
  await untilAlive(page);
  await page.locator('[name="statement"]').fill(statement);
  await confirm(page, 'Make the award final');
  await expect(page.getByRole('link', { name: 'File the contract' })).toBeVisible({ timeout: 60_000 });
}

/** Files the signed contract with its document. */
export async function fileContract({ page }: Person, ocid: string, name: string): Promise<void> {
  await visit(page, `/en/tenders/${ocid}/contract`);
  await page.locator('#documents').setInputFiles(asFile(name, 'application/pdf', pdf('The signed contract')));
  await expect(page.getByRole('list', { name: 'Uploaded documents' })).toContainText(name);
  await confirm(page, 'File the contract');
  await expect(page.getByText('The contract is on record')).toBeVisible({ timeout: 60_000 });
}
