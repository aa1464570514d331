import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ed25519 } from '@noble/curves/ed25519.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatWitnessKey, witnessKey } from '@/lib/merkle/cosignature';
import { fileCover, logHead } from '@/lib/server/log-store';
import { systemClock } from '@/lib/server/clock';
import { readWitnessList } from '@/lib/server/witness-list';
import { runWorker } from '@/lib/worker/run';
import { temporaryFolder } from '../../harness/temporary-folder';
import { startWitness, type WitnessProcess } from '../../support/witness-process';
import { pinned } from '../api/asked';
import { startRegistry, type Registry } from '../api/fixture';

let registry: Registry;
let witness: WitnessProcess;
let silent: http.Server;
/** Requests that the silent one holds, and the most that it held at once. */
const held = { now: 0, most: 0, all: 0 };
let heldSince = 0;
const { folder, remove } = temporaryFolder();
const stopping = new AbortController();
let worker: Promise<void>;

beforeAll(async () => {
  registry = await startRegistry();
  registry.world.clock = systemClock;
  witness = await startWitness(path.join(folder, 'w'), 'witness.example/w', [
    '--log',
    pinned().logKey,
    '--port',
    '0',
  ]);
  silent = http.createServer((request) => {
    held.now += 1;
    held.all += 1;
    if (held.all === 1) heldSince = Date.now();
    held.most = Math.max(held.most, held.now);
    request.socket.once('close', () => (held.now -= 1));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const mute = formatWitnessKey(witnessKey('mute.example', ed25519.getPublicKey(new Uint8Array(32).fill(3))));
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const list = readWitnessList(`${mute} ${address}, ${witness.vkey} ${witness.url}`);
  if (typeof list === 'string') throw new Error(list);
  registry.world.env.WITNESSES = list;
  worker = runWorker({ world: registry.world, chain: registry.chain, signal: stopping.signal });
});
afterAll(async () => {
  stopping.abort();
  await worker;
  await witness.kill();
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  await registry.stop();
  remove();
});

it('a witness that never answers delays neither the log nor another witness', async () => {
  const { db } = registry.world;
  let slowest = 0;
  const cosigned = (keyName: string) => db.cosignature.count({ where: { keyName } });
  const heldLong = () => held.all > 0 && Date.now() - heldSince > 5000;
  const end = Date.now() + 45_000;
  while (Date.now() < end && !(heldLong() && (await cosigned('witness.example/w')) > 0)) {
    const before = (await logHead(db))?.size ?? 0;
    const filed = Date.now();
    await fileCover(db, filed);
    while (((await logHead(db))?.size ?? 0) <= before) await sleep(20);
    slowest = Math.max(slowest, Date.now() - filed);
    await sleep(200);
  }
  expect(held.all).toBeGreaterThan(0);
  expect(held.most).toBe(1);
  // The log's own rhythm is a quarter of a second; the silent witness holds its request for ten seconds.
  expect(slowest).toBeLessThan(5000);
  expect(await cosigned('witness.example/w')).toBeGreaterThan(0);
  expect(await cosigned('mute.example')).toBe(0);
});
