import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { embeddedChainId } from '@/lib/server/env';
import { freePort } from '@/lib/server/embedded/processes';
import { e2eWorld } from '../harness/e2e-world';
import { startCommand, type Started } from '../harness/start-command';

// The same build as a real registry runs it: database and chain are given, so nothing is embedded, and nothing of the
// demonstration is there, though the database (that of the other tests) is full of it.

const LOGIN = 'e2e_production';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-production-'));
let production: Started;

test.beforeAll(async () => {
  const { databaseUrl, rpcUrl, contract, keys, sql, dataFolder } = e2eWorld();
  const password = randomBytes(24).toString('hex');
  // As README has it: neither the owner nor a superuser.
  await sql(`CREATE ROLE ${LOGIN} LOGIN PASSWORD '${password}' IN ROLE tenderproof_app`);
  const login = new URL(databaseUrl);
  [login.username, login.password] = [LOGIN, password];
  const port = await freePort(0);
  production = await startCommand({
    args: [],
    logFile: path.join(folder, 'start.log'),
    env: {
      DATABASE_URL: login.href,
      DATABASE_OWNER_URL: databaseUrl,
      CHAIN_RPC_URL: rpcUrl,
      CHAIN_ID: String(embeddedChainId),
      CHAIN_FINALITY: 'confirmations',
      CHAIN_CONFIRMATIONS: '1',
      CONTRACT_ADDRESS: contract.address,
      ANCHORER_KEY: keys.anchorer,
      REGISTRAR_KEY: keys.registrar,
      LOG_KEY: keys.log,
      AUTH_SECRET: randomBytes(32).toString('hex'),
      REGISTRY_ORIGIN: 'localhost/tenderproof',
      BASE_URL: `http://localhost:${port}`,
      STORAGE_DIR: path.join(dataFolder, 'storage'),
      PORT: String(port),
      HOST: 'localhost',
      LOG_LEVEL: 'warn',
    },
  });
});
test.afterAll(async () => {
  await production?.stop('SIGTERM');
  fs.rmSync(folder, { recursive: true, force: true });
});

const at = (where: string) => `${production.address.replace(/\/$/, '')}${where}`;

async function people(): Promise<unknown> {
  const [row] = await e2eWorld().sql(
    'SELECT (SELECT count(*) FROM session) AS sessions, (SELECT count(*) FROM tenders) AS tenders',
  );
  return row;
}

test('the door of the demonstration is not there, in either language', async () => {
  for (const where of ['/en/demo', '/zh/demo', '/demo']) {
    const response = await fetch(at(where), { redirect: 'follow' });
    expect(response.status, where).toBe(404);
  }
  // It is in the demonstration.
  expect((await fetch(`${e2eWorld().baseUrl}/en/demo`)).status).toBe(200);
});

test('its routes are not there, whoever asks, and change nothing', async () => {
  const before = await people();
  const origin = new URL(production.address).origin;
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const asked: [string, string][] = [
    ['/api/demo/persona', form({ persona: 'officer', return: '/en' })],
    ['/api/demo/persona', form({ persona: '' })],
    ['/api/demo/play', form({ language: 'en', part: 'approver' })],
    ['/api/demo/key', ''],
  ];
  for (const [where, body] of asked) {
    for (const headers of [{ origin, 'sec-fetch-site': 'same-origin' }, { origin }, {}] as Record<
      string,
      string
    >[]) {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(at(where), { method: 'POST', body, headers: { ...type, ...headers } });
      expect(response.status, where).toBe(404);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect((await fetch(at(where))).status).toBeGreaterThanOrEqual(404);
  }
  expect(await people()).toEqual(before);
});

test('no page offers it, and the registry says that it is none', async ({ page }) => {
  for (const where of [
    '/en',
    '/zh',
    '/en/tenders',
    '/en/sign-in',
    '/en/how-it-works',
    '/en/status',
    '/en/verify',
  ]) {
    await page.goto(at(where));
    await expect(page.locator('main')).toBeVisible();
    await expect(page.locator('form[action^="/api/demo"]'), where).toHaveCount(0);
    await expect(page.locator('a[href*="/demo"]'), where).toHaveCount(0);
    await expect(page.getByText('You are', { exact: false }), where).toHaveCount(0);
  }
  const registry = (await (await fetch(at('/api/v1/registry'))).json()) as { embedded: boolean };
  expect(registry.embedded).toBe(false);
});

for (const name of ['tenderproof-sealer.html', 'tenderproof-verifier.html']) {
  test(`${name} is a file to be saved, with the digest that the pages state`, async () => {
    const file = await fetch(at(`/${name}`));
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    const digest = createHash('sha256')
      .update(Buffer.from(await file.arrayBuffer()))
      .digest('hex');
    const beside = await fetch(at(`/${name}.sha256`));
    expect(await beside.text()).toBe(`${digest}  ${name}\n`);
    expect(await (await fetch(at('/en/verify'))).text()).toContain(digest);
  });
}

test('what the registry holds is there all the same', async ({ page }) => {
  const { sql, baseUrl } = e2eWorld();
  const [row] = await sql('SELECT count(*)::int AS n FROM tenders WHERE "publishedAt" IS NOT NULL');
  await page.goto(at('/en/tenders'));
  if (Number(row?.n) > 0) await expect(page.locator('main h2 a').first()).toBeVisible();
  const path = '/log/checkpoint';
  expect((await fetch(at(path))).status).toBe((await fetch(`${baseUrl}${path}`)).status);
});
