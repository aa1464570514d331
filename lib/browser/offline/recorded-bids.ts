import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { CATALOGUE } from '@/lib/record/catalogue';
import type { Receipt } from '@/lib/evidence/receipt';
import { envelopesOf, sameUnit, type Unit } from '@/lib/procedure/units';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { liveOf, type OwnBid } from '../bid/own-bids';
import { parseReceipt } from '../verify/check-receipt';

/** Why a file does not tell which bid is to be replaced; the messages `sealer.replace.faults` say it. */
export type ReceiptFault =
  | 'not-a-receipt'
  | 'altered'
  | 'other-registry'
  | 'not-a-bid'
  | 'other-tender'
  | 'other-organization'
  | 'unknown-unit';

export type ReadReceipt =
  { readonly ok: true; readonly bid: OwnBid } | { readonly ok: false; readonly fault: ReceiptFault };

type Kit = Pick<SealingKit, 'origin' | 'ocid' | 'lots' | 'envelopes'>;

/**
 * The bid that a receipt is of. Whether it is still the one on record, only the registry can tell: the page where the
 * new one is handed in says so if not.
 */
export function bidOfReceipt(text: string, kit: Kit, tenderer: string): ReadReceipt {
  const parsed = parseReceipt(text);
  if (!parsed.ok) return { ok: false, fault: 'not-a-receipt' };
  const { receipt } = parsed;
  if (!isWhole(receipt)) return { ok: false, fault: 'altered' };
  if (receipt.origin !== kit.origin) return { ok: false, fault: 'other-registry' };
  const { record } = receipt.entry;
  const data = record.type === 'bid' ? CATALOGUE.bid.data.safeParse(record.data) : null;
  if (data?.success !== true) return { ok: false, fault: 'not-a-bid' };
  if (record.ocid !== kit.ocid) return { ok: false, fault: 'other-tender' };
  if (data.data.tenderer.id !== tenderer) return { ok: false, fault: 'other-organization' };
  const { lot, part } = record.unit ?? { lot: '', part: '' };
  const unit = envelopesOf(kit).find((one) => one.lot === lot && one.part === part);
  if (unit === undefined) return { ok: false, fault: 'unknown-unit' };
  const { envelope, size, bidKey, keyset } = data.data;
  const { id, time } = record;
  const sealed = { envelope, size, bidKey, keyset };
  const { commitment } = receipt.promise;
  return {
    ok: true,
    bid: { id, commitment, ...unit, time, standing: 'live', sealed, index: null, anchored: false },
  };
}

/** The salt and the entry give the commitment, so nothing in the receipt was changed. */
function isWhole({ salt, entry, promise }: Receipt): boolean {
  return toHex(commit(fromHex(salt, 32), entry)) === promise.commitment;
}

/** With one more bid: of each lot and part the latest is live, and what it replaced is not. */
export const withBid = (bids: readonly OwnBid[], bid: OwnBid): OwnBid[] =>
  ranked([...bids.filter(({ id }) => id !== bid.id), bid]);

export const withoutBid = (bids: readonly OwnBid[], id: string): OwnBid[] =>
  ranked(bids.filter((bid) => bid.id !== id));

function ranked(bids: readonly OwnBid[]): OwnBid[] {
  const latest = (one: OwnBid) => bids.every((other) => !sameUnit(one, other) || other.time <= one.time);
  return bids.map((one) => ({ ...one, standing: latest(one) ? 'live' : 'replaced' }));
}

/** Parts whose receipt is still missing: whoever has a bid for a lot has one for each of its parts. */
export function missingReceipts(bids: readonly OwnBid[], kit: Pick<Kit, 'lots' | 'envelopes'>): Unit[] {
  const live = liveOf(bids);
  return envelopesOf(kit).filter(
    (unit) => live.some(({ lot }) => lot === unit.lot) && !live.some((bid) => sameUnit(bid, unit)),
  );
}
