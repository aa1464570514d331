import type { BidOpening } from '@/lib/procedure/acts/opening-input';
import { openBid } from '@/lib/procedure/open-bid';
import type { Actor } from '@/lib/procedure/roles';
import { bidsToOpen, mayExclude, type Filed, type Process } from '@/lib/procedure/state';
import type { EnvelopeSource } from '@/lib/sealing/open';
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
    const source = await storedEnvelope(world, bid, tenderId);
    const opening = source && (await openBid(process, bid, source, nativeHash));
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
