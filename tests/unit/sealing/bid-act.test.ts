import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { BidAct } from '@/lib/sealing/bid-act';
import { bidActDigest, signBidAct, verifyBidAct } from '@/lib/sealing/bid-act';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { filled, SCOPE } from './fixture';

const { secret, publicKey } = bidKeyPair(filled(2));
const key = toHex(publicKey);
const replace: BidAct = {
  act: 'replace',
  bid: 'ab'.repeat(32),
  ...SCOPE,
  envelope: 'cd'.repeat(32),
  lot: '1',
  part: 'financial',
  tenderer: 'org-acme',
};
const withdraw: BidAct = { ...replace, act: 'withdraw', envelope: null };

const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const named = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const anyAct: fc.Arbitrary<BidAct> = fc
  .record({
    bid: hex32,
    chainId: fc.integer({ min: 1 }),
    contract: fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => `0x${toHex(bytes)}`),
    envelope: fc.option(hex32),
    lot: text,
    ocid: named,
    part: text,
    tenderer: named,
  })
  .map((fields) => ({ act: fields.envelope === null ? 'withdraw' : 'replace', ...fields }));

describe('the act of a bid’s key', () => {
  it('is signed over the specified bytes, as another Ed25519 finds too', () => {
    for (const act of [replace, withdraw]) {
      const statement = Buffer.concat([
        Buffer.from('tenderproof-bid-act-v1'),
        Buffer.from([0]),
        Buffer.from(canonicalText(act)),
      ]);
      const digest = createHash('sha256').update(statement).digest();
      expect(Buffer.from(bidActDigest(act))).toEqual(digest);
      const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
      const nodeKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
      const signature = signBidAct(secret, act);
      expect(verify(null, digest, nodeKey, fromHex(signature))).toBe(true);
      expect(verifyBidAct(key, act, signature)).toBe(true);
    }
  });

  it('verifies for whatever was signed, whatever order its keys were written in, and for no other key', () => {
    fc.assert(
      fc.property(anyAct, fc.uint8Array({ minLength: 32, maxLength: 32 }), (act, random) => {
        const own = bidKeyPair(random);
        const signature = signBidAct(own.secret, act);
        const turned = Object.fromEntries(Object.entries(act).reverse()) as unknown as BidAct;
        expect(verifyBidAct(toHex(own.publicKey), turned, signature)).toBe(true);
        expect(verifyBidAct(key, act, signature)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, Partial<BidAct>]>([
    ['act', withdraw],
    ['bid', { bid: 'ac'.repeat(32) }],
    ['chainId', { chainId: 31338 }],
    ['contract', { contract: `0x${'60'.repeat(20)}` }],
    ['envelope', { envelope: 'ce'.repeat(32) }],
    ['lot', { lot: '2' }],
    ['ocid', { ocid: 'ocds-e3hb2t-0002' }],
    ['part', { part: 'technical' }],
    ['tenderer', { tenderer: 'org-other' }],
    ['lot and part, run together', { lot: '1financial', part: '' }],
  ])('does not pass for one with another %s', (_, change) => {
    const signature = signBidAct(secret, replace);
    expect(verifyBidAct(key, { ...replace, ...change }, signature)).toBe(false);
  });

  it('has no signature that survives the change of one bit, of it or of the key', () => {
    const signature = fromHex(signBidAct(secret, withdraw));
    const flip = (bytes: Uint8Array, at: number, bit: number) =>
      toHex(bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte)));
    for (let at = 0; at < 64; at++)
      expect(verifyBidAct(key, withdraw, flip(signature, at, at % 8))).toBe(false);
    for (let at = 0; at < 32; at++)
      expect(verifyBidAct(flip(publicKey, at, at % 8), withdraw, toHex(signature))).toBe(false);
  });

  it('is not verified by keys of small order, nor by S + L', () => {
    // y = 1 (the neutral element), y = -1, y = 0, and a point of order 8: they "sign" anything under ZIP 215.
    const small = [
      `01${'00'.repeat(31)}`,
      `ec${'ff'.repeat(30)}7f`,
      '00'.repeat(32),
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ];
    for (const bad of small)
      for (const r of small) expect(verifyBidAct(bad, withdraw, `${r}${'00'.repeat(32)}`), bad).toBe(false);
    const signature = signBidAct(secret, withdraw);
    const s = fromHex(signature.slice(64)).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const malleable = (s + order).toString(16).padStart(64, '0').match(/../g)?.reverse().join('') ?? '';
    expect(verifyBidAct(key, withdraw, signature.slice(0, 64) + malleable)).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a withdrawal with an envelope', { ...withdraw, envelope: 'cd'.repeat(32) }],
    ['a replacement without one', { ...replace, envelope: null }],
    ['another act', { ...withdraw, act: 'award' }],
    ['a key too many', { ...withdraw, note: '' }],
    ['a key too few', Object.fromEntries(Object.entries(withdraw).slice(1))],
    ['upper case', { ...withdraw, bid: 'AB'.repeat(32) }],
    ['a short digest', { ...withdraw, bid: 'ab'.repeat(31) }],
    ['a contract in mixed case', { ...withdraw, contract: `0x${'5F'.repeat(20)}` }],
    ['a chain that is no number', { ...withdraw, chainId: '31337' }],
    ['chain 0', { ...withdraw, chainId: 0 }],
    ['half a chain', { ...withdraw, chainId: 0.5 }],
    ['no tender', { ...withdraw, ocid: '' }],
    ['no tenderer', { ...withdraw, tenderer: '' }],
    ['a lot that is no text', { ...withdraw, lot: 1 }],
    ['a long lot', { ...withdraw, lot: 'l'.repeat(201) }],
    ['half a character', { ...withdraw, lot: '\ud800' }],
    ['nothing', null],
    ['a list', []],
  ])('is neither signed nor verified for %s', (_, bad) => {
    const refusal = expect.objectContaining({ code: 'bid-act-shape' }) as Error;
    expect(() => signBidAct(secret, bad as BidAct)).toThrow(refusal);
    expect(verifyBidAct(key, bad as BidAct, signBidAct(secret, withdraw))).toBe(false);
  });

  it('never throws when it verifies, whatever it is given, and signs with a whole secret only', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (k, act, signature) => {
        expect(verifyBidAct(k as string, act as BidAct, signature as string)).toBe(false);
        expect(verifyBidAct(key, withdraw, signature as string)).toBe(false);
        expect(verifyBidAct(k as string, withdraw, signBidAct(secret, withdraw))).toBe(false);
      }),
    );
    const short = () => signBidAct(secret.slice(1), withdraw);
    expect(short).toThrow(expect.objectContaining({ code: 'seed-length' }));
  });
});
