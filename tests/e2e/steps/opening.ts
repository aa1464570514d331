import { expect, type Page } from '@playwright/test';
import type { Person } from '../support/people';
import { confirm, visit } from '../support/visit';
import type { Bid } from './bid';
import { openKeyFile } from './committee';

/** Waits in the opening room until the bids are closed on chain, then releases the shares of all of them. */
export async function release(member: Person, ocid: string, keyFile: string): Promise<void> {
  const { page } = member;
  await visit(page, `/en/tenders/${ocid}/opening`);
  // Nobody presses anything for that: the due time passes, and the registry closes the stage.
  await expect(page.getByRole('heading', { name: 'Release your shares' })).toBeVisible({ timeout: 180_000 });
  await openKeyFile(member, keyFile);
  // A passphrase costs seconds of computing by design.
  await page.getByRole('button', { name: 'Open my shares' }).click({ timeout: 60_000 });
  await expect(page.getByText('Your shares are ready.')).toBeVisible();
  await confirm(page, 'Release my shares');
  await expect(
    page.getByText('Your shares have been filed').or(page.getByRole('heading', { name: 'Opening report' })),
  ).toBeVisible();
}

/** The opening report names every tenderer with its price. */
export async function expectReport(page: Page, ocid: string, bids: readonly Bid[]): Promise<void> {
  await page.goto(`/en/tenders/${ocid}`);
  const report = page.getByRole('table', { name: 'Bids as opened' });
  await expect(report).toBeVisible({ timeout: 60_000 });
  for (const { tenderer, total } of bids) {
    const row = report.getByRole('row').filter({ hasText: tenderer.organization.name });
    await expect(row).toContainText(total);
    await expect(row).toContainText('Valid');
  }
}

/** Before the opening a page must not tell that anybody has bid. */
export async function expectSealed(page: Page, ocid: string, bids: readonly Bid[]): Promise<void> {
  await page.goto(`/en/tenders/${ocid}`);
  await expect(page.getByText('Sealed until the opening')).toBeVisible();
  const html = await page.content();
  for (const { tenderer, total } of bids) {
    expect(html).not.toContain(tenderer.organization.name);
    expect(html).not.toContain(total);
  }
}

/** A citizen enters the opening room before the bids are open: it is told what happens, and nothing of any bid. */
export async function watch(page: Page, ocid: string, bids: readonly Bid[]): Promise<void> {
  await visit(page, `/en/tenders/${ocid}/opening`);
  await expect(page.locator('[data-link="live"]')).toBeVisible();
  const html = await page.content();
  for (const { tenderer } of bids) expect(html).not.toContain(tenderer.organization.name);
}

/** Without any reload the room has read out every bid, and shows who released. */
export async function expectReadOut(page: Page, bids: readonly Bid[], released: number): Promise<void> {
  const rows = page.getByRole('table', { name: 'Bids as opened' }).getByRole('row');
  await expect(page.getByTestId('room-state')).toContainText('The bids are open', { timeout: 60_000 });
  for (const { tenderer, total } of bids)
    await expect(rows.filter({ hasText: tenderer.organization.name })).toContainText(total);
  await expect(page.locator('[data-released="true"]')).toHaveCount(released);
}
