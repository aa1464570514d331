import type { Part } from '@/lib/procedure/units';
import { signBidAct } from '@/lib/sealing/bid-act';
import type { KeySet } from '@/lib/sealing/keyset';
import { fromHex } from '@/lib/record/hex';
import type { FileRef, SealedDraft } from '../drafts/draft';
import type { StoredFile } from '../drafts/stored-file';
import type { SealRequest } from '../sealing/seal-worker';
import type { LiveBid } from './own-bids';
import { trimmedPartners } from './partners';
import { chosenLots, plannedEnvelopes, type Bidding } from './plan';
import type { BidRegistry } from './registry';

/** For whom, for what, to whom is sealed. */
export interface SealTarget {
  readonly registry: Pick<BidRegistry, 'chainId' | 'contract'>;
  readonly ocid: string;
  readonly tenderer: string;
  readonly keySet: KeySet;
  /** Its hash, 64 hex digits. */
  readonly keyset: string;
}

/**
 * What the sealing worker is asked for: every part of every chosen lot, each with the partners and with all that the
 * tenderer confirmed, so that no part depends on another to be judged.
 * @returns null while a price is missing
 */
export function sealRequestOf(
  bidding: Bidding,
  { registry, ocid, tenderer, keySet, keyset }: SealTarget,
  stored: (file: FileRef) => StoredFile | File,
): SealRequest | null {
  const { tender, draft, own } = bidding;
  const { chainId, contract } = registry;
  const planned = plannedEnvelopes(tender, draft, chosenLots(tender, draft, own));
  const ticked = new Set([...draft.eligibility, ...draft.declarations]);
  const common = {
    keySet,
    consortium: trimmedPartners(draft.consortium),
    declarations: tender.statements.map(({ id }) => id).filter((id) => ticked.has(id)),
  };
  const envelopes: SealRequest['envelopes'][number][] = [];
  for (const { lot, part, priceForm, files } of planned) {
    if (priceForm === undefined) return null;
    const identity = { chainId, contract, ocid, lot, part, tenderer, keyset };
    envelopes.push({ ...common, identity, priceForm, files: files.map(stored) });
  }
  return envelopes.length === 0 ? null : { envelopes };
}

/** The bid that an envelope takes the place of, and its key's agreement; null where there is none. */
export function signReplacement(
  { registry, ocid, tenderer }: Omit<SealTarget, 'keySet' | 'keyset'>,
  { lot, part, envelope }: { lot: string; part: Part; envelope: string },
  live: readonly LiveBid[],
  secrets: ReadonlyMap<string, string>,
): SealedDraft['envelopes'][number]['replaces'] {
  const old = live.find((bid) => bid.lot === lot && bid.part === part);
  if (old === undefined) return null;
  const { chainId, contract } = registry;
  const act = { act: 'replace', bid: old.commitment, chainId, contract, ocid, envelope } as const;
  const signature = signBidAct(secretOf(old, secrets), { ...act, lot, part, tenderer });
  return { bid: old.commitment, signature };
}

/** What the withdrawal of these bids needs, each under its own key. */
export function signWithdrawals(
  { registry, ocid, tenderer }: Omit<SealTarget, 'keySet' | 'keyset'>,
  bids: readonly LiveBid[],
  secrets: ReadonlyMap<string, string>,
): { bid: string; signature: string }[] {
  const { chainId, contract } = registry;
  return bids.map((bid) => {
    const { commitment, lot, part } = bid;
    const act = { act: 'withdraw', bid: commitment, chainId, contract, ocid, envelope: null } as const;
    return {
      bid: commitment,
      signature: signBidAct(secretOf(bid, secrets), { ...act, lot, part, tenderer }),
    };
  });
}

/** @param secrets bid secrets, 64 hex digits, by bid key */
function secretOf({ sealed }: LiveBid, secrets: ReadonlyMap<string, string>): Uint8Array {
  return fromHex(secrets.get(sealed.bidKey) ?? '', 32);
}
