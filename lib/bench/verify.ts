import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { ensureChromium } from '@/lib/cli/chromium';
import { median, type Bench, type Figure } from './figure';
import { openInChromium, type ChromiumPage } from './in-chromium';
import type { Done } from './page/bench-worker';
import { startApplication } from './running-application';
import { randomFile } from './sealing-files';

const GB = 1_000_000_000;
const HASH_ROUNDS = 4;
const EVIDENCE_ROUNDS = 5;
const VERIFICATIONS = 50;
const LOADS = 5;
const SLOWDOWN = 4;
const PAGE = '/en/verify';
/** Two fields and a button: what any page takes on this machine, for the frame and the framework. */
const SMALLEST = '/en/sign-in';

const spec = (name: string) => path.join(import.meta.dirname, '..', '..', 'public', 'spec', name);

async function work({ page }: ChromiumPage, job: unknown): Promise<number> {
  const done: Done = await page.evaluate(`bench.work(${JSON.stringify(job)})`);
  if ('error' in done) throw new Error(done.error);
  return done.ms;
}

async function evidence(inside: ChromiumPage): Promise<Figure> {
  const text = await fs.readFile(spec('example.evidence.json'), 'utf8');
  const registry: unknown = JSON.parse(await fs.readFile(spec('example.registry.json'), 'utf8'));
  const runs: number[] = [];
  for (let round = 0; round < EVIDENCE_ROUNDS; round += 1)
    runs.push(await work(inside, { kind: 'evidence', text, registry, count: VERIFICATIONS }));
  return {
    name: 'Chromium: one evidence file read and verified, without a network',
    unit: 'ms',
    runs,
    wanted: [{ of: 'value', below: 100 }],
    note: `The published example, with the evidence of its signing key. The mean of ${VERIFICATIONS} in a row, after one.`,
  };
}

async function hashing(inside: ChromiumPage, folder: string): Promise<Figure> {
  await inside.page.setInputFiles('input', await randomFile(folder, 'large.bin', GB));
  const runs: number[] = [];
  const floorRuns: number[] = [];
  for (let round = 0; round < HASH_ROUNDS; round += 1) {
    // In turns: whoever comes second finds the memory of the first not yet given back.
    const turns = [['webcrypto', floorRuns] as const, ['product', runs] as const];
    for (const [by, into] of round % 2 === 0 ? turns : turns.toReversed())
      into.push(GB / 1000 / (await work(inside, { kind: 'digest', by })));
  }
  return {
    name: 'Chromium: SHA-256 of a file of 1 GB, as the page hashes it',
    unit: 'MB/s',
    runs,
    floor: { name: 'WebCrypto, with the whole file in memory', runs: floorRuns },
    wanted: [{ of: 'ratio', atLeast: 0.8 }],
    note: 'From the disk, in a worker. WebCrypto takes nothing by pieces: up to 1 GB on a machine with 8 GB (128 MB on any) the file is held in memory for it, above that WebAssembly streams.',
  };
}

/** What one visit loads, and when the page is ready for the reader. */
interface Visit {
  /** Of all scripts until the page is ready, as they came over the line, without the headers of the answers. */
  scriptBytes: number;
  /** And of those that were fetched ahead afterwards. */
  aheadBytes: number;
  strangers: string[];
  readyMs: number;
}

/** Notes when the page has loaded and its main thread is idle for the first time. */
const WHEN_IDLE = `addEventListener('load', () =>
  requestIdleCallback(() => { globalThis.idleSince = performance.now(); }))`;

async function visit(baseUrl: string, page: string): Promise<Visit> {
  const { executable, env } = await ensureChromium();
  const given = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
  const browser = await chromium.launch({
    executablePath: executable,
    env: Object.fromEntries(given) as Record<string, string>,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
  try {
    const tab = await browser.newPage();
    const session = await tab.context().newCDPSession(tab);
    await session.send('Network.enable');
    const scripts = new Set<string>();
    let scriptBytes = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    const strangers: string[] = [];
    tab.on('request', (request) => {
      if (!request.url().startsWith(baseUrl) && !request.url().startsWith('data:'))
        strangers.push(request.url());
    });
    await tab.addInitScript(WHEN_IDLE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await tab.goto(`${baseUrl}${page}`);
    await tab.waitForFunction(() => 'idleSince' in globalThis);
    const readyMs: number = await tab.evaluate('globalThis.idleSince');
    const ready = scriptBytes;
    // What is fetched ahead once the page is idle is no part of the first load, and must not be hidden either.
    await tab.waitForLoadState('networkidle');
    return { scriptBytes: ready, aheadBytes: scriptBytes - ready, strangers, readyMs };
  } finally {
    await browser.close();
  }
}

async function firstLoad(folder: string, stops: (() => Promise<void>)[]): Promise<Figure[]> {
  const { baseUrl } = await startApplication(folder, stops);
  const visits: Visit[] = [];
  const smallest: Visit[] = [];
  // Once without the watch: the server compiles what it has not answered before.
  for (const page of [PAGE, SMALLEST]) await visit(baseUrl, page);
  for (let i = 0; i < LOADS; i += 1) {
    smallest.push(await visit(baseUrl, SMALLEST));
    visits.push(await visit(baseUrl, PAGE));
  }
  return [
    {
      name: 'first load of /verify: JavaScript, as it comes over the line',
      unit: 'KiB',
      runs: visits.map(({ scriptBytes }) => scriptBytes / 1024),
      wanted: [{ of: 'value', atMost: 150 }],
      note: `Compressed, until the page is ready. Fetched ahead after that: ${Math.round(median(visits.map(({ aheadBytes }) => aheadBytes)) / 1024)} KiB.`,
    },
    {
      name: 'first load of /verify: requests to anybody else',
      unit: 'requests',
      runs: visits.map(({ strangers }) => strangers.length),
      wanted: [{ of: 'value', atMost: 0 }],
    },
    {
      name: `first load of /verify: ready for the reader, with a processor ${SLOWDOWN} times slower`,
      unit: 'ms',
      runs: visits.map(({ readyMs }) => readyMs),
      floor: { name: 'the smallest page of the site', runs: smallest.map(({ readyMs }) => readyMs) },
      wanted: [{ of: 'value', below: 2000 }],
      note: 'From the request to the first idle moment of the main thread after everything has loaded.',
    },
  ];
}

/** What a citizen waits for on the page of verification. */
export const verifyBench: Bench = {
  about: 'the page of verification in Chromium: one evidence file, a file of 1 GB, and the first load',
  async run(stops, tell) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-bench-'));
    stops.push(() => fs.rm(folder, { recursive: true, force: true }));
    const inside = await openInChromium(folder, stops);
    const figures: Figure[] = [];
    const add = (measured: Figure[]) => {
      tell(measured);
      figures.push(...measured);
    };
    add([await evidence(inside)]);
    add([await hashing(inside, folder)]);
    add(await firstLoad(folder, stops));
    return figures;
  },
};
