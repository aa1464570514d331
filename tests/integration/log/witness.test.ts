import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { POST as postCosignature } from '@/app/log/cosignature/route';
import { processOf } from '@/lib/demo/acts';
import { formatAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { parseCheckpoint, signCheckpoint } from '@/lib/merkle/checkpoint';
import {
  cosign,
  formatWitnessKey,
  parseWitnessKey,
  verifyCosignatures,
  witnessKey,
} from '@/lib/merkle/cosignature';
import { proofFromTiles } from '@/lib/merkle/tile';
import { fromHex } from '@/lib/record/hex';
import type { Evidence } from '@/lib/evidence/format';
import { ed25519 } from '@noble/curves/ed25519.js';
import { readHealth } from '@/lib/server/health';
import { fileCover, logHead, tileReader } from '@/lib/server/log-store';
import { witnessStatus } from '@/lib/server/queries/witness-status';
import { forgetRates } from '@/lib/server/rate-limit';
import { readWitnessList } from '@/lib/server/witness-list';
import { originHash } from '@/lib/witness/state';
import { pushToWitnesses, reportWitnesses } from '@/lib/worker/push-witnesses';
import { sequence } from '@/lib/worker/sequencer';
import { temporaryFolder } from '../../harness/temporary-folder';
import { serveLog } from '../../support/serve-log';
import { startWitness, type WitnessProcess } from '../../support/witness-process';
import { evidenceOf, pinned, verify } from '../api/asked';
import { call, refusalOf, startRegistry, type Registry } from '../api/fixture';
import { publish } from '../api/played';

let registry: Registry;
let log: Awaited<ReturnType<typeof serveLog>>;
let pushed: WitnessProcess;
let pulling: WitnessProcess;
const { folder, remove } = temporaryFolder();
const SIGNAL = new AbortController().signal;
const ORIGIN = 'test.example/registry';

/** As the operator would write it into the configuration. */
function configure(...entries: string[]): void {
  const read = readWitnessList(entries.join(','));
  if (typeof read === 'string') throw new Error(read);
  registry.world.env.WITNESSES = read;
}

const startPushed = () =>
  startWitness(path.join(folder, 'pushed'), 'witness.example/pushed', [
    '--log',
    pinned().logKey,
    '--port',
    '0',
  ]);

/** Lets the log grow by `count` leaves, under one checkpoint that has settled. */
async function grow(count: number): Promise<{ size: number; note: string }> {
  for (let i = 0; i < count; i += 1) await fileCover(registry.world.db, registry.time.now);
  await sequence(registry.world);
  registry.time.now += 3000;
  const head = await logHead(registry.world.db);
  if (!head) throw new Error('no log');
  return head;
}

const served = async (query = '') =>
  (await call(getCheckpoint.as(null), `/log/checkpoint${query}`, {})).text();

const signersOf = (note: string, keys: string[]) => {
  const checkpoint = parseCheckpoint(note);
  const outcome = checkpoint && verifyCosignatures(checkpoint, keys.map(parseWitnessKey));
  if (!outcome?.ok) throw new Error(`Not a good note: ${note}`);
  return outcome.cosignatures.map(({ name }) => name);
};

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await done()) return;
    await sleep(100);
  }
  throw new Error(`It did not happen within 20 seconds. ${pulling?.said() ?? ''}`);
}

const stored = (size: number) => registry.world.db.cosignature.count({ where: { treeSize: size } });

beforeAll(async () => {
  registry = await startRegistry();
  log = await serveLog();
  const pull = ['--log', pinned().logKey, '--submit', log.url, '--every', '1'];
  [pushed, pulling] = await Promise.all([
    startPushed(),
    startWitness(path.join(folder, 'pulling'), 'witness.example/pulling', pull),
  ]);
});
afterEach(() => forgetRates());
afterAll(async () => {
  await Promise.all([pushed.kill(), pulling.kill()]);
  await log.stop();
  await registry.stop();
  remove();
});

