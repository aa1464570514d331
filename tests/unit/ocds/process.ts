import { CATALOGUE, type RecordData, type RecordType } from '@/lib/record/catalogue';
import type { Filed, Process } from '@/lib/procedure/state';

export const hex = (digit: string) => digit.repeat(64);
export const organization = { id: 'ORG-1', name: 'Harbour Office' };
export const supplier = { id: 'ORG-7', name: 'Quay & Sons' };
/** Sixteen digits: a double would write 99999999999999.98. */
export const LARGE = '99999999999999.99';
const value = { amount: LARGE, currency: 'EUR' };

export function filed<T extends RecordType>(
  n: number,
  type: T,
  data: RecordData<T>,
  documents = 0,
  unit: Filed['unit'] = null,
): Filed<T> {
  return {
    id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    type,
    time: `2026-06-${String(n).padStart(2, '0')}T10:00:00.000Z`,
    stage: CATALOGUE[type].stage,
    round: 0,
    unit,
    actor: { organization: 'ORG-1', person: 'p', role: 'officer' },
    documents: Array.from({ length: documents }, (_, i) => ({
      id: `doc-${i}`,
      title: `Document ${i}`,
      mediaType: 'application/pdf',
      size: 10,
      sha256: hex('a'),
      language: i === 0 ? 'en' : 'und',
    })),
    refs: [],
    data,
    commitment: hex(n.toString(16).slice(-1)),
    index: n,
    anchorIndex: 1,
  };
}

export const NOTICE: RecordData<'notice'>['tender'] = {
  title: 'Quay repairs',
  description: 'Repairs.',
  language: 'en',
  mainProcurementCategory: 'works',
  buyer: organization,
  procuringEntity: organization,
  value,
  budget: { source: 'Budget line 7' },
  currency: 'EUR',
  items: [
    {
      id: '1',
      description: 'Wall',
      quantity: '12.5',
      unit: 'm',
      classification: { scheme: 'CPV', id: '45240000', description: '' },
    },
  ],
  lots: [],
  envelopes: 'one',
  statements: [],
  criteria: [
    { id: 'price', kind: 'price', title: 'Price', description: '', weight: 60 },
    { id: 'quality', kind: 'quality', title: 'Quality', description: 'Method.', weight: 40 },
  ],
  bidsDue: '2026-06-10T10:00:00.000Z',
  standstill: 60,
  rulePack: 'fast@1',
  contractPeriod: { startDate: '2026-09-01', endDate: '2027-08-31' },
};

export const keyset = {
  v: 1 as const,
  chainId: 31337,
  contract: '0x',
  ocid: 'ocds-1',
  n: 0,
  k: 0,
  members: [],
};

const RECORDS: Filed[] = [
  filed(1, 'budget-line', { value, source: 'Budget line 7' }),
  filed(2, 'notice', { tender: NOTICE, keyset, keysetHash: hex('f') }, 2),
  filed(3, 'opening-report', {
    openedAt: '2026-06-10T10:05:00.000Z',
    members: [1, 2].map((index) => ({ keyset: hex('f'), index })),
    seedsGiven: [],
    unopened: [],
    leaves: [],
    bids: [
      { bid: hex('b'), tenderer: supplier, outcome: 'valid', total: LARGE, currency: 'EUR' },
      { bid: hex('c'), tenderer: organization, outcome: 'invalid', total: null, currency: null },
    ],
  }),
  filed(
    4,
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
  ),
  filed(5, 'award', { announced: hex('4'), supplier, value, statement: '' }),
  filed(6, 'contract', { supplier, value, dateSigned: '2026-07-01', statement: 'Signed.' }, 1),
];

/** A process with its first `count` records disclosed. */
export const processWith = (count: number): Process => processOf(RECORDS.slice(0, count));

export function processOf(records: Filed[]): Process {
  return {
    ocid: 'ocds-1',
    organizationId: 'ORG-1',
    createdBy: 'p',
    chainId: 31337,
    contract: '0x',
    draft: null,
    unit: null,
    before: null,
    filed: records,
    erased: [],
    chain: {
      opening: {
        time: '2026-06-02T10:01:00Z',
        bidsDue: '2026-06-10T10:00:00Z',
        standstill: 60,
        blockNumber: 1,
        transactionHash: '0x',
      },
      announcement: null,
      closures: [],
      units: [],
      keysets: [hex('f')],
    },
  };
}
