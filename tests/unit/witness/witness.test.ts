import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { parseCheckpoint, signCheckpoint } from '@/lib/merkle/checkpoint';
import { verifyCosignatures } from '@/lib/merkle/cosignature';
import { openKeyFile, type WitnessIdentity } from '@/lib/witness/key-file';
import { readWitnessOptions } from '@/lib/witness/options';
import { openState, originHash } from '@/lib/witness/state';
import { makeWitness, type Witness } from '@/lib/witness/witness';
import { formatVerifierKey } from '@/lib/merkle/verifier-key';
import { temporaryFolder } from '../../harness/temporary-folder';
import { testLog } from './log';

const LOG = testLog('log.example/a', 1);
const FORK = testLog('log.example/a', 1, 'another history');
const OTHER = testLog('log.example/b', 2);
const STRANGER = testLog('log.example/c', 3);
const IMPOSTOR = testLog('log.example/a', 4);
const NOW = 1_790_000_000_000;

let folder: string;
let remove: () => void;
let identity: WitnessIdentity;
let witness: Witness;

const restarted = async () =>
  makeWitness({
    identity,
    logs: [LOG.key, OTHER.key],
    state: await openState(path.join(folder, 'state'), identity.key),
    now: () => NOW,
  });

beforeEach(async () => {
  ({ folder, remove } = temporaryFolder());
  identity = await openKeyFile(path.join(folder, 'key.json'), 'witness.example/w1');
  witness = await restarted();
});
afterEach(() => remove());

const sizeOf = async (origin = 'log.example/a') => (await witness.last(origin))?.checkpoint.size ?? null;

describe('a witness', () => {
  it('cosigns a log that grows, and serves its last checkpoint with the log’s signature and its own', async () => {
    for (const [old, size] of [
      [0, 1],
      [1, 2],
      [2, 7],
      [7, 256],
      [256, 300],
      [300, 300],
    ] as const) {
      const answer = await witness.addCheckpoint(LOG.request(old, size));
      if (!answer.ok) throw new Error(answer.refusal);
      const signed = parseCheckpoint(LOG.note(size) + answer.line);
      expect(signed && verifyCosignatures(signed, [identity.key])).toMatchObject({
        ok: true,
        cosignatures: [{ name: 'witness.example/w1', time: NOW / 1000 }],
      });
      expect((await witness.last('log.example/a'))?.note).toBe(LOG.note(size) + answer.line);
    }
  });

  it('begins with the empty log too, whose root is the hash of nothing', async () => {
    const wrong = signCheckpoint(
      { origin: 'log.example/a', size: 0, rootHash: new Uint8Array(32) },
      new Uint8Array(32).fill(1),
    );
    expect(
      await witness.addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note: wrong })),
    ).toMatchObject({
      ok: false,
    });
    expect(await witness.addCheckpoint(LOG.request(0, 0))).toMatchObject({ ok: true, size: 0 });
    expect(await witness.addCheckpoint(LOG.request(0, 5))).toMatchObject({ ok: true, size: 5 });
  });

  it('keeps logs apart, and remembers across a restart', async () => {
    await witness.addCheckpoint(LOG.request(0, 9));
    await witness.addCheckpoint(OTHER.request(0, 4));
    witness = await restarted();
    expect([await sizeOf(), await sizeOf('log.example/b')]).toEqual([9, 4]);
    expect(await witness.addCheckpoint(LOG.request(0, 12))).toEqual({
      ok: false,
      refusal: 'old-size-differs',
      size: 9,
    });
    expect(await witness.addCheckpoint(LOG.request(9, 12))).toMatchObject({ ok: true });
  });

  const forged = LOG.note(12).replace('\n12\n', '\n13\n');
  it.each([
    ['a request that is none', 'malformed', 'old x\n\n'],
    ['a foreign origin', 'unknown-log', STRANGER.request(0, 5)],
    ['another key under a known origin', 'not-signed-by-log', IMPOSTOR.request(9, 12)],
    [
      'a forged signature',
      'not-signed-by-log',
      formatAddCheckpoint({ oldSize: 9, proof: LOG.proof(9, 12), note: forged }),
    ],
    [
      'a forged signature beside a good one',
      'not-signed-by-log',
      LOG.request(9, 12) + LOG.note(5).slice(LOG.note(5).indexOf('—')),
    ],
    [
      'an old size above the new',
      'size-falls',
      formatAddCheckpoint({ oldSize: 9, proof: [], note: LOG.note(5) }),
    ],
    ['a wrong old size', 'old-size-differs', LOG.request(8, 12)],
    ['an old checkpoint again', 'old-size-differs', LOG.request(0, 5)],
    ['another root at the same size', 'root-differs', FORK.request(9, 9)],
    ['a fork that goes on', 'not-consistent', FORK.request(9, 12)],
    [
      'a proof that is too long',
      'not-consistent',
      formatAddCheckpoint({
        oldSize: 9,
        proof: [...LOG.proof(9, 12), new Uint8Array(32)],
        note: LOG.note(12),
      }),
    ],
    [
      'a proof that is too short',
      'not-consistent',
      formatAddCheckpoint({ oldSize: 9, proof: LOG.proof(9, 12).slice(1), note: LOG.note(12) }),
    ],
    [
      'a proof between equal sizes',
      'not-consistent',
      formatAddCheckpoint({ oldSize: 9, proof: [new Uint8Array(32)], note: LOG.note(9) }),
    ],
  ])('refuses %s and remembers what it had', async (_, refusal, body) => {
    await witness.addCheckpoint(LOG.request(0, 9));
    const before = (await witness.last('log.example/a'))?.note;
    expect(await witness.addCheckpoint(body)).toMatchObject({ ok: false, refusal });
    expect((await witness.last('log.example/a'))?.note).toBe(before);
    expect(await witness.addCheckpoint(LOG.request(9, 12))).toMatchObject({ ok: true });
  });

  it('refuses a proof at the first checkpoint', async () => {
    const body = formatAddCheckpoint({ oldSize: 0, proof: [new Uint8Array(32)], note: LOG.note(5) });
    expect(await witness.addCheckpoint(body)).toMatchObject({ refusal: 'not-consistent' });
  });

  it('keeps the signed contradiction, which convicts the log', async () => {
    await witness.addCheckpoint(LOG.request(0, 9));
    await witness.addCheckpoint(FORK.request(9, 9));
    const kept = path.join(folder, 'state', `${originHash('log.example/a')}.contradiction`);
    expect(fs.readFileSync(kept, 'utf8')).toBe(FORK.note(9));
  });

  it('cosigns one of two histories that come at the same moment', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => witness.addCheckpoint(OTHER.request(0, 5))),
      ...Array.from({ length: 10 }, () =>
        witness.addCheckpoint(testLog('log.example/b', 2, 'another history').request(0, 6)),
      ),
    ]);
    const sizes = new Set(answers.flatMap((answer) => (answer.ok ? [answer.size] : [])));
    expect(sizes).toEqual(new Set([5]));
    expect(answers.filter((answer) => answer.ok).length).toBe(1);
    expect(await sizeOf('log.example/b')).toBe(5);
  });

  it('gives no signature when it could not remember', async () => {
    const state = await openState(path.join(folder, 'state'), identity.key);
    const full = { ...state, save: () => Promise.reject(new Error('ENOSPC')) };
    const failing = makeWitness({ identity, logs: [LOG.key], state: full, now: () => NOW });
    await expect(failing.addCheckpoint(LOG.request(0, 5))).rejects.toThrow('ENOSPC');
    expect(await sizeOf()).toBeNull();
    // The failure does not block the log's turn.
    await expect(failing.addCheckpoint(LOG.request(0, 5))).rejects.toThrow('ENOSPC');
    expect(await witness.addCheckpoint(LOG.request(0, 5))).toMatchObject({ ok: true });
  });

  it('stops at a damaged memory instead of beginning anew', async () => {
    await witness.addCheckpoint(LOG.request(0, 9));
    const file = path.join(folder, 'state', `${originHash('log.example/a')}.checkpoint`);
    const good = fs.readFileSync(file, 'utf8');
    for (const bad of [good.replace('\n9\n', '\n8\n'), '', good.slice(0, -20), LOG.note(9)]) {
      fs.writeFileSync(file, bad);
      await expect(witness.addCheckpoint(LOG.request(0, 5))).rejects.toThrow('is damaged');
    }
    fs.writeFileSync(file, good);
    expect(await witness.addCheckpoint(LOG.request(9, 12))).toMatchObject({ ok: true });
  });

  it('leaves no passing files behind', async () => {
    await witness.addCheckpoint(LOG.request(0, 9));
    await witness.addCheckpoint(LOG.request(9, 12));
    expect(fs.readdirSync(path.join(folder, 'state'))).toEqual([`${originHash('log.example/a')}.checkpoint`]);
  });
});

