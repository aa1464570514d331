import fs from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Actor } from '@/lib/procedure/roles';
import { performAct } from '@/lib/server/operations/perform-act';
import { approveAward, appointEvaluators, declareInterests, expectRanking } from './steps/evaluation';
import { expectUnseen, fileSheet, propose } from './steps/evaluation';
import { expectStandstill, fileContract, makeFinal } from './steps/award';
import { expectOnlyCiphertext, handIn, leavesOf, replace, secretsOf, type Bid } from './steps/bid';
import { alter, download, find, verify } from './steps/citizen';
import { accept, appoint, fingerprint, sign } from './steps/committee';
import { askForPublication, beginFromTemplate, complete, setDeadline, TITLE } from './steps/draft';
import { DRAWINGS, expectNothingPersonal, SPECIFICATION, uploadDocuments } from './steps/draft';
import { expectReadOut, expectReport, expectSealed, release, watch } from './steps/opening';
import { approve, expectFourEyes } from './steps/publication';
import { inside, leaveInside, tenderId } from './support/inside';
import { expectClosed, keyOf, records, storedPhase, typesOf, untilClosed } from './support/ledger';
import { hire, newSession, PARTS, signIn, type PartName, type Person } from './support/people';
import { expectNotInMemory } from './support/server-memory';
import { visit } from './support/visit';

// The whole main job, by nine people in nine browser sessions and a citizen without an account, against the production
// build with its database, its chain and its worker. After each step the page, the database and the chain are asked.

test.describe.configure({ mode: 'serial', timeout: 420_000 });

/** Seconds between the request for publication and the due time: the rules ask for sixty from the approval on. */
const BIDDING = Number(process.env.E2E_BIDDING_SECONDS ?? 200);

let people: Record<PartName, Person>;
let members: Person[];
let bids: Bid[];
let ocid: string;
let due: Date;
const keyFiles: Partial<Record<PartName, string>> = {};

const actorOf = ({ id, organization, part }: Person): Actor => ({
  person: id,
  organization,
  memberRoles: [...PARTS[part].roles],
});

/** The records of one type, as the database holds them. */
const filed = async (type: string) => (await records(ocid)).filter((row) => row.type === type);

test.beforeAll(async ({ browser }) => {
  people = await hire(browser);
  members = [people.officer, people.regulator, people.observer];
  bids = [
    {
      tenderer: people.halden,
      prices: { 1: '6150.50', 2: '55.01' },
      total: '€75,786.36',
      first: { prices: { 1: '6200', 2: '55.01' }, total: '€76,380.36' },
      secret: 'Halden-ceramic',
    },
    {
      tenderer: people.forno,
      prices: { 1: '5990', 2: '62.26' },
      total: '€74,121.36',
      secret: 'Forno-turbine',
    },
  ];
});

test.afterAll(async () => {
  await Promise.all(Object.values(people).map(({ context }) => context.close()));
  leaveInside();
});

test('1. an officer begins a tender after a published notice, completes it, and appoints the committee', async () => {
  const { officer } = people;
  await signIn(officer);
  ocid = await beginFromTemplate(officer);
  await expectNothingPersonal(ocid);
  await complete(officer, ocid);
  await uploadDocuments(officer, ocid);
  await appoint(officer, members, ocid);

  expect(await storedPhase(ocid)).toBe('draft');
  const [row] = await inside().sql('SELECT draft FROM tenders WHERE ocid = $1', [ocid]);
  expect(row?.draft).toMatchObject({
    title: TITLE,
    buyer: { name: PARTS.officer.organization.name },
    items: [{ quantity: '12' }, { quantity: '36' }],
    criteria: [{ weight: 60 }, { weight: 25 }, { weight: 15 }],
    template: { releaseId: '12-contract-2025-09-14' },
  });
  const uploads = await inside().sql(
    'SELECT name, size::int AS size FROM uploads WHERE "tenderId" = $1 ORDER BY size',
    [await tenderId(ocid)],
  );
  const sent = [SPECIFICATION, DRAWINGS].map(({ name, buffer }) => ({ name, size: buffer.length }));
  expect(uploads).toEqual(sent);
  expect(await typesOf(ocid)).toEqual(['committee-appointed']);
  expect(await inside().ledger.tenderOf(keyOf(ocid))).toBeNull();
});

