import { signPromise, type Receipt } from '@/lib/evidence/receipt';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { LOG_SECRET, OCID, REGISTRY, type world } from './world';

/** The receipt that the registry of this folder gave for a record, and kept. */
export function receiptFor({ evidence, commitment }: ReturnType<typeof world>): Receipt {
  const promise = {
    commitment,
    time: '2026-02-10T09:30:00.250Z',
    sequencedBy: '2026-02-10T09:30:01.250Z',
    anchoredBy: '2026-02-10T09:31:00.250Z',
  };
  const process = toHex(processKey(OCID));
  return {
    format: 'tenderproof-receipt/1',
    origin: REGISTRY.origin,
    entry: evidence.entry,
    salt: evidence.salt,
    process,
    stage: 5,
    unit: process,
    round: 0,
    promise: { ...promise, signature: signPromise(promise, LOG_SECRET) },
  };
}