describe('the key file', () => {
  const file = () => path.join(folder, 'key.json');

  it('is its owner’s only, and stays the same', async () => {
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(await openKeyFile(file(), null)).toEqual(identity);
    expect(await openKeyFile(file(), 'witness.example/w1')).toEqual(identity);
  });

  it('is made once by two first runs', async () => {
    const both = await Promise.all([1, 2].map(() => openKeyFile(path.join(folder, 'new.json'), 'w')));
    expect(both[0]).toEqual(both[1]);
  });

  it('is refused when others can read it, when it is another name’s, and when it is none', async () => {
    await expect(openKeyFile(file(), 'witness.example/w2')).rejects.toThrow('belongs to witness.example/w1');
    fs.chmodSync(file(), 0o640);
    await expect(openKeyFile(file(), null)).rejects.toThrow('chmod 600');
    fs.writeFileSync(file(), '{}');
    fs.chmodSync(file(), 0o600);
    await expect(openKeyFile(file(), null)).rejects.toThrow('holds no witness key');
    await expect(openKeyFile(path.join(folder, 'none'), null)).rejects.toThrow('give --name');
    await expect(openKeyFile(path.join(folder, 'none'), 'two words')).rejects.toThrow('--name takes');
  });
});

describe('the command line', () => {
  const log = ['--log', formatVerifierKey(LOG.key)];
  it('has defaults, and no server in pull mode', () => {
    expect(readWitnessOptions(log)).toMatchObject({ port: 3300, host: 'localhost', submit: [], every: 5 });
    expect(readWitnessOptions([...log, '--submit', 'https://r.example/'])).toMatchObject({
      port: null,
      submit: ['https://r.example'],
    });
  });
  it.each([
    [[], 'Which log'],
    [['--log', 'x'], '--log: A verifier key'],
    [[...log, '--port', '70000'], '--port'],
    [[...log, '--submit', 'ftp://x'], '--submit'],
    [[...log, '--every', '0'], '--every'],
    [[...log, '--what'], '--what'],
  ])('says what is wrong with %j', (args, sentence) =>
    expect(() => readWitnessOptions(args)).toThrow(sentence),
  );
});
