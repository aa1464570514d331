import { compareDecimals, parseDecimal } from '@/lib/record/decimal';
import { fromHex, toHex } from '@/lib/record/hex';
import type { BidOpening } from '@/lib/procedure/acts/opening-input';
import type { Actor } from '@/lib/procedure/roles';
import {
  all,
  bidsToOpen,
  keySetOf,
  mayExclude,
  shares,
  tender,
  type Filed,
  type Process,
} from '@/lib/procedure/state';
import { itemsOf } from '@/lib/procedure/scopes';
import type { PackageManifest } from '@/lib/sealing/package';
import { openEnvelope, type EnvelopeSource } from '@/lib/sealing/open';
import type { PriceForm } from '@/lib/sealing/price-form';
import { nativeHash } from '@/lib/server/open-file';
import { performAct } from '@/lib/server/operations/perform-act';
import type { World } from '@/lib/server/world';

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

/** A bid must price exactly the items of its lot, in the notice's currency: else its total cannot be compared. */
function pricesTheNotice(process: Process, form: PriceForm | null): form is PriceForm {
  const items = itemsOf(process);
  if (!form || form.currency !== tender(process)?.currency || form.items.length !== items.length)
    return false;
  const same = (a: string, b: string) => {
    const [x, y] = [parseDecimal(a), parseDecimal(b)];
    return x !== undefined && y !== undefined && compareDecimals(x, y) === 0;
  };
  return items.every((item) =>
    form.items.some((row) => row.itemId === item.id && same(row.quantity, item.quantity)),
  );
}

const sharesFor = (process: Process, bid: string) =>
  shares(process).flatMap((s) =>
    s.data.shares.filter((x) => x.bid === bid).map((x) => ({ index: x.index, bytes: fromHex(x.share) })),
  );

/** What is wrong with a package that opened as it should; null when nothing is. */
function contentFault(process: Process, manifest: PackageManifest): string | null {
  // A price in the first envelope would be known before the second is opened.
  if (process.unit?.part === 'technical')
    return manifest.priceForm === null ? null : 'price-in-technical-part';
  return pricesTheNotice(process, manifest.priceForm) ? null : 'price-form-mismatch';
}

/** One bid's outcome; null while undecided. */
async function openOne(
  world: World,
  process: Process,
  tenderId: string,
  bid: Filed<'bid'>,
): Promise<BidOpening | null> {
  const set = keySetOf(process, bid.data.keyset);
  const source = await storedEnvelope(world, bid, tenderId);
  if (!set || !source) return null;
  const { chainId, contract, ocid } = process;
  const given = all(process, 'seed-given').findLast((g) => g.data.bid === bid.commitment)?.data.seed;
  const outcome = await openEnvelope({
    source,
    envelopeHash: bid.data.envelope,
    identity: {
      chainId,
      contract,
      ocid,
      lot: bid.unit?.lot ?? '',
      part: bid.unit?.part ?? '',
      tenderer: bid.data.tenderer.id,
      keyset: set.hash,
    },
    keySet: set.keySet,
    purpose: 'bid',
    shares: sharesFor(process, bid.commitment),
    ...(given ? { seed: fromHex(given, 32) } : {}),
    newHash: nativeHash,
  });
  if (outcome.outcome === 'undecided') return null;
  const seed = outcome.seed ? toHex(outcome.seed) : null;
  if (outcome.outcome === 'invalid')
    return { outcome: 'invalid', bid: bid.commitment, seed, code: outcome.code };
  const { priceForm, files, consortium, declarations } = outcome.manifest;
  const fault = contentFault(process, outcome.manifest);
  if (fault !== null) return { outcome: 'invalid', bid: bid.commitment, seed, code: fault };
  return {
    outcome: 'valid',
    bid: bid.commitment,
    seed: toHex(outcome.seed),
    consortium: consortium.map(({ id, name }) => ({ id, name })),
    declarations: [...declarations],
    priceForm: priceForm && { ...priceForm, items: [...priceForm.items] },
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
  const openings: BidOpening[] = [];
  for (const bid of bidsToOpen(process)) {
    const opening = await openOne(world, process, tenderId, bid);
    if (!opening && !mayExclude(process, bid, world.clock.now()))
      throw new Error(
        'A bid is undecided: the released shares do not open it. Further members must release theirs.',
      );
    openings.push(opening ?? { outcome: 'invalid', bid: bid.commitment, seed: null, code: 'undecided' });
  }
  const openedAt = new Date(world.clock.now()).toISOString();
  const input = { openings, openedAt };
  const outcome = await performAct(world, operator, 'open-bids', tenderId, input, process.unit);
  if (!outcome.ok) throw new Error(`open-bids: ${outcome.code}`);
}
