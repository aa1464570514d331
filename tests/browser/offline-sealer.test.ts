import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Download, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handedProblems, HANDED_HEAD } from '@/lib/browser/bid/handed';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { directLock } from '@/lib/browser/keys/passphrase';
import { createRecoveryFile, openRecoveryFile } from '@/lib/browser/keys/recovery-file';
import { bidOfReceipt } from '@/lib/browser/offline/recorded-bids';
import { targetOf, tenderOf } from '@/lib/browser/offline/read-kit';
import { buildSealer } from '@/lib/cli/sealer/build';
import type { Part } from '@/lib/procedure/units';
import { fromHex, toHex } from '@/lib/record/hex';
import { openOwnShare, parseEnvelope } from '@/lib/sealing/envelope';
import { keySetHash } from '@/lib/sealing/keyset';
import { deriveCommitteeKey } from '@/lib/sealing/member-key';
import { memorySource, openEnvelope } from '@/lib/sealing/open';
import { bidKeyPair, encodeRecovery } from '@/lib/sealing/recovery';
import { parseSubmissionFile, type SubmissionFile } from '@/lib/sealing/submission-file';
import { openProfile } from '../support/in-chromium';
import { WHOLE } from '../unit/browser/bid/fixture';
import { KIT, receiptOf } from '../unit/browser/offline/fixture';
import { filled, memberSeed, sha256Hex } from '../unit/sealing/fixture';

// The file as it is downloaded, opened from the disk in a browser without a network.

const PASSPHRASE = 'four words by telephone';
const TENDERER = 'GB-COH-01234567';

let folder: string;
let address: string;
let browser: BrowserContext;
/** Everything that the browser was asked to load, and what it complained of. */
let asked: string[];
let complaints: string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-offline-sealer-'));
  const file = path.join(folder, 'tenderproof-sealer.html');
  writeFileSync(file, await buildSealer(path.resolve(import.meta.dirname, '../..')));
  address = `file://${file}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  browser = await openProfile(path.join(folder, 'profile'));
  await browser.setOffline(true);
  asked = [];
  complaints = [];
});
afterEach(() => browser.close());

async function open(step = ''): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${address}${step}`);
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const goOn = (page: Page) => button(page, 'Continue').click();
const pdf = (name: string, size: number) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(size, name),
});
const OFFER = pdf('offer.pdf', 3_000_000);
const PLAN = pdf('plan.pdf', 70_001);

const kitFile = (kit: object) => ({
  name: 'sealing-kit.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(kit)),
});

async function openKit(page: Page): Promise<void> {
  await page.locator('#kit').setInputFiles(kitFile(KIT));
  await page.getByText(KIT.title).waitFor();
  await page.locator('[data-fingerprint]').waitFor();
  await button(page, 'The keys are the same: continue').click();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Check that you may bid' }).click();
  await page.getByLabel('We can.').check();
  await goOn(page);
  await button(page, 'Add a partner').click();
  await page.locator('#partner-1-name').fill('Wendel Joinery');
  await page.locator('#partner-1-id').fill('GB-COH-7654321');
  await goOn(page);
  await page.getByLabel('Lot 2: Chairs').check();
  await goOn(page);
  await page.locator('[name="price-2"]').fill('3.50');
  await page.locator('[name="price-3"]').fill('100');
  await goOn(page);
  await page.locator('#files').setInputFiles([OFFER, PLAN]);
  await page.getByText('2 documents, 3.1 MB').waitFor();
  await goOn(page);
  await goOn(page);
  await page.getByLabel('Alone.').check();
  await goOn(page);
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
}

