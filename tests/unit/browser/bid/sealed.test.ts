import { describe, expect, it, vi } from 'vitest';
import { emptyDraft } from '@/lib/browser/drafts/draft';
import { areFiled, keysOf, liveOf, lotsOnRecord, replacedBy } from '@/lib/browser/bid/own-bids';
import { sealRequestOf, signReplacement, signWithdrawals } from '@/lib/browser/bid/seal-request';
import { sendAll } from '@/lib/browser/bid/send-all';
import { fitOf, waitingFromSealer, type Waiting } from '@/lib/browser/bid/waiting';
import type { Sending } from '@/lib/browser/upload/send-upload';
import { toHex } from '@/lib/record/hex';
import { verifyBidAct } from '@/lib/sealing/bid-act';
import { keySetHash } from '@/lib/sealing/keyset';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { filled, makeKeySet, SCOPE } from '../../sealing/fixture';
import { AT, bidding, completeDraft, DIVIDED, file, own } from './fixture';

const keySet = makeKeySet(2, 3);
const { chainId, contract, ocid } = SCOPE;
const target = {
  registry: { chainId, contract },
  ocid,
  tenderer: 'org-acme',
  keySet,
  keyset: keySetHash(keySet),
};
const pair = bidKeyPair(filled(0x51));
const bidKey = toHex(pair.publicKey);
const secrets = new Map([[bidKey, toHex(pair.secret)]]);
const mine = (lot: string, part: 'technical' | 'financial', byte: string) => {
  const bid = own(lot, part, byte);
  return { ...bid, sealed: { ...bid.sealed!, bidKey, envelope: byte.repeat(32) } };
};

describe('what the sealing worker is asked for', () => {
  it('is every part of the chosen lots, with what was confirmed in the order of the notice', () => {
    const draft = {
      ...completeDraft(),
      declarations: ['independence', 'of-another-notice'],
      consortium: [{ id: ' p-1 ', name: ' One ' }],
    };
    const request = sealRequestOf(bidding(DIVIDED, draft), target, (ref) => ({ draft: 'd', file: ref }));
    expect(request?.envelopes.map(({ identity }) => [identity.lot, identity.part])).toEqual([
      ['b', 'technical'],
      ['b', 'financial'],
    ]);
    for (const envelope of request?.envelopes ?? []) {
      expect(envelope.declarations).toEqual(['capacity', 'independence']);
      expect(envelope.consortium).toEqual([{ id: 'p-1', name: 'One' }]);
      expect(envelope.identity).toMatchObject({ chainId, contract, ocid, tenderer: 'org-acme' });
    }
    expect(request?.envelopes[0]?.files).toEqual([{ draft: 'd', file: file(1) }]);
    expect(request).not.toHaveProperty('bidSecret');
  });

  it('is nothing while a price is missing, or no lot is chosen', () => {
    const stored = () => ({ draft: 'd', file: file(1) });
    expect(sealRequestOf(bidding(DIVIDED, emptyDraft(AT)), target, stored)).toBeNull();
    const priceless = {
      ...completeDraft(),
      lots: completeDraft().lots.map((lot) => ({ ...lot, prices: [] })),
    };
    expect(sealRequestOf(bidding(DIVIDED, priceless), target, stored)).toBeNull();
  });
});

describe('signing with the recovery file', () => {
  const act = { chainId, contract, ocid, tenderer: 'org-acme' };

  it('agrees to exactly this envelope in the place of exactly that bid', () => {
    const live = [mine('a', 'technical', 'a1'), mine('a', 'financial', 'a2')];
    const envelope = 'ee'.repeat(32);
    const replaces = signReplacement(target, { lot: 'a', part: 'financial', envelope }, live, secrets);
    expect(replaces?.bid).toBe('a2'.repeat(32));
    const signed = {
      ...act,
      act: 'replace',
      bid: 'a2'.repeat(32),
      envelope,
      lot: 'a',
      part: 'financial',
    } as const;
    expect(verifyBidAct(bidKey, signed, replaces?.signature ?? '')).toBe(true);
    expect(verifyBidAct(bidKey, { ...signed, part: 'technical' }, replaces?.signature ?? '')).toBe(false);
    expect(signReplacement(target, { lot: 'b', part: 'financial', envelope }, live, secrets)).toBeNull();
  });

  it('takes back every bid that is named, and does nothing without the key', () => {
    const bids = [mine('a', 'technical', 'a1'), mine('a', 'financial', 'a2')];
    const signed = signWithdrawals(target, bids, secrets);
    for (const [at, { bid, signature }] of signed.entries()) {
      const { lot, part } = bids[at]!;
      expect(
        verifyBidAct(bidKey, { ...act, act: 'withdraw', bid, envelope: null, lot, part }, signature),
      ).toBe(true);
    }
    expect(() => signWithdrawals(target, bids, new Map())).toThrow();
  });
});

