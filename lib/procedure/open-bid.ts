import { compareDecimals, parseDecimal } from '../record/decimal';
import { fromHex, toHex } from '../record/hex';
import type { NewHash } from '../sealing/bytes';
import { openEnvelope, type EnvelopeSource } from '../sealing/open';
import type { PackageManifest } from '../sealing/package';
import type { PriceForm } from '../sealing/price-form';
import type { BidOpening } from './acts/opening-input';
import { itemsOf } from './scopes';
import { all, keySetOf, shares, tender, type Filed, type Process } from './state';

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

/**
 * One bid's outcome by the released shares and the seed that its tenderer gave, if any (protocol §7.6); null while it is
 * undecided. Whoever runs it again over the published records gets the same.
 */
export async function openBid(
  process: Process,
  bid: Filed<'bid'>,
  source: EnvelopeSource,
  newHash?: NewHash,
): Promise<BidOpening | null> {
  const set = keySetOf(process, bid.data.keyset);
  if (!set) return null;
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
    ...(newHash ? { newHash } : {}),
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
