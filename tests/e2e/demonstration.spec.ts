import { expect, test } from '@playwright/test';
import { inside, tenderId } from './support/inside';
import { keyOf } from './support/ledger';
import { visit } from './support/visit';

// The demonstration, for a visitor without an account.

test.skip(process.env.E2E_SEED === '0', 'this registry was started without its demonstration');

test('a visitor becomes somebody else in one click, and a citizen again', async ({ page }) => {
  await visit(page, '/en/tenders');
  const bar = page.locator('details', { hasText: 'You are' });
  await bar.locator('summary').click();
  await bar.getByRole('button', { name: /Freya Hansen/ }).click();
  await expect(bar.locator('summary')).toContainText('Freya Hansen');
  await expect(page).toHaveURL(/\/en\/tenders$/);
  await page.getByRole('link', { name: 'My work' }).click();
  await expect(page.getByText('Good day, Freya Hansen.')).toBeVisible();
  await bar.locator('summary').click();
  await bar.getByRole('button', { name: /A citizen/ }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
});

test('one click begins a tender, which robots approve and the chain opens', async ({ page }) => {
  await visit(page, '/en/demo');
  await page.getByRole('button', { name: 'Begin a tender' }).click();
  await page.waitForURL(/\/en\/tenders\/ocds-/);
  const ocid = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  const { ledger, sql } = inside();
  await expect
    .poll(async () => (await ledger.tenderOf(keyOf(ocid))) !== null, { timeout: 90_000, intervals: [500] })
    .toBe(true);
  await page.goto(`/en/tenders/${ocid}`);
  // Once the worker has seen the block as final, the page follows at its next reading.
  await expect(page.locator('[data-phase="open"]')).toBeVisible({ timeout: 60_000 });
  const [row] = await sql('SELECT robots FROM tenders WHERE id = $1', [await tenderId(ocid)]);
  expect(row?.robots).not.toBeNull();
});