describe('what is on record', () => {
  const replaced = own('a', 'technical', 'a0', { standing: 'replaced' });
  const bids = [replaced, mine('a', 'technical', 'a1'), mine('a', 'financial', 'a2')];

  it('counts where it is live', () => {
    expect(liveOf(bids).map(({ commitment }) => commitment.slice(0, 2))).toEqual(['a1', 'a2']);
    expect(lotsOnRecord(bids, ['b', 'a'])).toEqual(['a']);
    expect(replacedBy(bids, ['a'])).toHaveLength(2);
    expect(replacedBy(bids, ['b'])).toEqual([]);
    expect(keysOf(liveOf(bids))).toEqual([bidKey]);
    expect(areFiled(bids, ['a1'.repeat(32), 'a2'.repeat(32)])).toBe(true);
    expect(areFiled(bids, ['a1'.repeat(32), 'ff'.repeat(32)])).toBe(false);
  });

  const waiting = (replaces: readonly ({ bid: string; signature: string } | null)[]): Waiting =>
    waitingFromSealer(
      {
        keyset: target.keyset,
        bidKey,
        recovery: '{}',
        envelopes: (['technical', 'financial'] as const).map((part, at) => ({
          lot: 'a',
          part,
          sha256: `f${at}`.repeat(32),
          envelope: new Blob(['x'.repeat(100 + at)]),
          replaces: replaces[at] ?? null,
        })),
      },
      true,
    );
  const of = (...commitments: string[]) =>
    commitments.map((byte) => ({ bid: byte.repeat(32), signature: '' }));

  it.each([
    ['fits', waiting(of('a1', 'a2')), bids],
    ['fits', waiting([null, null]), []],
    ['bids', waiting([null, null]), bids],
    ['bids', waiting(of('a0', 'a2')), bids],
    ['bids', waiting(of('a1', 'a2')), []],
  ] as const)('lets what was sealed %s', (fit, sealed, onRecord) => {
    expect(fitOf(sealed, target.keyset, onRecord)).toBe(fit);
  });

  it('shows when the committee was replaced, and when only the answer was lost', () => {
    expect(fitOf(waiting(of('a1', 'a2')), 'dd'.repeat(32), bids)).toBe('keyset');
    const there = [mine('a', 'technical', 'f0'), mine('a', 'financial', 'f1')];
    expect(fitOf(waiting(of('a1', 'a2')), 'dd'.repeat(32), there)).toBe('filed');
  });

  it('is sent envelope by envelope, with the progress of all of them', async () => {
    const seen: [number, number, number][] = [];
    const send = vi.fn(async (options: { envelope: Blob; onSending: (sending: Sending) => void }) => {
      const total = options.envelope.size;
      options.onSending({ done: total, total, rate: 5, line: 'sending', troubleSince: null });
      return { ok: true as const, upload: 'u' };
    });
    const options = { tenderId: 't', language: 'en', signal: new AbortController().signal };
    const { envelopes } = waiting([null, null]);
    const refusal = await sendAll(
      envelopes,
      options,
      ({ at, sending }) => seen.push([at, sending.done, sending.total]),
      send,
    );
    expect(refusal).toBeNull();
    expect(seen).toEqual([
      [0, 0, 201],
      [0, 100, 201],
      [1, 100, 201],
      [1, 201, 201],
    ]);
    const refused = { ok: false as const, code: 'deadline-passed', message: 'Over.' };
    send.mockResolvedValueOnce(refused as never);
    expect(await sendAll(envelopes, options, () => undefined, send)).toBe(refused);
    expect(send).toHaveBeenCalledTimes(3);
  });
});
