import fs from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { acceptSeat, signSeat } from '@/lib/demo/acts';
import type { Player } from '@/lib/demo/company';
import { pendingKeyset } from '@/lib/procedure/acts/publication';
import type { Actor } from '@/lib/procedure/roles';
import { toHex } from '@/lib/record/hex';
import { fingerprintOf } from '@/lib/sealing/fingerprint';
import { keySetDigest } from '@/lib/sealing/keyset';
import type { MemberRole } from '@/lib/server/auth';
import { loadProcess } from '@/lib/server/load-process';
import { createPerson } from '@/lib/server/operations/create-person';
import { createTender, emptyDraft } from '@/lib/server/operations/create-tender';
import { performAct } from '@/lib/server/operations/perform-act';
import { inside, leaveInside, tenderId } from './support/inside';
import { records } from './support/ledger';
import { newSession } from './support/people';
import { untilAlive, visit } from './support/visit';

// The committee's keys in the browser: passkeys and passphrases, many appointments with one opening of the key file, the
// test of a key, and the advice on who can open what. The authenticator is Chromium's own virtual one.

test.describe.configure({ mode: 'serial', timeout: 240_000 });

const PASSWORD = 'correct horse battery staple';
const PASSPHRASE = 'four quiet ferries at noon';
const OFFICE = { slug: 'westmere-roads', name: 'Westmere Roads Board' };

interface Member extends Actor {
  name: string;
  email: string;
}

async function hire(
  name: string,
  role: MemberRole,
  organization: { slug: string; name: string },
): Promise<Member> {
  const email = `${name.toLowerCase().replace(' ', '.')}@westmere.example`;
  const account = { name, email, password: PASSWORD, organization, roles: [role] };
  const { userId, organizationId } = await createPerson(inside().world, account);
  const { name: of } = organization;
  return { name, email, person: userId, organization: { id: organizationId, name: of }, memberRoles: [role] };
}

async function signIn(page: Page, { email, name }: Member, address: string): Promise<void> {
  await page.route('**/api/auth/sign-in/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': address } }),
  );
  await visit(page, '/en/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(`Good day, ${name}.`)).toBeVisible();
}

/** A passkey device in this page. @returns how often its owner was asked */
async function plugIn(page: Page, hasPrf: boolean): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return async () => {
    const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
    return credentials.reduce((sum, { signCount }) => sum + signCount, 0);
  };
}

let officer: Member;
let regulator: Member;
let observer: Member;
let officerPage: Page;
let page: Page;
let asked: () => Promise<number>;
let keyFile: string;
const ocids: string[] = [];

/** The officer and the observer, whose browsers are not what is looked at here. */
const others = (): Player[] =>
  [officer, observer].map((member, at) => ({
    ...member,
    slug: 'officer',
    keySeed: new Uint8Array(32).fill(0x31 + at),
  }));

test.beforeAll(async ({ browser }) => {
  officer = await hire('Pia Brandt', 'officer', OFFICE);
  regulator = await hire('Leo Sato', 'regulator', { slug: 'westmere-oversight', name: 'Westmere Oversight' });
  observer = await hire('Mila Ade', 'observer', { slug: 'westmere-watch', name: 'Westmere Watch' });
  for (const title of ['Bridge of the mill', 'Lights of the harbour road']) {
    const created = await createTender(inside().world, officer, { ...emptyDraft(officer, 'en'), title });
    if (!created.ok) throw new Error(created.code);
    ocids.push(created.ocid);
  }
  officerPage = await (await newSession(browser)).newPage();
  page = await (await newSession(browser)).newPage();
  asked = await plugIn(page, true);
});

test.afterAll(async () => {
  await Promise.all([officerPage, page].map((one) => one.context().close()));
  leaveInside();
});

test('the form says what a threshold means, and a deputy adds a key but no seat', async () => {
  await signIn(officerPage, officer, '192.0.2.201');
  await visit(officerPage, `/en/tenders/${ocids[0]}/committee`);
  const rows = officerPage.locator('#members > ol > li');
  const seats = ['officer', 'regulator', 'observer', 'deputy'];
  while ((await rows.count()) > seats.length)
    await officerPage
      .getByRole('button', { name: /^Remove Member/ })
      .last()
      .click();
  while ((await rows.count()) < seats.length)
    await officerPage.getByRole('button', { name: 'Add a member' }).click();
  for (const [at, seat] of seats.entries())
    await officerPage.locator(`[name="members.${at}.seat"]`).selectOption(seat);
  for (const [at, { name, organization }] of [officer, regulator, observer].entries())
    await officerPage
      .locator(`[name="members.${at}.person"]`)
      .selectOption({ label: `${name}, ${organization.name}` });
  const k = officerPage.locator('[name="k"]');
  await expect(k.locator('option')).toHaveCount(4);
  await officerPage.locator('[name="members.3.deputyFor"]').selectOption({ label: '2. Leo Sato' });
  await expect(k.locator('option')).toHaveCount(3);
  await k.selectOption('3');
  await expect(officerPage.getByText('A single lost key shuts all bids.')).toBeVisible();
  await k.selectOption('1');
  await expect(officerPage.getByText('Each of them alone could read the bids')).toBeVisible();
  await officerPage.getByRole('button', { name: 'Remove Member 4' }).click();
  await k.selectOption('2');
  await expect(officerPage.getByText('Any 2 of these 3 people together can open the bids')).toBeVisible();
  await officerPage.getByRole('button', { name: 'Appoint the committee' }).click();
  await expect(officerPage.getByRole('heading', { name: 'Members' })).toBeVisible();
});

