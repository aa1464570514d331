import { emptyDraft, withFile, withLot, type BidDraft, type FileRef } from '@/lib/browser/drafts/draft';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import type { Bidding } from '@/lib/browser/bid/plan';
import type { BidTender } from '@/lib/browser/bid/tender';
import type { Part } from '@/lib/procedure/units';

export const AT = '2026-11-27T14:03:00.000Z';

const item = (id: string, quantity: string, relatedLot?: string) => ({
  id,
  description: `Item ${id}`,
  quantity,
  unit: 'piece',
  ...(relatedLot === undefined ? {} : { relatedLot }),
});

/** One lot, one envelope. */
export const WHOLE: BidTender = {
  title: 'Desks',
  language: 'en',
  currency: 'EUR',
  items: [item('1', '10'), item('2', '2.5')],
  lots: [],
  envelopes: 'one',
  statements: [
    { id: 'capacity', kind: 'eligibility', text: 'We can.' },
    { id: 'independence', kind: 'declaration', text: 'Alone.' },
  ],
  bidsDue: '2026-12-24T10:00:00.000Z',
};

/** Two lots with two envelopes each. */
export const DIVIDED: BidTender = {
  ...WHOLE,
  items: [item('1', '10', 'a'), item('2', '2.5', 'b'), item('3', '1', 'b')],
  lots: [
    { id: 'a', title: 'Desks', description: '' },
    { id: 'b', title: 'Chairs', description: '' },
  ],
  envelopes: 'two',
};

export const file = (n: number, name = `${n}.pdf`, size = 10): FileRef => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name,
  mediaType: 'application/pdf',
  size,
  sha256: String(n).padStart(64, '0'),
});

export const priced = (draft: BidDraft, lot: string, prices: Record<string, string>): BidDraft =>
  withLot(draft, lot, (one) => ({
    ...one,
    prices: Object.entries(prices).map(([itemId, unitPrice]) => ({ itemId, quantity: '1', unitPrice })),
  }));

/** Everything that the divided tender asks of a bid for its second lot. */
export function completeDraft(): BidDraft {
  const ticked = { ...emptyDraft(AT), eligibility: ['capacity'], declarations: ['independence'] };
  return withFile(priced(ticked, 'b', { 2: '3.50', 3: '100' }), 'b', 'technical', file(1));
}

export const own = (lot: string, part: Part, byte: string, change: Partial<OwnBid> = {}): OwnBid => ({
  id: `record-${byte}`,
  commitment: byte.repeat(32),
  lot,
  part,
  time: AT,
  standing: 'live',
  sealed: {
    envelope: `${byte}e`.slice(1).repeat(64).slice(0, 64),
    size: 5000,
    bidKey: 'bb'.repeat(32),
    keyset: 'cc'.repeat(32),
  },
  index: 7,
  anchored: false,
  ...change,
});

export const bidding = (
  tender: BidTender,
  draft: BidDraft = emptyDraft(AT),
  onRecord: readonly OwnBid[] = [],
): Bidding => ({ tender, draft, own: onRecord, tenderer: 'org-acme' });
