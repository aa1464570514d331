import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure';
import { openInChromium, type ChromiumPage } from './in-chromium';
import type { Done } from './page/bench-worker';
import type { BenchPage, SealRun } from './page/page';
import { randomFile } from './sealing-files';
import {
  BARE_DECRYPTION,
  BARE_ENCRYPTION,
  benchBids,
  BID,
  BIDS,
  OFFER,
  OFFERS,
  perSecond,
} from './sealing-node';

const MB = 1_000_000;
const ROUNDS = 5;
const OPENING_ROUNDS = 3;
/** Digests that the format asks of a sealer (each file, the payload, the envelope), and of an opener the same. */
const DIGESTS = 3;

type Arguments<K extends keyof BenchPage> = Parameters<BenchPage[K]>[0];

/** Calls the page's side of the bench. */
async function inPage<T>({ page }: ChromiumPage, name: keyof BenchPage, argument?: unknown): Promise<T> {
  return page.evaluate(`bench.${name}(${JSON.stringify(argument ?? null)})`);
}

async function work(chromium: ChromiumPage, job: Arguments<'work'>): Promise<{ ms: number; told: number }> {
  const done = await inPage<Done>(chromium, 'work', job);
  if ('error' in done) throw new Error(done.error);
  return done;
}

const seal = (chromium: ChromiumPage) => inPage<SealRun>(chromium, 'seal');

/** That a task of the main thread is noticed when there is one. */
async function checkObserver(chromium: ChromiumPage): Promise<void> {
  const seen = await inPage<number>(chromium, 'block', 80);
  if (seen < 50) throw new Error('The browser does not report long tasks: nothing can be said about them.');
}

async function sealing(chromium: ChromiumPage, folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, sizes] of Object.entries(OFFERS)) {
    const files: string[] = [];
    for (const [i, size] of sizes.entries()) files.push(await randomFile(folder, `chromium-${i}.pdf`, size));
    await chromium.page.setInputFiles('input', files);
    const bare: number[] = [];
    const demanded: number[] = [];
    const runs: SealRun[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { ms } = await work(chromium, { kind: 'encrypt', bytes: OFFER });
      const hash = await work(chromium, { kind: 'hash', bytes: OFFER });
      bare.push(perSecond(OFFER, ms));
      demanded.push(perSecond(OFFER, ms + DIGESTS * hash.ms));
      runs.push(await seal(chromium));
    }
    figures.push(...sealingFigures(what, runs, bare, demanded));
  }
  return figures;
}

function sealingFigures(what: string, sealed: SealRun[], bare: number[], demanded: number[]): Figure[] {
  const runs = sealed.map(({ ms }) => perSecond(OFFER, ms));
  const name = `Chromium: sealing 100 MB in ${what}, in the product's worker`;
  return [
    {
      name,
      unit: 'MB/s',
      runs,
      floor: { name: BARE_ENCRYPTION, runs: bare },
      wanted: [{ of: 'ratio', atLeast: 0.5 }],
      note: 'From files on the disk. Digests of files, payload and envelope, padding and shares included.',
    },
    {
      name: `${name}, beside all that the format demands`,
      unit: 'MB/s',
      runs,
      floor: {
        name: 'the same encryption and three SHA-256 (WebAssembly), one after another',
        runs: demanded,
      },
      wanted: [{ of: 'ratio', atLeast: 0.7 }],
      note: 'WebCrypto has no SHA-256 of a stream: a browser hashes in WebAssembly, several times slower than it encrypts.',
    },
    {
      name: `Chromium: longest task of the page's main thread meanwhile, ${what}`,
      unit: 'ms',
      runs: sealed.map(({ longestTask }) => longestTask),
      wanted: [{ of: 'value', atMost: 50 }],
      note: `0: none above 50 ms, by PerformanceObserver; one made on purpose was seen. Progress was told ${sealed.map(({ told }) => told).join(', ')} times.`,
    },
  ];
}

/** Private memory of a process in KiB; 0 when it has ended. */
function privateKib(pid: number): number {
  try {
    return Number(/^RssAnon:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** In MiB, of all these processes together. */
const privateMemory = (processes: readonly number[]): number =>
  processes.reduce((sum, pid) => sum + privateKib(pid), 0) / 1024;

/** How far the memory of the whole browser rises above what it was before, in MiB, while the chosen file is sealed. */
async function riseWhileSealing(chromium: ChromiumPage): Promise<number> {
  const before = privateMemory(chromium.processes);
  let most = before;
  let sealed = false;
  const running = seal(chromium).finally(() => (sealed = true));
  while (!sealed) {
    most = Math.max(most, privateMemory(chromium.processes));
    await sleep(20);
  }
  await running;
  return most - before;
}

async function memory(chromium: ChromiumPage, folder: string): Promise<Figure[]> {
  if (chromium.processes.length === 0) return [];
  const files = {
    small: await randomFile(folder, 'small.pdf', 100 * MB),
    large: await randomFile(folder, 'large.pdf', 300 * MB),
  };
  const rises = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < OPENING_ROUNDS; round += 1)
    for (const which of ['small', 'large'] as const) {
      await chromium.page.setInputFiles('input', files[which]);
      rises[which].push(await riseWhileSealing(chromium));
    }
  return [
    {
      name: 'Chromium: memory of the whole browser while it seals 300 MB, above what it was before',
      unit: 'MiB',
      runs: rises.large,
      floor: { name: 'the same for 100 MB', runs: rises.small },
      wanted: [{ of: 'ratio', atMost: 1.25 }],
      note: 'Private resident memory of all its processes every 20 ms, garbage included. It must not grow with the offer.',
    },
  ];
}

async function opening(chromium: ChromiumPage, folder: string): Promise<Figure[]> {
  const bids = await benchBids(folder);
  await chromium.page.setInputFiles(
    'input',
    bids.map(({ file }) => file),
  );
  const hashes = bids.map(({ envelopeHash }) => envelopeHash);
  const runs: number[] = [];
  const bare: number[] = [];
  const demanded: number[] = [];
  for (let round = 0; round < OPENING_ROUNDS; round += 1) {
    const bytes = BIDS * BID;
    const decrypted = (await work(chromium, { kind: 'decrypt', bytes })).ms;
    const encrypted = (await work(chromium, { kind: 'encrypt', bytes })).ms;
    const hashed = (await work(chromium, { kind: 'hash', bytes })).ms;
    const { ms, told } = await work(chromium, { kind: 'open', hashes, count: BIDS });
    if (told < BIDS) throw new Error(`Progress was told ${told} times only`);
    runs.push(ms / 1000);
    bare.push(decrypted / 1000);
    demanded.push((decrypted + encrypted + DIGESTS * hashed) / 1000);
  }
  const name = `Chromium: opening ${BIDS} bids of 20 MB from shares in a worker`;
  return [
    {
      name,
      unit: 's',
      runs,
      floor: { name: BARE_DECRYPTION, runs: bare },
      wanted: [{ of: 'ratio', atMost: 2.5 }],
    },
    {
      name: `${name}, beside all that the format demands`,
      unit: 's',
      runs,
      floor: { name: 'decryption, encryption and three SHA-256, one after another', runs: demanded },
      wanted: [{ of: 'ratio', atMost: 1.4 }],
    },
  ];
}

/** Sealing and opening in Chromium. */
export async function inChromium(folder: string, stops: (() => Promise<void>)[]): Promise<Figure[]> {
  const chromium = await openInChromium(folder, stops);
  await checkObserver(chromium);
  return [
    ...(await sealing(chromium, folder)),
    ...(await memory(chromium, folder)),
    ...(await opening(chromium, folder)),
  ];
}