test('2. three members accept and sign with their key files; another person approves; the chain publishes', async () => {
  const { officer, approver, regulator, observer } = people;
  await Promise.all([approver, regulator, observer].map(signIn));
  await Promise.all(members.map(async (member) => (keyFiles[member.part] = await accept(member, ocid))));
  await Promise.all(members.map((member) => sign(member, ocid, keyFiles[member.part]!)));
  const shown = await fingerprint(officer.page, ocid);

  due = new Date(Math.ceil(Date.now() / 1000 + BIDDING) * 1000);
  await setDeadline(officer, ocid, due);
  await askForPublication(officer, ocid);
  await expectFourEyes(officer, ocid);
  const before = await typesOf(ocid);
  const replayed = await approve(approver, officer, ocid);
  expect(replayed).toContain('self-approval');

  const [notice] = await filed('notice');
  expect(await inside().ledger.tenderOf(keyOf(ocid))).toMatchObject({
    notice: notice?.commitment,
    bidsDue: due.getTime() / 1000,
    standstill: 60,
  });
  const { keyset } = await inside().ledger.committeeAt(keyOf(ocid), 0);
  expect(keyset).toBe(notice?.data.keysetHash);
  expect(keyset).toBe(shown);
  expect(await typesOf(ocid)).toEqual([...before, 'publication-approved', 'notice']);
  const approvals = await filed('publication-approved');
  expect(approvals.map((row) => row.person)).toEqual([approver.id]);
  await untilClosed(ocid, 0);
  await expectClosed(ocid, 0);
});

test('3. two tenderers seal their bids in their browsers; the server gets ciphertext', async ({
  browser,
}) => {
  const { halden, forno, officer } = people;
  await Promise.all([halden, forno].map(signIn));
  const receipts = await Promise.all(bids.map((bid) => handIn(bid, ocid)));
  for (const bid of bids.filter(({ first }) => first)) receipts.push(await replace(bid, ocid));
  expect(Date.now(), 'both bids were in before the due time').toBeLessThan(due.getTime());
  const citizen = await newSession(browser);
  await expectSealed(await citizen.newPage(), ocid, bids);
  await citizen.close();
  await expectSealed(officer.page, ocid, bids);

  const rows = await filed('bid');
  expect(rows.map((row) => row.person).toSorted()).toEqual([halden.id, halden.id, forno.id].toSorted());
  const [replaced, last] = rows.filter((row) => row.person === halden.id);
  expect(last?.data).toMatchObject({ replaces: { bid: replaced?.commitment } });
  const promised = await Promise.all(
    receipts.map(async (file) => JSON.parse(await fs.readFile(file, 'utf8'))),
  );
  expect(promised.map((receipt) => receipt.promise.commitment).toSorted()).toEqual(
    rows.map((row) => row.commitment).toSorted(),
  );
  await expectOnlyCiphertext(ocid, bids);
  expectNotInMemory(secretsOf(bids), ocid);
  await visit(halden.page, `/en/tenders/${ocid}/bid`);
  await expect(halden.page.getByText('Your bid is in')).toBeVisible();
});

test('4. the time passes, the chain closes the bids, two members release their shares, all bids open', async ({
  browser,
}) => {
  const { regulator, observer } = people;
  const citizen = await newSession(browser);
  const room = await citizen.newPage();
  await watch(room, ocid, bids);
  await Promise.all([regulator, observer].map((member) => release(member, ocid, keyFiles[member.part]!)));
  await expectReadOut(room, bids, 2);
  await expectReport(await citizen.newPage(), ocid, bids);
  await citizen.close();

  await untilClosed(ocid, 3);
  await expectClosed(ocid, 3);
  const { ledger } = inside();
  const closed = await ledger.stageOf(keyOf(ocid), 2);
  expect(closed?.count).toBe(leavesOf(bids));
  expect(closed?.time).toBeGreaterThanOrEqual(due.getTime() / 1000);
  const first = await ledger.firstAnchorFrom(due.getTime() / 1000);
  expect(closed?.anchorIndex).toBe(first?.index);
  const [report] = await filed('opening-report');
  expect(report?.data).toMatchObject({ members: [{ index: 2 }, { index: 3 }] });
  const opened = await filed('bid-opened');
  expect(opened.map(({ data }) => (data.files as { name: string }[])[0]?.name).toSorted()).toEqual(
    bids.map(({ secret }) => `${secret}.pdf`).toSorted(),
  );
});

