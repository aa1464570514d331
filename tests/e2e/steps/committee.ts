import { expect, test, type Page } from '@playwright/test';
import type { Person } from '../support/people';
import { untilAlive, visit } from '../support/visit';

const passphraseOf = ({ part }: Person): string => `a passphrase of the ${part}`;

const committeePage = (ocid: string): string => `/en/tenders/${ocid}/committee`;

/** Milliseconds. A passphrase costs seconds of computing by design, and the members of a committee open theirs at once. */
const PASSPHRASE = { timeout: 60_000 };

const rowsOf = (page: Page): Promise<number> => page.locator('#members > ol > li').count();

/** Three people, of whom two open the bids together. */
export async function appoint(officer: Person, members: readonly Person[], ocid: string): Promise<void> {
  const { page } = officer;
  await visit(page, committeePage(ocid));
  const seats = ['officer', 'regulator', 'observer'] as const;
  for (const [position, seat] of seats.entries()) {
    const { name, organization } = members[position]!;
    await page.locator(`[name="members.${position}.seat"]`).selectOption(seat);
    const person = page.locator(`[name="members.${position}.person"]`);
    await person.selectOption({ label: `${name}, ${organization.name}` });
  }
  for (let rows = await rowsOf(page); rows > seats.length; rows = await rowsOf(page))
    await page.getByRole('button', { name: `Remove Member ${rows}`, exact: true }).click();
  await expect(page.locator('[name="k"]')).toHaveValue('2');
  await expect(page.getByText('Any 2 of these 3 people together can open the bids')).toBeVisible();
  await page.getByRole('button', { name: 'Appoint the committee' }).click();
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
}

/** Makes a key file, saves it, and accepts with it. @returns where the key file was saved. */
export async function accept(member: Person, ocid: string): Promise<string> {
  const { page, part } = member;
  await visit(page, committeePage(ocid));
  await page.getByLabel('Choose a passphrase').fill(passphraseOf(member));
  await page.getByLabel('Repeat the passphrase').fill(passphraseOf(member));
  const saving = page.waitForEvent('download', PASSPHRASE);
  await page.getByRole('button', { name: 'Create the key file' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^tenderproof-key-[0-9a-f]{8}\.json$/);
  const keyFile = test.info().outputPath(`${part}-key.json`);
  await download.saveAs(keyFile);
  await page.getByLabel('I have saved the key file').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Accept the appointment' }).click();
  await expect(
    page
      .getByText('Your acceptance has been filed')
      .or(page.getByText('You have accepted.'))
      .or(page.getByRole('heading', { name: 'Check and sign the key set' })),
  ).toBeVisible();
  return keyFile;
}

/** Opens a member's key file with its passphrase, on whichever page asks for it. */
export async function openKeyFile(member: Person, keyFile: string): Promise<void> {
  const { page } = member;
  await page.locator('#keyFile').setInputFiles(keyFile);
  await expect(page.getByText('Key file chosen')).toBeVisible();
  await page.getByLabel('Passphrase').fill(passphraseOf(member));
  await page.getByRole('button', { name: 'Open the key file' }).click();
}

/** Checks the list of keys with the own key file, and signs it. */
export async function sign(member: Person, ocid: string, keyFile: string): Promise<void> {
  const { page } = member;
  await visit(page, committeePage(ocid));
  await openKeyFile(member, keyFile);
  await expect(page.getByText('Your own key stands in its place')).toBeVisible(PASSPHRASE);
  await page.getByRole('button', { name: 'Sign the key set' }).click();
  await expect(
    page.getByText('Your signature has been filed').or(page.getByText('You have accepted and signed.')),
  ).toBeVisible();
}

/** The fingerprint of the complete key set, as the page shows it. */
export async function fingerprint(page: Page, ocid: string): Promise<string> {
  await page.goto(committeePage(ocid));
  await expect(page.getByText('The key set is complete')).toBeVisible();
  await untilAlive(page);
  const shown = await page.getByRole('main').innerText();
  const text = shown.slice(shown.indexOf('The key set is complete')).replaceAll(/\s/g, '');
  return /[0-9a-f]{64}/.exec(text)?.[0] ?? '';
}
