import { describe, expect, it } from 'vitest';
import { bidOfReceipt, missingReceipts, withBid, withoutBid } from '@/lib/browser/offline/recorded-bids';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import type { Receipt } from '@/lib/evidence/receipt';
import { KIT, receiptOf, type BidOnRecord } from './fixture';

const BID: BidOnRecord = { lot: 'b', part: 'technical', envelope: 'e1'.repeat(32), bidKey: 'bb'.repeat(32) };
const read = (receipt: Receipt, kit = KIT, tenderer = 'org-acme') =>
  bidOfReceipt(JSON.stringify(receipt), kit, tenderer);
const faultOf = (...given: Parameters<typeof read>) => {
  const answer = read(...given);
  return answer.ok ? null : answer.fault;
};

function bidOf(change: Partial<BidOnRecord>): OwnBid {
  const answer = read(receiptOf({ ...BID, ...change }));
  if (!answer.ok) throw new Error(answer.fault);
  return answer.bid;
}

describe('a receipt', () => {
  it('tells which bid is on record', () => {
    const receipt = receiptOf(BID);
    expect(read(receipt)).toEqual({
      ok: true,
      bid: {
        ...{ id: receipt.entry.record.id, commitment: receipt.promise.commitment, standing: 'live' },
        ...{ lot: 'b', part: 'technical', time: receipt.entry.record.time, index: null, anchored: false },
        sealed: { envelope: BID.envelope, size: 5000, bidKey: BID.bidKey, keyset: KIT.keysetHash },
      },
    });
  });

  it('is refused when anything in it was changed', () => {
    const receipt = receiptOf(BID);
    const record = { ...receipt.entry.record, time: '2026-11-27T14:03:00.001Z' };
    expect(faultOf({ ...receipt, entry: { ...receipt.entry, record } })).toBe('altered');
    expect(faultOf({ ...receipt, salt: 'ac'.repeat(32) })).toBe('altered');
    expect(bidOfReceipt('{', KIT, 'org-acme')).toEqual({ ok: false, fault: 'not-a-receipt' });
  });

  it('must be of this registry, tender and organization, of a bid, and of a part that there is', () => {
    const receipt = receiptOf(BID);
    expect(faultOf({ ...receipt, origin: 'copy.example' })).toBe('other-registry');
    expect(faultOf(receipt, { ...KIT, ocid: 'ocds-other' })).toBe('other-tender');
    expect(faultOf(receipt, KIT, 'org-other')).toBe('other-organization');
    expect(faultOf(receipt, { ...KIT, lots: [] })).toBe('unknown-unit');
    expect(faultOf(receiptOf({ ...BID, envelope: 'no digest' }))).toBe('not-a-bid');
  });
});

describe('the bids on record', () => {
  const older = bidOf({});
  const newer = bidOf({ digit: '1', time: '2026-11-27T15:00:00.000Z' });
  const standings = (bids: readonly OwnBid[]) => bids.map(({ standing }) => standing);

  it('are live as far as no later one is of the same part, in whatever order they were read', () => {
    expect(standings(withBid(withBid([], older), newer))).toEqual(['replaced', 'live']);
    expect(standings(withBid(withBid([], newer), older))).toEqual(['live', 'replaced']);
    expect(withBid([older], older)).toHaveLength(1);
    expect(standings(withoutBid(withBid([older], newer), newer.id))).toEqual(['live']);
  });

  it('must be complete for each lot', () => {
    expect(missingReceipts([], KIT)).toEqual([]);
    expect(missingReceipts([older], KIT)).toEqual([{ lot: 'b', part: 'financial' }]);
    expect(missingReceipts([older, bidOf({ part: 'financial', digit: '2' })], KIT)).toEqual([]);
  });
});
