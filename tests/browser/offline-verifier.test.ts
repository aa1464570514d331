import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildVerifier } from '@/lib/cli/verifier/build';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import { descriptorFingerprint, type RegistryDescriptor } from '@/lib/evidence/descriptor';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { openProfile } from '../support/in-chromium';
import { serveChains } from '../unit/evidence/chain-server';
import { receiptFor } from '../unit/evidence/receipt-world';
import { EXAMPLE, EXAMPLE_STATE } from '../unit/evidence/spec-values';
import { headersOnly, STATE_BLOCK } from '../unit/evidence/state/with-state';
import { NOW, REGISTRY } from '../unit/evidence/world';

// The file as it is downloaded, opened from the disk, with the worked example of public/spec.

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, 'public/spec', name));
const file = (name: string, buffer: Buffer | string) => ({
  ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) },
});
const EVIDENCE = file('example.evidence.json', read('example.evidence.json'));
const STATE_EVIDENCE = file('example-state.evidence.json', read('example-state.evidence.json'));
const NOTICE = file('award-notice.txt', read('example-award-notice.txt'));
const ALTERED = file('award-notice.txt', NOTICE.buffer.toString().replace('Lushan', 'Lishan'));

/** Says that it never heard of any anchor. */
const LYING: ChainReader = { ...EXAMPLE.chain, anchorCount: () => Promise.resolve(0) };

/** Has forgotten the state of the contract, and serves blocks only. */
const FORGETFUL = headersOnly(EXAMPLE_STATE.chain);

let folder: string;
let address: string;
let nodes: Awaited<ReturnType<typeof serveChains>>;
let browser: BrowserContext;
/** Everything that the browser was asked to load, and what it complained of. */
let asked: string[];
let complaints: string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-offline-verifier-'));
  const html = path.join(folder, 'tenderproof-verifier.html');
  writeFileSync(html, await buildVerifier(root));
  address = `file://${html}`;
  nodes = await serveChains([EXAMPLE.chain, LYING, FORGETFUL]);
});
afterAll(async () => {
  await nodes.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  browser = await openProfile(path.join(folder, 'profile'));
  asked = [];
  complaints = [];
});
afterEach(() => browser.close());

async function open(): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  await page.clock.setFixedTime(NOW);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
  return page;
}

async function trust(page: Page, registry: object = REGISTRY): Promise<void> {
  await page.locator('#descriptor').fill(JSON.stringify(registry));
  await page.locator('#use').click();
}

const drop = (page: Page, ...files: ReturnType<typeof file>[]) => page.locator('#files').setInputFiles(files);
const verdict = (page: Page, outcome: string) => page.locator(`[data-verdict="${outcome}"]`);
const outcomeOf = (page: Page, step: string) =>
  page.locator(`[data-step="${step}"]`).getAttribute('data-outcome');
const inList = (page: Page, text: string) => page.locator('[data-file]').getByText(text);
const overNetwork = () => asked.filter((url) => !/^(file|data|blob):/.test(url));

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes: found }) => [id, found.map(({ html }) => html)])).toEqual([]);
}