test('5a. three evaluators file sheets unseen; the ranking is computed; two people decide', async () => {
  const { officer, approver, first, second, third } = people;
  const evaluators = [first, second, third];
  await Promise.all(evaluators.map(signIn));
  await appointEvaluators(officer, evaluators, ocid);
  await Promise.all(evaluators.map((evaluator) => declareInterests(evaluator, ocid)));
  const sheet = (shift: number) => ({
    [people.halden.organization.name]: { Quality: 92 - shift, 'Delivery time': 88 },
    [people.forno.organization.name]: { Quality: 70 + shift, 'Delivery time': 80 - shift },
  });
  const comment = 'Even heat on all ten trays';
  await fileSheet(first, ocid, sheet(0), comment);
  await expect(first.page.getByText('Your sheet is in')).toBeVisible();
  const [record] = await filed('score-sheet');
  await expectUnseen([second, third, officer], ocid, record!.id, comment);
  const own = await first.context.request.get(`/api/v1/evidence/${record!.id}`);
  expect(own.status(), 'evidence for whoever filed it').toBe(200);
  await fileSheet(second, ocid, sheet(3), 'Quick to clean');
  await fileSheet(third, ocid, sheet(5), 'Spare parts in two days');
  await expectRanking(officer, ocid, [people.halden, people.forno]);
  await propose(officer, ocid, 'Best value: better heat distribution and a shorter delivery time.');
  await approveAward(approver, ocid);

  const [ranking] = await filed('ranking');
  const rows = ranking?.data.rows as { rank: number; tenderer: { id: string }; total: string }[];
  expect(rows.map(({ rank, tenderer, total }) => [rank, tenderer.id, total])).toEqual([
    [1, people.halden.organization.id, '75786.36'],
    [2, people.forno.organization.id, '74121.36'],
  ]);
  await untilClosed(ocid, 4);
  await expectClosed(ocid, 4);
});

test('5b. the award is announced, stands still, becomes final, and the contract follows', async () => {
  const { officer } = people;
  await expectStandstill(officer, ocid);
  const [announced] = await filed('award-announced');
  const award = await inside().ledger.awardOf(keyOf(ocid));
  expect(award?.commitment).toBe(announced?.commitment);
  expect(award!.standstillEnds - award!.time).toBeGreaterThanOrEqual(60);
  const early = await performAct(inside().world, actorOf(officer), 'confirm-award', await tenderId(ocid), {
    statement: '',
    documents: [],
  });
  expect(early).toMatchObject({ ok: false, code: 'wrong-phase' });

  await makeFinal(officer, 'Nobody has challenged the award.');
  expect(Date.now() / 1000).toBeGreaterThanOrEqual(award!.standstillEnds);
  await expectClosed(ocid, 5);
  await fileContract(officer, ocid, 'Contract.pdf');
  await expectClosed(ocid, 6);
  expect(await storedPhase(ocid)).toBe('implementation');
});

test('6. a citizen finds the tender, reads its trail, and verifies the award notice; one changed byte is refused', async ({
  browser,
}) => {
  const citizen = await newSession(browser);
  const page = await citizen.newPage();
  await find(page, 'school kitchens', TITLE);
  const types = await page
    .locator('#trail [data-record-type]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-record-type')));
  expect(types).toEqual(await typesOf(ocid));
  await expect(page.locator('[data-verdict="same"]'), 'the ranking, computed again').toBeVisible();
  const notice = await download(page, /^Notice of intended award/);

  const genuine = await verify(page, notice);
  await expect(genuine.result).toHaveAttribute('data-verdict', 'proven');
  await expect(genuine.result).toContainText('Yes. This file was attached to');
  await expect(genuine.result).toContainText(ocid);
  await expect(genuine.result.locator('[data-step][data-outcome="fail"]')).toHaveCount(0);
  const { rpcUrl, baseUrl } = inside();
  const asked = genuine.requests.map((request) => new URL(request.url()).origin);
  expect(asked, 'the chain was asked from the browser').toContain(new URL(rpcUrl).origin);
  const sent = genuine.requests.filter((request) => request.url().startsWith(baseUrl));
  expect(sent.map((request) => request.method()).filter((method) => method !== 'GET')).toEqual([]);

  const { result } = await verify(page, await alter(notice));
  await expect(result).toHaveAttribute('data-verdict', 'unknown');
  await expect(result).toContainText('No record of this registry contains these bytes');
  await expect(result).toContainText('it was changed after it was, if only by a single letter');
  await visit(page, `/zh/tenders/${ocid}`);
  await expect(page.getByRole('heading', { name: TITLE, level: 1 })).toBeVisible();

  await visit(page, `/en/tenders/${ocid}`);
  await page.getByRole('link', { name: 'Check this whole tender in your browser' }).click();
  await page.getByRole('button', { name: 'Check everything' }).click();
  const whole = page.locator('[data-verdict]');
  await expect(whole).toBeVisible({ timeout: 90_000 });
  // The last records may be of a stage that is open still.
  await expect(whole).toHaveAttribute('data-verdict', /^(holds|pending)$/);
  await expect(page.locator('[data-code="opening-same"]')).toHaveCount(bids.length);
  await expect(page.locator('[data-code="ranking-same"]')).toHaveCount(1);
  await expect(page.locator('[data-code="document-same"]').first()).toBeAttached();
  await citizen.close();
});
