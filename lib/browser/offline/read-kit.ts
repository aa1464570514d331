import { MAX_KIT_LENGTH, parseSealingKit, type ParsedKit, type SealingKit } from '@/lib/sealing/sealing-kit';
import type { SealTarget } from '../bid/seal-request';
import type { BidTender } from '../bid/tender';

type KitRefusal = Extract<ParsedKit, { ok: false }>;

export type ReadKit =
  | { readonly ok: true; readonly kit: SealingKit }
  | { readonly ok: false; readonly code: KitRefusal['code'] | 'unreadable'; readonly detail: string };

/** Bytes: a character has four at most. */
const MAX_KIT_SIZE = 4 * MAX_KIT_LENGTH;

/** Reads a sealing kit that was chosen. What is too large for one is not read at all. Never throws. */
export async function readKit(file: File): Promise<ReadKit> {
  if (file.size > MAX_KIT_SIZE) return { ok: false, code: 'not-kit', detail: '' };
  let text: string;
  try {
    text = await file.text();
  } catch {
    return { ok: false, code: 'unreadable', detail: '' };
  }
  return parseSealingKit(text);
}

/** The tender, as the steps of a bid want it. */
export function tenderOf(kit: SealingKit): BidTender {
  const { title, language, currency, items, lots, envelopes, statements, bidsDue } = kit;
  return { title, language, currency, items, lots, envelopes, statements, bidsDue };
}

export function targetOf(kit: SealingKit, tenderer: string): SealTarget {
  const { chainId, contract, ocid, keyset: keySet, keysetHash: keyset } = kit;
  return { registry: { chainId, contract }, ocid, tenderer, keySet, keyset };
}