describe('the offline verifier', () => {
  it('says what holds without a chain, and that the chain was not asked; nothing leaves the page', async () => {
    const page = await open();
    await drop(page, EVIDENCE, NOTICE);
    await page.getByText('They are checked as soon as you give the description').waitFor();
    // The answer of /api/v1/registry, as a file.
    const answer = { descriptor: REGISTRY, prefixLength: 2, rulePacks: {}, rpcUrl: null, embedded: false };
    await page.locator('#descriptor-file').setInputFiles(file('registry.json', JSON.stringify(answer)));
    await verdict(page, 'unchecked').getByText('Not checked to the end.').first().waitFor();
    await verdict(page, 'unchecked').getByText('The chain was not asked. What holds below').waitFor();
    const groups = descriptorFingerprint(REGISTRY).match(/.{8}/g) ?? [];
    await page.getByText(groups.join(' ')).waitFor();

    expect(await page.locator('[data-step]').count()).toBe(11);
    expect(await outcomeOf(page, 'file')).toBe('pass');
    expect(await outcomeOf(page, 'anchor')).toBe('skipped');
    await page.getByText('The path to the root').click();
    await page.locator('code', { hasText: EXAMPLE.evidence.log.rootHash }).waitFor();
    expect(await page.getByRole('status').textContent()).toContain(
      'award-notice.txt: Not checked to the end.',
    );
    await isAccessible(page);
    expect(overNetwork()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('proves it with a node, which is asked only when the button is pressed', async () => {
    const page = await open();
    await trust(page);
    await drop(page, EVIDENCE, NOTICE);
    await verdict(page, 'unchecked').waitFor();
    await page.locator('#nodes').fill(nodes.addressOf(EXAMPLE.chain));
    await page.locator('#nodes').press('Tab');
    expect(overNetwork()).toEqual([]);
    await page.keyboard.press('Enter');
    await verdict(page, 'proven').getByText('Yes. This file was attached to an award').waitFor();
    await page.getByText(/^127\.0\.0\.1:\d+ confirms it/).waitFor();
    for (const step of await page.locator('[data-step]').all()) {
      const own = (await step.getAttribute('data-step')) === 'state';
      expect(await step.getAttribute('data-outcome')).toBe(own ? 'skipped' : 'pass');
    }
    expect(new Set(overNetwork())).toEqual(new Set([nodes.addressOf(EXAMPLE.chain)]));
    expect(complaints).toEqual([]);
  });

  it('shows the block to compare where the evidence proves the contract’s storage, and needs but blocks of a node', async () => {
    const page = await open();
    await trust(page);
    await drop(page, STATE_EVIDENCE, NOTICE);
    await verdict(page, 'unchecked').waitFor();
    const { hash } = (await EXAMPLE_STATE.chain.blockByNumber(STATE_BLOCK))!;
    await page.locator('[data-step="state"]').getByText(hash).waitFor();
    await isAccessible(page);
    await page.locator('#nodes').fill(nodes.addressOf(FORGETFUL));
    await page.locator('#ask').click();
    await verdict(page, 'proven').waitFor();
    for (const step of await page.locator('[data-step]').all()) {
      expect(await step.getAttribute('data-outcome')).toBe('pass');
    }
    expect(complaints).toEqual([]);
  });

  it('believes the worse of two nodes, and says which said what', async () => {
    const page = await open();
    await trust(page);
    await drop(page, EVIDENCE);
    await page.locator('#nodes').fill(`${nodes.addressOf(EXAMPLE.chain)}\n${nodes.addressOf(LYING)}`);
    await page.locator('#ask').click();
    const refuted = verdict(page, 'refuted');
    await refuted.getByText('The nodes do not agree.').waitFor();
    await refuted.getByText(/\(1\) confirms it/).waitFor();
    await refuted.getByText(/\(2\) contradicts it: The chain has no such anchor/).waitFor();
  });

  it('refuses a document of which one letter was changed, and says what is wrong', async () => {
    const page = await open();
    await trust(page);
    await drop(page, EVIDENCE, ALTERED);
    const refuted = verdict(page, 'refuted');
    await refuted.getByText('No. The evidence for this file does not hold.').waitFor();
    await refuted.getByText('Why: The record lists no document with this fingerprint.').waitFor();
    expect(await outcomeOf(page, 'file')).toBe('fail');
    await isAccessible(page);
  });

  it('refuses forged evidence, and what is no evidence', async () => {
    const page = await open();
    await trust(page);
    const forged = structuredClone(EXAMPLE.evidence);
    const data = { ...forged.entry.record.data, supplier: 'org-other' };
    const entry = { ...forged.entry, record: { ...forged.entry.record, data } };
    await drop(page, file('forged.evidence.json', JSON.stringify({ ...forged, entry })), NOTICE);
    await verdict(page, 'refuted').waitFor();
    expect(await outcomeOf(page, 'signatures')).toBe('fail');
    expect(await outcomeOf(page, 'log')).toBe('fail');
    await page.locator('#clear').click();
    await drop(page, file('x.evidence.json', '{"format":"tenderproof-evidence/1"}'));
    await inList(page, 'x.evidence.json: This is not an evidence file').waitFor();
  });

  it('refuses what does not go with the registry that is trusted', async () => {
    const page = await open();
    // One that claims the name of the registry for another key, and one whose name and key do not fit.
    const key = verifierKey(REGISTRY.origin, ed25519.getPublicKey(new Uint8Array(32).fill(0x66)));
    const imitation: RegistryDescriptor = { ...REGISTRY, logKey: formatVerifierKey(key) };
    await trust(page, { ...REGISTRY, origin: 'registry.examp1e/tenderproof' });
    await page.getByText('This is not the description of a registry').waitFor();
    await trust(page, imitation);
    await drop(page, EVIDENCE, NOTICE);
    await verdict(page, 'refuted').getByText('The checkpoint is not signed by the pinned key.').waitFor();
    expect(await outcomeOf(page, 'registry')).toBe('pass');
    // With the right one the same files hold.
    await page.locator('#change').click();
    await trust(page);
    await verdict(page, 'unchecked').waitFor();
    // A description that comes along with evidence is no second source.
    await drop(page, file('registry.json', JSON.stringify(imitation)));
    await page.getByText('it was not used, since it came together with the evidence').waitFor();
    expect(await verdict(page, 'unchecked').count()).toBe(1);
  });

  it('checks a receipt as the promise that it is', async () => {
    const page = await open();
    await trust(page);
    const receipt = receiptFor(EXAMPLE);
    await drop(page, file('receipt.json', JSON.stringify(receipt)));
    const promised = verdict(page, 'promised');
    await promised.getByText('This receipt is genuine: the registry promised to record an award').waitFor();
    await promised.getByText('That time has passed: it must be there now.').waitFor();
    expect(await promised.locator('[data-outcome="pass"]').count()).toBe(4);
    await isAccessible(page);
    const later = { ...receipt.promise, anchoredBy: '2026-02-11T09:31:00.250Z' };
    await page.locator('#clear').click();
    await drop(page, file('receipt.json', JSON.stringify({ ...receipt, promise: later })));
    await verdict(page, 'refuted').getByText('No. This receipt does not hold.').waitFor();
    expect(await outcomeOf(page, 'promise')).toBe('fail');
    expect(overNetwork()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('does not read secret files, wherever they are dropped', async () => {
    const page = await open();
    const key = file('my.json', JSON.stringify({ format: 'tenderproof-key/1', secret: 'hush-hush' }));
    await drop(page, key, file('offer.tpdraft', 'tenderproof-draft/1 hush-hush'));
    await inList(page, 'my.json: This looks like a key file: it was not read').waitFor();
    await inList(page, 'offer.tpdraft: This looks like the draft of a bid: it was not read').waitFor();
    await page.locator('#descriptor-file').setInputFiles(key);
    await page.locator('#descriptor-error').getByText('it was not read').waitFor();
    await page.locator('#descriptor').fill(key.buffer.toString());
    await page.locator('#use').click();
    await expect.poll(() => page.locator('#descriptor').inputValue()).toBe('');
    expect(await page.content()).not.toContain('hush-hush');
  });

  it('reads the same in Chinese on a narrow screen, keeps what was done, and prints everything', async () => {
    const page = await open();
    await page.setViewportSize({ width: 320, height: 700 });
    await trust(page);
    await drop(page, EVIDENCE, NOTICE);
    await page.locator('#nodes').fill('https://node.example.org');
    await verdict(page, 'unchecked').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await verdict(page, 'unchecked').getByText('未能完成核验。').first().waitFor();
    expect(await page.title()).toBe('离线核验工具');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('#nodes').inputValue()).toBe('https://node.example.org');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    // No text of the other language, and no key in the place of a text.
    expect(await page.locator('main').innerText()).not.toMatch(/verif(y|ier)\.|\b(the|chain|Step)\b/);
    await isAccessible(page);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(overNetwork()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