describe('two witnesses, one that is sent checkpoints and one that asks for them', () => {
  it('cosign what is anchored and the newest; both stand in the checkpoint and in the evidence', async () => {
    configure(`${pushed.vkey} ${pushed.url}`, pulling.vkey);
    const tender = await publish(registry);
    const { size } = await grow(3);
    expect(await pushToWitnesses(registry.world, SIGNAL)).toEqual(new Map());
    await until(async () => (await stored(size)) === 2);
    const note = await served();
    const keys = [pushed.vkey, pulling.vkey];
    expect(signersOf(note, keys)).toEqual(['witness.example/pushed', 'witness.example/pulling']);
    expect(parseCheckpoint(note)?.size).toBe(size);

    const notice = (await processOf(registry.world, tender.id)).filed.find((f) => f.type === 'notice');
    const evidence = (await (await evidenceOf(notice?.id ?? '')).json()) as Evidence;
    expect(evidence.anchor?.treeSize).toBe(parseCheckpoint(evidence.checkpoint)?.size);
    expect(signersOf(evidence.checkpoint, keys).length).toBe(2);
    const { steps, verdict } = await verify(registry, await evidenceOf(notice?.id ?? ''));
    expect(steps.filter((s) => s.outcome === 'fail')).toEqual([]);
    expect(verdict.outcome).not.toBe('refuted');

    expect(await witnessStatus(registry.world)).toMatchObject([
      { name: 'witness.example/pushed', pushed: true, lastSize: size, lagSeconds: 0, error: null },
      { name: 'witness.example/pulling', pushed: false, lastSize: size, lagSeconds: 0, error: null },
    ]);
    await reportWitnesses(registry.world, new Map());
    expect(await readHealth(registry.world.db)).toMatchObject([
      { part: 'witnesses', state: 'ok', code: 'ok' },
    ]);
  });

  it('follow the log across a tile', async () => {
    const { size } = await grow(300);
    expect(await pushToWitnesses(registry.world, SIGNAL)).toEqual(new Map());
    await until(async () => (await stored(size)) === 2);
    // A second round has nothing to do.
    expect(await pushToWitnesses(registry.world, SIGNAL)).toEqual(new Map());
    expect(await stored(size)).toBe(2);
  });

  it('serves the newest checkpoint at once, before anybody cosigned it', async () => {
    await fileCover(registry.world.db, registry.time.now);
    await sequence(registry.world);
    const head = await logHead(registry.world.db);
    expect(await served()).toBe(head?.note);
    // It has not settled: no witness gets it yet.
    expect(
      await refusalOf(
        await call(getCheckpoint.as(null), `/log/checkpoint?after=${(head?.size ?? 0) - 1}`, {}),
      ),
    ).toMatchObject({ status: 404 });
    registry.time.now += 3000;
    expect(await served(`?after=${(head?.size ?? 0) - 1}`)).toContain(head?.note);
    // A witness that knows more than the registry gets the newest, so that it sees that the registry was set back.
    expect(await served('?after=999999999')).toContain(head?.note);
    expect((await call(getCheckpoint.as(null), '/log/checkpoint?after=-1', {})).status).toBe(422);
  });
});

