import { createHash } from 'node:crypto';
import { compareDecimals, parseDecimal } from '@/lib/record/decimal';
import { fromHex, toHex } from '@/lib/record/hex';
import type { BidOpening } from '@/lib/procedure/acts/opening-input';
import type { Actor } from '@/lib/procedure/roles';
import { liveBids, notice, packOf, shares, tender, type Filed, type Process } from '@/lib/procedure/state';
import type { NewHash } from '@/lib/sealing/bytes';
import { openEnvelope, type EnvelopeSource } from '@/lib/sealing/open';
import type { PriceForm } from '@/lib/sealing/price-form';
import { performAct } from '@/lib/server/operations/perform-act';
import type { World } from '@/lib/server/world';

const nativeHash: NewHash = () => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

/** A stored envelope, read in ranges: it is decrypted once and sealed again once, never held whole. */
async function storedEnvelope(
  world: World,
  bid: Filed<'bid'>,
  tenderId: string,
): Promise<EnvelopeSource | null> {
  const upload = await world.db.upload.findFirst({
    where: { tenderId, kind: 'envelope', sha256: bid.data.envelope, usedBy: bid.id },
  });
  if (!upload) return null;
  return {
    size: Number(upload.size),
    stream: (from, to) =>
      to > from ? world.storage.get(upload.storageKey, { start: from, end: to - 1 }) : emptyStream(),
  };
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}

/** A bid must price exactly the notice's items, in its currency: else its total cannot be compared. */
function pricesTheNotice(process: Process, form: PriceForm | null): form is PriceForm {
  const asked = tender(process);
  if (!asked || !form || form.currency !== asked.currency || form.items.length !== asked.items.length)
    return false;
  const same = (a: string, b: string) => {
    const [x, y] = [parseDecimal(a), parseDecimal(b)];
    return x !== undefined && y !== undefined && compareDecimals(x, y) === 0;
  };
  return asked.items.every((item) =>
    form.items.some((row) => row.itemId === item.id && same(row.quantity, item.quantity)),
  );
}

const sharesFor = (process: Process, bid: string) =>
  shares(process).flatMap((s) =>
    s.data.shares.filter((x) => x.bid === bid).map((x) => ({ index: s.data.index, bytes: fromHex(x.share) })),
  );

/** One bid's outcome; null while undecided. */
async function openOne(
  world: World,
  process: Process,
  tenderId: string,
  bid: Filed<'bid'>,
): Promise<BidOpening | null> {
  const published = notice(process)?.data;
  const source = await storedEnvelope(world, bid, tenderId);
  if (!published || !source) return null;
  const { chainId, contract, ocid } = process;
  const outcome = await openEnvelope({
    source,
    envelopeHash: bid.data.envelope,
    identity: {
      chainId,
      contract,
      ocid,
      lot: '',
      part: '',
      tenderer: bid.data.tenderer.id,
      keyset: published.keysetHash,
    },
    keySet: published.keyset,
    purpose: 'bid',
    shares: sharesFor(process, bid.commitment),
    newHash: nativeHash,
  });
  if (outcome.outcome === 'undecided') return null;
  const seed = outcome.seed ? toHex(outcome.seed) : null;
  if (outcome.outcome === 'invalid')
    return { outcome: 'invalid', bid: bid.commitment, seed, code: outcome.code };
  const { priceForm, files } = outcome.manifest;
  if (!pricesTheNotice(process, priceForm))
    return { outcome: 'invalid', bid: bid.commitment, seed, code: 'price-form-mismatch' };
  return {
    outcome: 'valid',
    bid: bid.commitment,
    seed: toHex(outcome.seed),
    priceForm: { ...priceForm, items: [...priceForm.items] },
    files: files.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 })),
  };
}

/**
 * Opens every live bid and files the outcomes together; while one is undecided nothing is filed and nothing shown
 * (protocol §7.6), until the rule's time excludes what no shares open.
 */
export async function openAllBids(
  world: World,
  operator: Actor,
  tenderId: string,
  process: Process,
): Promise<void> {
  const rule = packOf(process)?.rules['undecided-bid-expires'].value ?? Infinity;
  const due = Date.parse(process.chain.opening?.bidsDue ?? '');
  const expired = world.clock.now() > due + rule * 1000;
  const openings: BidOpening[] = [];
  for (const bid of liveBids(process)) {
    const opening = await openOne(world, process, tenderId, bid);
    if (!opening && !expired)
      throw new Error(
        'A bid is undecided: the released shares do not open it. Further members must release theirs.',
      );
    openings.push(opening ?? { outcome: 'invalid', bid: bid.commitment, seed: null, code: 'undecided' });
  }
  const openedAt = new Date(world.clock.now()).toISOString();
  const outcome = await performAct(world, operator, 'open-bids', tenderId, { openings, openedAt });
  if (!outcome.ok) throw new Error(`open-bids: ${outcome.code}`);
}
