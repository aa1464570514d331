import type { Filed, Process } from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';
import type { RecordData } from '@/lib/record/catalogue';
import { filed, hex, keyset, LARGE, NOTICE, organization, processOf, supplier } from './process';

/* Two lots with two envelopes each: the first is awarded and contracted, the second ends because nobody passes. */

const value = { amount: LARGE, currency: 'EUR' };
const unit = (lot: string, part: Unit['part']): Unit => ({ lot, part });
const third = { id: 'ORG-9', name: 'Third & Co' };

export const DIVIDED: RecordData<'notice'>['tender'] = {
  ...NOTICE,
  envelopes: 'two',
  lots: [
    { id: 'A', title: 'Wall', description: 'The wall.' },
    { id: 'B', title: 'Bollards', description: '' },
  ],
  items: [
    ...NOTICE.items.map((item) => ({ ...item, relatedLot: 'A' })),
    { id: '2', description: 'Bollard', quantity: '8', unit: 'piece', relatedLot: 'B' },
  ],
};

type Bid = RecordData<'opening-report'>['bids'][number];
const report = (bids: Bid[]): RecordData<'opening-report'> => ({
  openedAt: '2026-06-10T10:05:00.000Z',
  members: [{ keyset: hex('f'), index: 1 }],
  seedsGiven: [],
  unopened: [],
  leaves: [],
  bids,
});
const bid = (digit: string, tenderer: Bid['tenderer'], total: string | null): Bid => ({
  bid: hex(digit),
  tenderer,
  outcome: 'valid',
  total,
  currency: total && 'EUR',
});

const RECORDS: Filed[] = [
  filed(1, 'budget-line', { value, source: 'Budget line 7' }),
  filed(2, 'notice', { tender: DIVIDED, keyset, keysetHash: hex('f') }, 2),
  filed(
    3,
    'opening-report',
    report([bid('1', supplier, null), bid('2', third, null)]),
    0,
    unit('A', 'technical'),
  ),
  filed(
    4,
    'opening-report',
    report([bid('3', supplier, null), bid('4', organization, null)]),
    0,
    unit('B', 'technical'),
  ),
  filed(
    5,
    'tender-unsuccessful',
    { reason: 'none-shortlisted', bids: 2, minimum: 2 },
    0,
    unit('B', 'technical'),
  ),
  filed(
    6,
    'tender-unsuccessful',
    { reason: 'technical-part-unsuccessful', bids: 2, minimum: 1 },
    0,
    unit('B', 'financial'),
  ),
  filed(7, 'opening-report', report([bid('5', supplier, LARGE)]), 0, unit('A', 'financial')),
  filed(
    8,
    'award-announced',
    {
      intended: hex('d'),
      supplier,
      value,
      reasons: 'Best score.',
      ranking: [],
      standstillEnds: '2026-06-20T10:00:00.000Z',
    },
    1,
    unit('A', 'financial'),
  ),
  filed(9, 'award', { announced: hex('8'), supplier, value, statement: '' }, 0, unit('A', 'financial')),
  filed(
    10,
    'contract',
    { supplier, value, dateSigned: '2026-07-01', statement: 'Signed.' },
    1,
    unit('A', 'financial'),
  ),
];

/** The divided process with its first `count` records disclosed. */
export const dividedWith = (count: number): Process => processOf(RECORDS.slice(0, count));
export const DIVIDED_STATES = RECORDS.map((_, i) => i + 1).filter((count) => count >= 2);