describe('a witness that is killed', () => {
  it('after it remembered and before it answered, cosigns the same again and no other history', async () => {
    await pushToWitnesses(registry.world, SIGNAL);
    const known = (await witnessStatus(registry.world))[0]?.lastSize ?? 0;
    const head = await grow(2);
    const proof = await proofFromTiles(tileReader(registry.world.db)).consistency(known, head.size);
    const body = formatAddCheckpoint({ oldSize: known, proof, note: head.note });
    const file = path.join(pushed.folder, `${originHash(ORIGIN)}.checkpoint`);
    const before = fs.readFileSync(file, 'utf8');
    const { hostname, port } = new URL(pushed.url);
    const socket = net.connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(
      `POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    // Nobody reads the answer: for the registry it was never given.
    while (fs.readFileSync(file, 'utf8') === before) await sleep(1);
    await pushed.kill();
    socket.destroy();
    expect(parseCheckpoint(fs.readFileSync(file, 'utf8'))?.size).toBe(head.size);

    expect((await pushToWitnesses(registry.world, SIGNAL)).get('witness.example/pushed')).toBe('away');
    pushed = await startPushed();
    configure(`${pushed.vkey} ${pushed.url}`, pulling.vkey);
    expect(await pushToWitnesses(registry.world, SIGNAL)).toEqual(new Map());
    const rows = await registry.world.db.cosignature.findMany({ where: { treeSize: head.size } });
    expect(rows.map((r) => r.keyName)).toContain('witness.example/pushed');
  });

  it('is told of as away, with how long it lags', async () => {
    configure(`${pushed.vkey} http://127.0.0.1:9`, pulling.vkey);
    await grow(1);
    const errors = await pushToWitnesses(registry.world, SIGNAL);
    await reportWitnesses(registry.world, errors);
    expect(await readHealth(registry.world.db)).toMatchObject([
      { state: 'warning', code: 'away', facts: { names: 'witness.example/pushed' } },
    ]);
    const [first] = await witnessStatus(registry.world);
    expect(first).toMatchObject({ error: 'away' });
    expect(first?.lagSeconds).toBeGreaterThan(0);
    configure(`${pushed.vkey} ${pushed.url}`, pulling.vkey);
  });

  it('does not start twice on one memory', async () => {
    await expect(startPushed()).rejects.toThrow('Another witness already works');
  });
});

describe('the registry', () => {
  const SEED = new Uint8Array(32).fill(5);
  const KEY = witnessKey('witness.example/third', ed25519.getPublicKey(SEED));
  const vkey = formatWitnessKey(KEY);
  const now = () => Math.floor(registry.time.now / 1000);
  const textOf = (note: string) => parseCheckpoint(note)?.text ?? '';
  const signed = (text: string, seed = SEED, time = now()) =>
    `${text}\n${cosign(text, KEY.name, seed, time).line}`;
  const send = (body: string, headers = {}) =>
    call(postCosignature.as(null), '/log/cosignature', {}, { method: 'POST', body, headers });

  it('takes a line once, however often it comes', async () => {
    configure(vkey);
    const { size, note } = await grow(1);
    const body = signed(textOf(note));
    expect(await (await send(body)).json()).toEqual({ treeSize: size, stored: 1 });
    expect(await (await send(body)).json()).toEqual({ treeSize: size, stored: 0 });
    // A later signature of the same does not replace the first: the table only grows.
    expect(await (await send(signed(textOf(note), SEED, now() + 1))).json()).toEqual({
      treeSize: size,
      stored: 0,
    });
    expect(await served()).toBe(note + body.slice(body.indexOf('—')));
  });

  it.each([
    [
      'a forged signature',
      422,
      'cosignature-invalid',
      (note: string) =>
        signed(textOf(note), new Uint8Array(32).fill(6)).replace(/^— \S+ \S+$/m, (line) => forge(line)),
    ],
    [
      'a date in the future',
      422,
      'cosignature-invalid',
      (note: string) => signed(textOf(note), SEED, now() + 3600),
    ],
    [
      'an unknown witness',
      403,
      'witness-unknown',
      (note: string) => `${textOf(note)}\n${cosign(textOf(note), 'stranger', SEED, now()).line}`,
    ],
    [
      'a known name with an unknown key',
      403,
      'witness-unknown',
      (note: string) => signed(textOf(note), new Uint8Array(32).fill(6)),
    ],
    ['only the log’s own signature', 403, 'witness-unknown', (note: string) => note],
    [
      'another log',
      404,
      'checkpoint-unknown',
      (note: string) => signed(textOf(note).replace('test.example', 'other.example')),
    ],
    [
      'another root',
      404,
      'checkpoint-unknown',
      (note: string) => signed(textOf(note).replace(/\n.{4}(?=\S+=\n$)/, '\nAAAA')),
    ],
    [
      'a size that never was',
      404,
      'checkpoint-unknown',
      (note: string) => signed(textOf(note).replace(/\n\d+\n/, '\n999999\n')),
    ],
    ['an extension line', 404, 'checkpoint-unknown', (note: string) => signed(`${textOf(note)}more\n`)],
    ['no checkpoint', 422, 'invalid-input', () => 'hello'],
    ['nothing', 422, 'invalid-input', () => ''],
    ['too much', 413, 'too-large', (note: string) => note + 'x'.repeat(20_000)],
  ])('refuses %s and stores nothing', async (_, status, code, make) => {
    configure(vkey);
    const { note } = await grow(1);
    const before = await registry.world.db.cosignature.count({ where: { keyName: KEY.name } });
    expect(await refusalOf(await send(make(note)))).toMatchObject({ status, code });
    expect(await registry.world.db.cosignature.count({ where: { keyName: KEY.name } })).toBe(before);
  });

  /** The right key id, and a signature that another key made. */
  function forge(line: string): string {
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    bytes.set(KEY.keyId, 0);
    return `— ${KEY.name} ${bytes.toString('base64')}`;
  }

  it('takes nothing for an old checkpoint, and something for the newest however old', async () => {
    configure(vkey);
    const { note: old } = await grow(1);
    const { note: newest } = await grow(1);
    registry.time.now += 2 * 86_400_000;
    expect(await refusalOf(await send(signed(textOf(old))))).toMatchObject({ code: 'checkpoint-unknown' });
    expect((await send(signed(textOf(newest)))).status).toBe(200);
    registry.time.now -= 2 * 86_400_000;
  });

  it('takes nothing from another site’s page', async () => {
    const answer = await send('x', { 'sec-fetch-site': 'cross-site' });
    expect(await refusalOf(answer)).toMatchObject({ code: 'other-site' });
  });

  it('tells a fork, a set-back database, a liar and a stranger apart', async () => {
    const { note, size } = await grow(1);
    const answers: Record<string, { status: number; body: string }> = {
      'not-consistent': { status: 422, body: 'no' },
      ahead: { status: 409, body: `${size + 50}\n` },
      'log-unknown': { status: 404, body: 'no' },
      refused: { status: 409, body: '0\n' },
      'cosignature-invalid': {
        status: 200,
        body: signed(textOf(note), new Uint8Array(32).fill(6)).slice(-200),
      },
      away: { status: 200, body: 'x'.repeat(100_000) },
    };
    for (const [error, { status, body }] of Object.entries(answers)) {
      const liar = http.createServer((_, response) => response.writeHead(status).end(body));
      await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
      const fresh = formatWitnessKey(witnessKey(`liar.example/${error}`, ed25519.getPublicKey(SEED)));
      configure(`${fresh} http://127.0.0.1:${(liar.address() as AddressInfo).port}`);
      expect([...(await pushToWitnesses(registry.world, SIGNAL)).values()]).toEqual([error]);
      liar.closeAllConnections();
      await new Promise((resolve) => liar.close(resolve));
    }
  });
});

describe('a registry that shows two histories', () => {
  it('is refused by the witness that saw the first', async () => {
    configure(`${pushed.vkey} ${pushed.url}`);
    await pushToWitnesses(registry.world, SIGNAL);
    const known = (await witnessStatus(registry.world))[0]?.lastSize ?? 0;
    const secret = fromHex(registry.test.env.LOG_KEY, 32);
    const fork = signCheckpoint(
      { origin: ORIGIN, size: known, rootHash: new Uint8Array(32).fill(1) },
      secret,
    );
    const send = (body: string) => fetch(`${pushed.url}/add-checkpoint`, { method: 'POST', body });
    expect((await send(formatAddCheckpoint({ oldSize: known, proof: [], note: fork }))).status).toBe(422);
    const grown = signCheckpoint(
      { origin: ORIGIN, size: known + 1, rootHash: new Uint8Array(32).fill(1) },
      secret,
    );
    const proof = [new Uint8Array(32)];
    expect((await send(formatAddCheckpoint({ oldSize: known, proof, note: grown }))).status).toBe(422);
    expect(fs.readFileSync(path.join(pushed.folder, `${originHash(ORIGIN)}.contradiction`), 'utf8')).toBe(
      fork,
    );
    await grow(1);
    expect(await pushToWitnesses(registry.world, SIGNAL)).toEqual(new Map());
  });
});