test('a device without PRF is found out, and a passkey with a passphrase accepts two appointments at once', async ({
  browser,
}) => {
  const seats = ['officer', 'regulator', 'observer'] as const;
  const members = [officer, regulator, observer].map(({ person, organization }, at) => ({
    person,
    organization,
    seat: seats[at]!,
  }));
  const id = await tenderId(ocids[1]!);
  const second = await performAct(inside().world, officer, 'appoint-committee', id, { k: 2, members });
  expect(second.ok).toBe(true);

  const poor = await (await newSession(browser)).newPage();
  await plugIn(poor, false);
  await signIn(poor, regulator, '192.0.2.202');
  await visit(poor, '/en/work');
  await poor.getByRole('button', { name: 'Open my key file' }).click();
  await poor.getByLabel('By a passkey alone').check();
  await poor.getByRole('button', { name: 'Create the key file' }).click();
  await expect(poor.locator('[data-code="passkey-unsupported"]')).toBeVisible();
  await poor.context().close();

  await signIn(page, regulator, '192.0.2.203');
  await visit(page, '/en/work');
  await expect(page.getByRole('heading', { name: '2 tasks need your key' })).toBeVisible();
  await page.getByRole('button', { name: 'Open my key file' }).click();
  await page.getByLabel('By a passkey, and a passphrase').check();
  await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
  await page.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Create the key file' }).click();
  keyFile = test.info().outputPath('key.json');
  await (await saving).saveAs(keyFile);
  const saved = JSON.parse(await fs.readFile(keyFile, 'utf8'));
  expect(saved.protections.map((p: { kind: string }) => p.kind)).toEqual(['passkey', 'passphrase']);
  await page.getByLabel('I have saved the key file').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Accept all 2 appointments' }).click();
  await expect(page.getByText('2 acceptances have been filed')).toBeVisible();
  for (const ocid of ocids) {
    const accepted = (await records(ocid)).filter((row) => row.type === 'committee-accepted');
    expect(accepted.map((row) => [row.person, row.data.index])).toEqual([[regulator.person, 2]]);
  }
  await page.getByRole('button', { name: 'Close the key file' }).click();
  await expect(page.getByRole('heading', { name: 'need your key' })).toBeHidden();
});

test('the passkey opens the file once for two key sets, shown in the words that everybody sees', async () => {
  const { world } = inside();
  const words: string[] = [];
  for (const ocid of ocids) {
    const id = await tenderId(ocid);
    for (const member of others()) await acceptSeat(world, member, id);
    for (const member of others()) await signSeat(world, member, id);
    const draft = pendingKeyset((await loadProcess(world.db, world, id))!);
    words.push(fingerprintOf(toHex(keySetDigest(draft!))).words.en.join(' '));
  }
  await visit(page, '/en/work');
  for (const line of words) await expect(page.getByText(line, { exact: true })).toBeVisible();
  const before = await asked();
  await page.getByRole('button', { name: 'Open my key file' }).click();
  await page.locator('#keyFile').setInputFiles(keyFile);
  await page.getByRole('button', { name: 'Open with the passkey' }).click();
  await page.getByRole('button', { name: 'Sign all 2 key sets' }).click();
  await expect(page.getByText('2 signatures have been filed')).toBeVisible();
  expect((await asked()) - before, 'the owner was asked once').toBe(1);

  await officerPage.goto(`/en/tenders/${ocids[0]}/committee`);
  await expect(officerPage.getByText('The key set is complete')).toBeVisible();
  const picture = officerPage.getByRole('img', { name: 'Picture of the keys' });
  const shown = await officerPage.locator('[data-fingerprint] ol li span:last-child').allInnerTexts();
  expect(shown.join(' ')).toBe(words[0]);
  await expect(picture).toBeVisible();
});

test('the passphrase opens it too; the test goes on record, where the office sees it', async () => {
  await page.goto(`/en/tenders/${ocids[0]}/committee`);
  await untilAlive(page);
  await page.getByRole('button', { name: 'Test my key' }).click();
  await page.locator('#keyFile').setInputFiles(keyFile);
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Open the key file' }).click();
  await page.getByRole('button', { name: 'Test it now and put that on record' }).click();
  await expect(page.getByText('Your key opened the test envelope')).toBeVisible();
  const tested = (await records(ocids[0]!)).filter((row) => row.type === 'key-rehearsed');
  expect(tested.map((row) => [row.person, row.data.index, row.stage])).toEqual([[regulator.person, 2, 1]]);
  const row = officerPage.getByRole('row', { name: /Leo Sato/ });
  await officerPage.reload();
  await expect(row.getByText('Yes')).toHaveCount(3);
});
