import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import pg from 'pg';
import { e2eWorld } from '../harness/e2e-world';
import { untilAlive, visit } from './support/visit';

// What every visitor meets: both languages, axe, a phone's width, the keyboard, and addresses that lead nowhere.

const PAGES = [
  '',
  '/tenders',
  '/tenders/one',
  '/tenders/one/check',
  '/verify',
  '/verify/tour',
  '/how-it-works',
  '/sign-in',
  '/status',
];

/** The address of a page in a language; `one` stands for the newest tender of the list. */
async function open(page: Page, locale: string, path: string): Promise<void> {
  const [, below] = /^\/tenders\/one(.*)$/.exec(path) ?? [];
  if (below === undefined) return visit(page, `/${locale}${path}`);
  await page.goto(`/${locale}/tenders`);
  const href = await page.locator('main h2 a').first().getAttribute('href');
  return visit(page, String(href));
}

for (const locale of ['en', 'zh']) {
  test(`pages in ${locale} have no serious barrier, and fit a phone`, async ({ page }) => {
    for (const path of PAGES) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, locale, path);
      await expect(page.locator('html')).toHaveAttribute('lang', locale === 'en' ? 'en-GB' : 'zh-CN');
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      const found = serious.map(
        ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`,
      );
      expect.soft(found, `${locale}${path}`).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(wide, `width of ${locale}${path}`).toBeLessThanOrEqual(390);
    }
  });
}

test('the language changes, and the page and its search stay', async ({ page }) => {
  await visit(page, '/en/tenders?q=kitchen');
  await page.getByRole('link', { name: 'Read this page in 中文' }).click();
  await page.waitForURL('**/zh/tenders?q=kitchen');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('searchbox')).toHaveValue('kitchen');
  await page.getByRole('link', { name: /English/ }).click();
  await page.waitForURL('**/en/tenders?q=kitchen');
});

test('a file is verified by keyboard alone, and the result is read out', async ({ page }) => {
  await visit(page, '/en');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Verify' });
  for (let presses = 0; presses < 40; presses += 1) {
    if (await link.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/verify');
  await untilAlive(page);
  const drop = page.getByLabel('Documents or evidence files');
  for (let presses = 0; presses < 40; presses += 1) {
    if (await drop.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(drop).toBeFocused();
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Space');
  const chooser = await choosing;
  const stranger = {
    name: 'stranger.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Nobody filed this.'),
  };
  await chooser.setFiles(stranger);
  await expect(page.locator('[data-verdict="unknown"]')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'stranger.txt' })).toContainText('No record');
});

for (const [at, name] of ['tenderproof-verifier.html', 'tenderproof-sealer.html'].entries()) {
  test(`${name} is in the log; its record leads to a check, and its copy there is saved, not run`, async ({
    page,
  }) => {
    const file = Buffer.from(await (await fetch(`${e2eWorld().baseUrl}/${name}`)).arrayBuffer());
    // The worker publishes at its start, and the log follows.
    const offered = page.locator('[data-published]').nth(at);
    await expect(async () => {
      await visit(page, '/en/verify');
      await expect(offered).toBeVisible({ timeout: 1000 });
    }).toPass();
    const recordId = await offered.getAttribute('data-published');
    await offered.getByRole('link').click();
    const record = page.locator('[data-verdict="proven"]');
    await expect(record).toContainText('This is the record by which this registry published the offline');
    await page.getByRole('button', { name: 'Clear the list' }).click();
    await page.locator('#files').setInputFiles({ name, mimeType: 'text/html', buffer: file });
    await expect(page.locator('[data-verdict="proven"]')).toContainText('that this registry published on');
    const rows = await e2eWorld().sql('SELECT id, sha256 FROM record_documents WHERE "recordId" = $1', [
      recordId,
    ]);
    expect(rows).toEqual([
      { id: expect.any(String), sha256: createHash('sha256').update(file).digest('hex') },
    ]);
    const saved = page.waitForEvent('download');
    const address = `/api/v1/documents/${recordId}/${String(rows[0]?.id)}`;
    await page.evaluate((to) => window.location.assign(to), address);
    const kept = await (await saved).createReadStream();
    const bytes = Buffer.concat(await kept.toArray());
    expect(bytes.equals(file)).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/en/verify');
  });
}

test('a recovery file that is dropped by mistake is neither read nor asked about', async ({ page }) => {
  await visit(page, '/en/verify');
  await untilAlive(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const content = JSON.stringify({
    format: 'tenderproof-recovery-file/1',
    ocid: 'ocds-x',
    age: 'secret words',
  });
  const file = { name: 'renamed.pdf', mimeType: 'application/pdf', buffer: Buffer.from(content) };
  await page.getByLabel('Documents or evidence files').setInputFiles(file);
  const refusal = page.locator('[data-refused="recovery"]');
  await expect(refusal).toContainText('it was not read');
  await expect(page.getByRole('status').filter({ hasText: 'renamed.pdf' })).toContainText('recovery file');
  await expect(page.locator('body')).not.toContainText('secret words');
  expect(asked.filter((url) => /\/api\/|worker/.test(url))).toEqual([]);
});

test('an address that leads nowhere says so, without a trace of the inside', async ({ page }) => {
  for (const [path, words] of [
    ['/en/nowhere', 'There is no page at this address'],
    ['/zh/nowhere', '此地址没有对应的页面'],
    ['/en/tenders/ocds-none-1', 'There is no page at this address'],
  ] as const) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { name: words })).toBeVisible();
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|Prisma|Error:/);
  }
  const api = await page.request.get('/api/v1/evidence/not-a-record');
  expect(api.status()).toBe(404);
  expect(await api.json()).toMatchObject({ code: 'not-found' });
});

/** An alarm that the running monitor, which finds nothing wrong, cannot clear before `remove`: its row is locked. */
async function keptAlarm(): Promise<{ remove(): Promise<void> }> {
  const client = new pg.Client({ connectionString: e2eWorld().databaseUrl });
  await client.connect();
  for (;;) {
    await client.query(`INSERT INTO alarms (id, code, subject, facts, "raisedAt", "seenAt")
                        VALUES ('e2e', 'anchor-root', 'anchorIndex 7', '{}', now(), now())
                        ON CONFLICT (id) DO UPDATE SET "clearedAt" = NULL`);
    await client.query('BEGIN');
    const { rowCount } = await client.query(
      `SELECT 1 FROM alarms WHERE id = 'e2e' AND "clearedAt" IS NULL FOR UPDATE`,
    );
    if (rowCount === 1) break;
    await client.query('ROLLBACK');
  }
  return {
    async remove() {
      await client.query(`DELETE FROM alarms WHERE id = 'e2e'`);
      await client.query('COMMIT');
      await client.end();
    },
  };
}

test('the status page tells how each part stands, and what the audit found, in both languages', async ({
  page,
}) => {
  const chain = page.locator('[data-part="chain"]');
  await visit(page, '/en/status');
  await expect(chain).toContainText('The chain answers, and it is the right one.');
  const { parts } = (await (await page.request.get('/api/v1/health')).json()) as {
    parts: { part: string }[];
  };
  await expect(page.locator('[data-part]')).toHaveCount(parts.length);
  expect((await page.request.get('/api/v1/metrics')).status()).toBe(404);
  const alarm = await keptAlarm();
  try {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const [locale, words] of [
      ['en', 'do not give the root that is anchored on chain'],
      ['zh', '所提供的叶子算不出链上锚定的根'],
    ] as const) {
      await visit(page, `/${locale}/status`);
      await expect(page.locator('[data-condition="alarms"]')).toBeVisible();
      await expect(page.locator('[data-alarms="1"]')).toContainText(words);
      await expect(page.locator('[data-alarms="1"]')).toContainText('anchorIndex 7');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  } finally {
    await alarm.remove();
  }
});
