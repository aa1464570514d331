import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTour } from '@/app/[locale]/(public)/verify/tour/read-tour';
import { inPage, openProfile, serveModules, type InPage, type ModuleServer } from '../support/in-chromium';
import type * as TourPage from './pages/tour';

const spec = path.resolve('public/spec');

let server: ModuleServer;
let profile: string;
let browser: BrowserContext;

beforeAll(async () => {
  server = await serveModules();
  profile = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-tour-'));
  browser = await openProfile(profile);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

async function open(fragment = ''): Promise<{ page: Page; call: InPage<typeof TourPage> }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await page.route('**/spec/*', (route) =>
    route.fulfill({
      body: readFileSync(path.join(spec, path.basename(new URL(route.request().url()).pathname))),
    }),
  );
  await page.goto(`${server.origin}/${fragment}`);
  return { page, call: inPage<typeof TourPage>(page, 'tests/browser/pages/tour.tsx') };
}

const barriers = async (page: Page) =>
  (await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze()).violations.map(({ id }) => id);

describe('the tour', () => {
  it.each(['en', 'zh'] as const)(
    'goes from the files to the root, computed in the browser (%s)',
    async (locale) => {
      const tour = await readTour();
      const { page, call } = await open();
      await call('mountTour', locale, tour);
      const step = (n: number) => page.locator('main > ol > li').nth(n - 1);
      expect(await step(2).locator('dl').count()).toBe(0);
      await step(2)
        .getByRole('button', { name: /Compute|计算/ })
        .click();
      await expect.poll(() => step(2).locator('dd').allInnerTexts()).toEqual([tour.original, tour.twin]);
      const marked = (await step(2).locator('mark').allInnerTexts()).join('').length;
      expect(marked).toBeGreaterThan(32);
      expect(await step(2).innerText()).toContain(String(marked));
      expect(await step(3).innerText()).toMatch(/Not found|没有找到/);
      expect(await step(4).locator('dd').allInnerTexts()).toEqual([tour.way.commitment, tour.way.leaf]);

      const shown = step(5).locator('ol > li:visible');
      // The class that hides the rest is not known here: its name is.
      const hidden = step(5).locator('ol > li.hidden');
      expect(await hidden.count()).toBe(tour.way.joins.length - 1);
      await step(5)
        .getByRole('button', { name: /Next|下一步/ })
        .click();
      expect(await hidden.count()).toBe(tour.way.joins.length - 2);
      await step(5)
        .getByRole('button', { name: /All|全部/ })
        .click();
      expect(await shown.count()).toBe(tour.way.joins.length);
      expect(await step(5).innerText()).toContain(tour.way.root);

      await expect.poll(() => step(6).locator('dd').allInnerTexts()).toEqual(Array(3).fill(tour.way.root));
      expect(await step(6).innerText()).toMatch(/bears the registry|平台所签/);
      const [, forged, real] = await step(7).locator('dd').allInnerTexts();
      expect(real).toBe(tour.way.root);
      expect(forged).not.toBe(real);
      expect(await barriers(page)).toEqual([]);
      await page.close();
    },
  );

  it('says when the files cannot be had, and tries again', async () => {
    const { page, call } = await open();
    await page.route('**/spec/*', (route) => route.abort());
    await call('mountTour', 'en', await readTour());
    const button = page.getByRole('button', { name: 'Compute both fingerprints here' });
    await button.click();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/spec/*');
    await page.route('**/spec/*', (route) =>
      route.fulfill({
        body: readFileSync(path.join(spec, path.basename(new URL(route.request().url()).pathname))),
      }),
    );
    await button.click();
    await page.locator('[data-tour="fingerprints"]').waitFor();
    await page.close();
  });
});

describe('the tree', () => {
  it.each(['en', 'zh'] as const)('is altered, anchored and proven by keyboard (%s)', async (locale) => {
    const { page, call } = await open();
    await call('mountTree', locale);
    const outcome = () => page.locator('[data-outcome]').getAttribute('data-outcome');
    const changed = () => page.locator('[data-outcome]').getAttribute('data-changed');
    await expect.poll(outcome).toBe('same');
    expect(await page.locator('[data-node]').count()).toBe(15);

    await page.getByRole('textbox').nth(2).focus();
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    await expect.poll(outcome).toBe('different');
    expect(await changed()).toBe('4');
    const check = page.getByRole('button', { name: /Check it|核对$/ });
    await check.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/It fails|核对不通过/).waitFor();

    await page.getByRole('radio').nth(2).focus();
    await page.keyboard.press('ArrowDown');
    await check.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/It holds|核对通过/).waitFor();

    await page.getByRole('button', { name: /Anchor this|锚定这棵/ }).press('Enter');
    await expect.poll(outcome).toBe('same');
    const add = page.getByRole('button', { name: /Add a|添加/ });
    for (let count = 9; count <= 16; count += 1) {
      await add.press('Enter');
      await expect.poll(() => page.locator('[data-node]').count()).toBe(2 * count - 1);
      expect(await outcome()).toBe('grown');
    }
    expect(await add.isDisabled()).toBe(true);
    for (let count = 15; count >= 1; count -= 1) await page.locator('main li > button').last().press('Enter');
    expect(await page.locator('[data-node]').count()).toBe(1);
    expect(await page.locator('main li > button').isDisabled()).toBe(true);
    await page.getByText(/needs no proof|无需证明/).waitFor();
    await page.getByRole('button', { name: /Start again|重新开始/ }).press('Enter');
    await expect.poll(() => page.locator('[data-node]').count()).toBe(15);
    expect(await barriers(page)).toEqual([]);
    await page.close();
  });
});

describe('the address that a certificate leads to', () => {
  const id = '019c4b31-1000-7000-8000-000000000002';
  const at = `**/api/v1/evidence/${id}`;

  it('fetches the record that it names, once it is known what is trusted', async () => {
    const { page, call } = await open(`#record=${id}`);
    await page.route(at, (route) => route.fulfill({ body: '{"evidence": true}' }));
    await call('mountAddressed', false);
    await page.waitForTimeout(200);
    expect(await call('whatWasHanded')).toEqual([]);
    await call('mountAddressed', true);
    await expect.poll(() => call('whatWasHanded')).toEqual([`${id}.evidence.json: {"evidence": true}`]);
    expect(await call('howOftenAnswered')).toBe(1);
    await page.close();
  });

  it.each([
    [
      'en',
      'The registry does not show this record',
      'Either it is not public yet, or this registry knows no such',
    ],
    ['zh', '平台不公开此记录', '可能此记录尚未公开，也可能平台没有这样的记录'],
  ] as const)('asks for the receipt where the registry shows nothing (%s)', async (locale, title, why) => {
    const { page, call } = await open(`#record=${id}`);
    await page.route(at, (route) => route.fulfill({ status: 404, body: '{}' }));
    await call('mountAddressed', true, locale);
    const said = await page.getByRole('status').innerText();
    expect(said).toContain(title);
    expect(said).toContain(why);
    expect(await call('howOftenAnswered')).toBe(1);
    const receipt = {
      name: 'receipt.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"promise": 1}'),
    };
    await page.locator('input[name="receipt"]').setInputFiles(receipt);
    await expect.poll(() => call('whatWasHanded')).toEqual(['receipt.json: {"promise": 1}']);
    expect(await barriers(page)).toEqual([]);
    await page.close();
  });

  it('says when the registry does not answer, and then asks for no receipt', async () => {
    const { page, call } = await open(`#record=${id}`);
    await page.route(at, (route) => route.fulfill({ status: 500, body: '{}' }));
    await call('mountAddressed', true);
    expect(await page.getByRole('status').innerText()).toContain('This could not be checked');
    expect(await page.locator('input[name="receipt"]').count()).toBe(0);
    await page.close();
  });

  it('is followed on the page itself too, as often as it is asked for', async () => {
    const { page, call } = await open();
    await page.route(at, (route) => route.fulfill({ body: '{"evidence": true}' }));
    await call('mountAddressed', true);
    await page.waitForTimeout(200);
    expect(await call('whatWasHanded')).toEqual([]);
    const handed = `${id}.evidence.json: {"evidence": true}`;
    for (const expected of [[handed], [handed, handed]]) {
      await page.evaluate((to) => void (window.location.hash = to), `#record=${id}`);
      await expect.poll(() => call('whatWasHanded')).toEqual(expected);
    }
    await page.close();
  });

  it('asks for nothing without a name', async () => {
    const other = await open('#record=../../secret');
    const asked: string[] = [];
    other.page.on('request', (request) => asked.push(request.url()));
    await other.call('mountAddressed', true);
    await other.page.waitForTimeout(200);
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
    await other.page.close();
  });
});