async function seal(page: Page): Promise<void> {
  await button(page, 'Continue to sealing').click();
  await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
  await page.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
  await button(page, 'Seal the bid').click();
  await page.getByRole('heading', { name: 'Your bid is sealed: save the files' }).waitFor();
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Presses every "Save" and gives what the browser saved, by name. */
async function saveAll(page: Page): Promise<Map<string, Buffer>> {
  const saved = new Map<string, Buffer>();
  for (const one of await page.getByRole('button', { name: /^Save \S+\.(json|envelope)$/ }).all()) {
    const downloading = page.waitForEvent('download');
    await one.click();
    const download = await downloading;
    const file = path.join(folder, 'saved', download.suggestedFilename());
    await download.saveAs(file);
    saved.set(download.suggestedFilename(), readFileSync(file));
  }
  return saved;
}

/** Presses the button that saves all that is to be handed in. */
async function saveHanded(page: Page): Promise<Map<string, Buffer>> {
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await button(page, 'Save these 3 files').click();
  await expect.poll(() => downloads.length, { timeout: 10_000 }).toBe(3);
  const saved = new Map<string, Buffer>();
  for (const download of downloads) {
    const file = path.join(folder, 'saved', download.suggestedFilename());
    await download.saveAs(file);
    saved.set(download.suggestedFilename(), readFileSync(file));
  }
  return saved;
}

function submissionOf(saved: Map<string, Buffer>): SubmissionFile {
  const parsed = parseSubmissionFile(saved.get('submission.json')!.toString());
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.submission;
}

const envelopesIn = (saved: Map<string, Buffer>) => [...saved].filter(([name]) => name.endsWith('.envelope'));

/** As the bid page asks before it sends anything. */
function problems(saved: Map<string, Buffer>, own: readonly OwnBid[] = [], tender = tenderOf(KIT)) {
  const files = envelopesIn(saved).map(([name, bytes]) => ({
    ...{ name, size: bytes.length, sha256: sha256Hex(bytes), head: bytes.subarray(0, HANDED_HEAD) },
  }));
  return handedProblems(submissionOf(saved), files, {
    ...targetOf(KIT, TENDERER),
    tender,
    own,
  });
}

/** As the committee opens it: by the shares of two members, every byte written out. */
async function opened(saved: Map<string, Buffer>, lot: string, part: Part) {
  const named = submissionOf(saved).envelopes.find((one) => one.lot === lot && one.part === part)!;
  const bytes = new Uint8Array(envelopesIn(saved).find(([, one]) => sha256Hex(one) === named.envelope)![1]);
  const { chainId, contract, ocid, keyset: keySet, keysetHash: keyset } = KIT;
  const identity = { chainId, contract, ocid, lot, part, tenderer: TENDERER, keyset };
  const expected = { identity, keySet, purpose: 'bid' } as const;
  const header = parseEnvelope(bytes);
  const share = (index: number) =>
    openOwnShare(header, expected, index, deriveCommitteeKey(memberSeed(index), keySet).secret);
  const files: Buffer[] = [];
  const outcome = await openEnvelope({
    ...expected,
    ...{
      source: memorySource(bytes),
      envelopeHash: named.envelope,
      shares: [await share(1), await share(3)],
    },
    sink: {
      data: (at, piece) => void (files[at] = Buffer.concat([files[at] ?? Buffer.alloc(0), piece])),
    },
  });
  if (outcome.outcome !== 'valid') throw new Error(JSON.stringify(outcome));
  return { manifest: outcome.manifest, seed: toHex(outcome.seed), files };
}

describe('the offline sealer', () => {
  it('seals a bid that the bid page takes and the committee opens', async () => {
    const page = await open('#seal');
    await openKit(page);
    await page.locator('#organization').fill(` ${TENDERER} `);
    await page.getByLabel('None is on record').check();
    await goOn(page);
    await fillIn(page);
    await seal(page);
    const saved = await saveAll(page);
    await page.getByText('All files were handed to the browser').waitFor();
    await isAccessible(page);

    expect(problems(saved)).toEqual([]);
    const technical = await opened(saved, 'b', 'technical');
    expect(technical.manifest).toMatchObject({
      ...{ tenderer: TENDERER, priceForm: null, declarations: ['capacity', 'independence'] },
      consortium: [{ id: 'GB-COH-7654321', name: 'Wendel Joinery' }],
      files: [{ name: 'offer.pdf', mediaType: 'application/pdf' }, { name: 'plan.pdf' }],
    });
    expect(technical.files.map((bytes) => sha256Hex(bytes))).toEqual(
      [OFFER, PLAN].map(({ buffer }) => sha256Hex(buffer)),
    );
    const financial = await opened(saved, 'b', 'financial');
    expect(financial.manifest.priceForm).toMatchObject({ currency: 'EUR', total: '108.75' });

    const [[, recoveryFile] = ['', Buffer.alloc(0)]] = [...saved].filter(([name]) =>
      name.startsWith('tenderproof-recovery-'),
    );
    const recovery = await openRecoveryFile(recoveryFile.toString(), PASSPHRASE, directLock);
    expect(recovery.envelopes.map(({ seed }) => seed)).toEqual([technical.seed, financial.seed]);
    expect(toHex(bidKeyPair(fromHex(recovery.bidSecret)).publicKey)).toBe(submissionOf(saved).bidKey);

    // Two workers, from the page itself, and nothing else.
    expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('seals the one envelope of a tender without lots, and says when a document has changed meanwhile', async () => {
    const whole = { ...KIT, ...WHOLE, bidsDue: KIT.bidsDue };
    const document = path.join(folder, 'offer.pdf');
    writeFileSync(document, 'as it was when it was chosen');
    const page = await open();
    await page.locator('#kit').setInputFiles(kitFile(whole));
    await button(page, 'The keys are the same: continue').click();
    await page.locator('#organization').fill(TENDERER);
    await page.getByLabel('None is on record').check();
    await goOn(page);
    await page.getByRole('link', { name: 'Prices' }).click();
    await page.locator('[name="price-1"]').fill('1');
    await page.locator('[name="price-2"]').fill('2');
    await goOn(page);
    await page.locator('#files').setInputFiles(document);
    await page.getByText('One document').waitFor();
    await goOn(page);
    await page.getByLabel('Alone.').check();
    await goOn(page);
    await button(page, 'Continue to sealing').click();
    // A statement was not confirmed: the review leads there instead.
    await page.getByLabel('We can.').check();
    await page.evaluate("window.location.hash = '#review'");
    await button(page, 'Continue to sealing').click();
    writeFileSync(document, 'altered after it was chosen, and longer');
    await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
    await page.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
    await button(page, 'Seal the bid').click();
    await page.getByText('a document was moved or changed after it was added').waitFor();

    await page.getByRole('link', { name: 'Back to the task list' }).click();
    await page.getByRole('link', { name: 'Documents' }).click();
    await button(page, 'Remove offer.pdf').click();
    await page.locator('#files').setInputFiles(document);
    await page.getByText('One document').waitFor();
    await goOn(page);
    await goOn(page);
    await seal(page);
    const saved = await saveAll(page);
    expect([...saved.keys()].filter((name) => /^bid-[0-9a-f]{8}\.envelope$/.test(name))).toHaveLength(1);
    expect(problems(saved, [], tenderOf(whole))).toEqual([]);
    const { manifest, files } = await opened(saved, '', '');
    expect(manifest.priceForm).toMatchObject({ total: '15.00' });
    expect(files.map(String)).toEqual(['altered after it was chosen, and longer']);
  });

  it('can reach nothing, from the page or from a worker', async () => {
    let reached = 0;
    const server = http.createServer((_request, response) => {
      reached++;
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await browser.setOffline(false);
    const attempt = `fetch('${target}').then(() => 'reached', () => 'refused')`;
    const inWorker = `new Promise((resolve) => {
      const text = ${JSON.stringify(`${attempt}.then((said) => postMessage(said))`)};
      const worker = new Worker(URL.createObjectURL(new Blob([text])));
      worker.onmessage = ({ data }) => resolve(data);
    })`;
    // That it could be reached by a page without this policy.
    const other = await browser.newPage();
    expect(await other.evaluate(attempt)).toBe('reached');
    expect(reached).toBe(1);

    const page = await open();
    await page.locator('#kit').waitFor();
    expect(await page.evaluate(attempt)).toBe('refused');
    expect(await page.evaluate(inWorker)).toBe('refused');
    const elements = ['img', 'script', 'iframe'].map(
      (name) =>
        `document.body.append(Object.assign(document.createElement('${name}'), { src: '${target}' }))`,
    );
    for (const other of [
      ...elements,
      `navigator.sendBeacon('${target}', 'x')`,
      `new EventSource('${target}')`,
    ])
      await page.evaluate(`void ${other}`);
    const form = `<form method="post" action="${target}"></form>`;
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '${form}'); document.forms[0].submit()`,
    );
    for (const directive of ['connect-src', 'img-src', 'script-src', 'form-action'])
      await expect.poll(() => complaints.join()).toContain(directive);
    expect(page.url()).toBe(address);
    expect(reached).toBe(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('replaces the bid on record, with its receipts and its recovery file', async () => {
    const bidSecret = filled(0x61);
    const bidKey = toHex(bidKeyPair(bidSecret).publicKey);
    const { chainId, contract, ocid, keysetHash: keyset } = KIT;
    const about = { chainId, contract, ocid, lot: 'b', tenderer: TENDERER, keyset };
    const old = (['technical', 'financial'] as const).map((part, at) => ({
      part,
      envelopeHash: `${at + 1}e`.repeat(32),
      seed: toHex(filled(0x62 + at)),
    }));
    const receipts = old.map(({ part, envelopeHash: envelope }, at) =>
      JSON.stringify(receiptOf({ lot: 'b', part, envelope, bidKey, tenderer: TENDERER, digit: `${at}` })),
    );
    const content = encodeRecovery(
      bidSecret,
      old.map(({ part, ...rest }) => ({ identity: { ...about, part }, ...rest })),
    );
    const recovery = await createRecoveryFile(content, 'the older passphrase', true, directLock);
    const json = (name: string, text: string) => ({
      ...{ name, mimeType: 'application/json', buffer: Buffer.from(text) },
    });

    const page = await open();
    await openKit(page);
    await page.locator('#organization').fill(TENDERER);
    await page.getByLabel('One is on record, and').check();
    await goOn(page);
    await page.getByRole('alert').getByText('Choose the receipts of the bid on record').waitFor();
    await page
      .locator('#receipts')
      .setInputFiles([json('receipt-1.json', receipts[0]!), json('x.json', '{}')]);
    await page.getByText('This is not a receipt of version 1').waitFor();
    await goOn(page);
    await page.getByRole('alert').getByText('The receipt of one more envelope is missing').waitFor();
    await page.locator('#receipts').setInputFiles(json('receipt-2.json', receipts[1]!));
    await page.getByText('Lot 2: Chairs · financial part').waitFor();
    await goOn(page);
    await fillIn(page);
    await page.getByText('This takes the place of 2 envelopes on record').waitFor();
    await button(page, 'Continue to sealing').click();
    await page.locator('#recoveryFile').setInputFiles(json('tenderproof-recovery-1.json', recovery));
    await page.getByLabel('Passphrase of the recovery file').fill('the older passphrase');
    await button(page, 'Open the recovery file').click();
    await page.getByText('The recovery file is open').waitFor();
    await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
    await page.getByLabel('Repeat the passphrase').fill(PASSPHRASE);
    await button(page, 'Seal the bid').click();
    await page.getByRole('heading', { name: 'Your bid is sealed: save the files' }).waitFor();
    const saved = await saveHanded(page);
    const own = receipts.map((text) => {
      const read = bidOfReceipt(text, KIT, TENDERER);
      if (!read.ok) throw new Error(read.fault);
      return read.bid;
    });
    expect(problems(saved, own)).toEqual([]);
    expect(problems(saved).map(({ fault }) => fault)).toEqual(['replaces-other', 'replaces-other']);
    expect(complaints).toEqual([]);
  });

  it('refuses a kit whose keys nobody vouches for, and says what to do', async () => {
    const page = await open();
    const [first, ...others] = KIT.keyset.members;
    const signature = `${first!.signature.startsWith('0') ? '1' : '0'}${first!.signature.slice(1)}`;
    const keyset = { ...KIT.keyset, members: [{ ...first!, signature }, ...others] };
    await page.locator('#kit').setInputFiles(kitFile({ ...KIT, keyset, keysetHash: keySetHash(keyset) }));
    const refusal = page.locator('[data-code="keyset-unsigned"]');
    await refusal.getByText('Download the kit again, from another computer if you can').waitFor();
    expect(await page.locator('[data-fingerprint]').count()).toBe(0);
    await page.locator('#kit').setInputFiles(kitFile({}));
    await page.locator('[data-code="not-kit"]').waitFor();
    await page.locator('#kit').setInputFiles(kitFile(KIT));
    await page.locator('[data-fingerprint]').waitFor();
  });

  it('reads the same in Chinese, and can be used by everybody', async () => {
    const page = await open();
    await page.setViewportSize({ width: 390, height: 800 });
    await button(page, '中文').click();
    await page.getByRole('heading', { name: '打开密封工具包' }).waitFor();
    expect(await page.title()).toBe('离线密封工具');
    await isAccessible(page);
    await page.locator('#kit').setInputFiles(kitFile(KIT));
    await page.locator('[data-fingerprint]').waitFor();
    await isAccessible(page);
    await button(page, '密钥一致，继续').click();
    await page.locator('#organization').waitFor();
    await isAccessible(page);
    await page.locator('#organization').fill(TENDERER);
    await page.locator('#recorded-no').check();
    await button(page, '继续').click();
    await page.getByRole('link', { name: '参加的标段' }).click();
    await page.getByLabel('标段 1：Desks').check();
    // What was typed outlives a change of the language.
    await button(page, 'English').click();
    expect(await page.getByLabel('Lot 1: Desks').isChecked()).toBe(true);
    await button(page, '中文').click();
    await isAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(complaints).toEqual([]);
  });
});
