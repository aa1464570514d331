import type { Receipt } from '@/lib/evidence/receipt';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import type { Part } from '@/lib/procedure/units';
import { keySetHash } from '@/lib/sealing/keyset';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { makeKeySet, SCOPE, signingKeys } from '../../sealing/fixture';
import { AT, DIVIDED } from '../bid/fixture';

export const keySet = makeKeySet(2, 3);

/** The kit of a tender of two lots with two envelopes each. */
export const KIT: SealingKit = {
  format: 'tenderproof-sealing-kit/1',
  origin: 'tenders.example.org',
  ...SCOPE,
  ...DIVIDED,
  bidsDue: '2027-01-01T10:00:00.000Z',
  keyset: keySet,
  keysetHash: keySetHash(keySet),
  signingKeys: Object.fromEntries(signingKeys(3)),
};

export interface BidOnRecord {
  lot: string;
  part: Part;
  envelope: string;
  bidKey: string;
  time?: string;
  /** Hex digit that makes its id another one. */
  digit?: string;
  tenderer?: string;
}

const PROMISED = { sequencedBy: AT, anchoredBy: AT, signature: '00'.repeat(64) };

/** The receipt that the registry gives for a bid, as far as the sealer reads it: it cannot check whose promise it is. */
export function receiptOf(bid: BidOnRecord): Receipt {
  const { lot, part, envelope, bidKey, time = AT, digit = '0', tenderer = 'org-acme' } = bid;
  const { ocid } = SCOPE;
  const record = {
    ...{ v: 1 as const, id: `01900000-0000-7000-8000-00000000000${digit}`, type: 'bid', ocid },
    ...(lot === '' && part === '' ? {} : { unit: { lot, part } }),
    ...{ stage: 2, round: 0, time, documents: [], refs: [] },
    actor: { organization: tenderer, person: 'p1', role: 'tenderer' },
    data: {
      tenderer: { id: tenderer, name: 'Acme Kitchens' },
      ...{ envelope, size: 5000, bidKey, keyset: KIT.keysetHash, replaces: null },
    },
  };
  const entry = { record, signatures: [] };
  const salt = 'ab'.repeat(32);
  const process = toHex(processKey(ocid));
  return {
    format: 'tenderproof-receipt/1',
    ...{ origin: KIT.origin, entry, salt, process, stage: 2, unit: process, round: 0 },
    promise: { commitment: toHex(commit(fromHex(salt, 32), entry)), time, ...PROMISED },
  };
}
