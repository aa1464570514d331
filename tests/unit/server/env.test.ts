import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { formatWitnessKey, witnessKey } from '@/lib/merkle/cosignature';
import { parseEnv } from '@/lib/server/env';

const key = (digit: string) => digit.repeat(64);
const complete: Record<string, string> = {
  DATABASE_URL: 'postgresql://tenderproof:pg-secret@db.example:5432/tenderproof',
  CHAIN_RPC_URL: 'https://node.example/rpc-secret',
  CHAIN_ID: '100',
  CONTRACT_ADDRESS: `0x${'ab'.repeat(20)}`,
  ANCHORER_KEY: key('1'),
  REGISTRAR_KEY: `0x${key('2')}`,
  LOG_KEY: key('3'),
  REGISTRY_ORIGIN: 'log.example/registry',
  AUTH_SECRET: 'a-secret-of-at-least-32-characters!',
  BASE_URL: 'https://tenders.example/',
  STORAGE_DIR: '/var/lib/tenderproof',
};

describe('the configuration', () => {
  it('is typed, with defaults and normal forms', () => {
    const outcome = parseEnv(complete);
    if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
    expect(outcome.env).toMatchObject({
      PORT: 3000,
      CHAIN_ID: 100,
      CHAIN_CONFIRMATIONS: 12,
      ANCHOR_INTERVAL_SECONDS: 60,
      ANCHOR_QUIET_SECONDS: 30,
      ANCHORER_KEY: `0x${key('1')}`,
      REGISTRAR_KEY: `0x${key('2')}`,
      BASE_URL: 'https://tenders.example',
      LOG_LEVEL: 'info',
      DEMO: false,
    });
  });

  it('names everything that is missing, at once', () => {
    const outcome = parseEnv({});
    if (outcome.ok) throw new Error('accepted');
    for (const name of Object.keys(complete)) {
      expect(outcome.problems.filter((problem) => problem.startsWith(`${name} is missing`))).toHaveLength(1);
    }
  });

  it('takes an empty value for a missing one', () => {
    const outcome = parseEnv({ ...complete, LOG_KEY: '' });
    expect(outcome).toEqual({
      ok: false,
      problems: ['LOG_KEY is missing: the key that signs checkpoints and receipts.'],
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://user:hunter2@db/x'],
    ['CHAIN_RPC_URL', 'node.example:hunter2'],
    ['CHAIN_ID', '0xhunter2'],
    ['CONTRACT_ADDRESS', '0xhunter2'],
    ['ANCHORER_KEY', 'hunter2'],
    ['REGISTRAR_KEY', 'hunter2'],
    ['LOG_KEY', 'hunter2'],
    ['AUTH_SECRET', 'hunter2'],
    ['BASE_URL', 'ftp://hunter2'],
    ['PORT', 'hunter2'],
    ['ANCHOR_INTERVAL_SECONDS', '0'],
    ['LOG_LEVEL', 'hunter2'],
    ['REGISTRY_ORIGIN', 'two words hunter2'],
  ])('names a wrong %s without repeating its value', (name, value) => {
    const outcome = parseEnv({ ...complete, [name]: value });
    if (outcome.ok) throw new Error('accepted');
    expect(outcome.problems).toHaveLength(1);
    expect(outcome.problems[0]).toMatch(new RegExp(`^${name} `));
    expect(outcome.problems.join()).not.toContain('hunter2');
  });

  it('refuses one key in two roles', () => {
    const outcome = parseEnv({ ...complete, REGISTRAR_KEY: key('1') });
    expect(outcome.ok).toBe(false);
  });

  it('refuses the demonstration on an external database or chain', () => {
    const local = { ...complete, DEMO: '1', CHAIN_ID: '31337' };
    const database = 'postgresql://tenderproof:x@127.0.0.1:54329/tenderproof';
    const chain = 'http://127.0.0.1:8545';
    expect(parseEnv({ ...local, DATABASE_URL: database, CHAIN_RPC_URL: chain }).ok).toBe(true);
    expect(parseEnv({ ...local, DATABASE_URL: database }).ok).toBe(false);
    expect(parseEnv({ ...local, CHAIN_RPC_URL: chain }).ok).toBe(false);
    expect(parseEnv({ ...local, DATABASE_URL: database, CHAIN_RPC_URL: chain, CHAIN_ID: '1' }).ok).toBe(
      false,
    );
  });

  describe('the witnesses', () => {
    const keyOf = (n: number, name = `witness.example/w${n}`) =>
      formatWitnessKey(witnessKey(name, ed25519.getPublicKey(new Uint8Array(32).fill(n))));
    const read = (text: string) => parseEnv({ ...complete, WITNESSES: text });

    it('are none, or keys with and without addresses', () => {
      expect(parseEnv(complete)).toMatchObject({ env: { WITNESSES: [] } });
      const outcome = read(`${keyOf(1)} https://w1.example/base/,\n ${keyOf(2)}\n`);
      expect(outcome).toMatchObject({
        ok: true,
        env: {
          WITNESSES: [
            { key: { name: 'witness.example/w1' }, url: 'https://w1.example/base' },
            { key: { name: 'witness.example/w2' }, url: null },
          ],
        },
      });
    });

    const logKey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    it.each([
      ['a log’s key', logKey, '(entry 1) must begin'],
      ['a damaged key', `${keyOf(1)},${keyOf(2).replace('w2', 'w3')}`, '(entry 2) must begin'],
      ['another kind of address', `${keyOf(1)} ftp://w1.example`, 'address'],
      ['too many words', `${keyOf(1)} https://w1.example more`, 'must read'],
      ['a query in the address', `${keyOf(1)} https://w1.example/?x=1`, 'without ? and #'],
      ['one witness twice', `${keyOf(1)},${keyOf(1)}`, 'once'],
      ['one key under two names', `${keyOf(1)},${keyOf(1, 'other.example')}`, 'once'],
      ['sixteen', Array.from({ length: 16 }, (_, i) => keyOf(i + 1)).join(), 'at most 15'],
    ])('are refused with %s', (_, text, sentence) => {
      const outcome = read(text);
      if (outcome.ok) throw new Error('accepted');
      expect(outcome.problems).toEqual([expect.stringMatching(/^WITNESSES .*\.$/)]);
      expect(outcome.problems[0]).toContain(sentence);
    });
  });
});
