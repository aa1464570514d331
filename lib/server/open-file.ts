import { createHash } from 'node:crypto';
import { all, openedBids, type Erased, type Filed, type Process } from '@/lib/procedure/state';
import { fromHex } from '@/lib/record/hex';
import type { NewHash } from '@/lib/sealing/bytes';
import { openEnvelope, type EnvelopeSource, type OpenRequest } from '@/lib/sealing/open';
import { expectedOf } from './expected-envelopes';
import { storedRange } from './stored-range';
import type { World } from './world';

/** Node's own SHA-256: an envelope of half a gigabyte is hashed twice. */
export const nativeHash: NewHash = () => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

/** The bid and its opening, by the record id of either; null while it is not open. */
export function openedBid(
  process: Process,
  recordId: string,
): { bid: Filed<'bid'>; opened: Filed<'bid-opened'> } | null {
  const bids = all(process, 'bid');
  const bid = bids.find((b) => b.id === recordId);
  const opened = openedBids(process).find((o) => o.id === recordId || o.data.bid === bid?.commitment);
  const of = opened && bids.find((b) => b.commitment === opened.data.bid);
  return opened && of ? { bid: of, opened } : null;
}

/** The erased bid behind the record of its opening: its envelope, and so its files, are gone. */
export const erasedBid = (process: Process, recordId: string): Erased | null => {
  const opened = openedBids(process).find((o) => o.id === recordId);
  return process.erased.find((e) => e.commitment === opened?.data.bid) ?? null;
};

class ReaderLeft extends Error {}

/** Hands pieces from one that pushes to one that pulls, one at a time: nothing piles up in memory. */
function handOver() {
  let deliver: ((piece: Uint8Array | null) => void) | null = null;
  let fail: ((error: unknown) => void) | null = null;
  let resume: ((more: boolean) => void) | null = null;
  let left = false;
  return {
    /** Resolves when the reader wants the next piece; false when it has gone. */
    push(piece: Uint8Array | null): Promise<boolean> {
      if (left) return Promise.resolve(false);
      const asked = new Promise<boolean>((resolve) => (resume = resolve));
      deliver?.(piece);
      return asked;
    },
    abort: (error: unknown) => fail?.(error),
    pull(): Promise<Uint8Array | null> {
      const next = new Promise<Uint8Array | null>((resolve, reject) => {
        deliver = resolve;
        fail = reject;
      });
      resume?.(true);
      return next;
    },
    leave() {
      left = true;
      resume?.(false);
    },
  };
}

/**
 * File `n` of an opened bid, decrypted as it is read, with the seed that the opening published. The envelope is opened
 * as anybody would open it (protocol §7.6), so a stored copy that has been altered gives no file: the last piece is
 * held back until the whole envelope has proved valid.
 */
export async function* readBidFile(
  world: World,
  process: Process,
  opened: Filed<'bid-opened'>,
  n: number,
): AsyncGenerator<Uint8Array> {
  const { envelope, seed } = opened.data;
  const bid = all(process, 'bid').find((b) => b.commitment === opened.data.bid);
  const expected = bid && expectedOf(process, bid);
  const row = await world.db.upload.findFirst({
    where: { kind: 'envelope', sha256: envelope, usedBy: { not: null } },
  });
  if (!expected || !row) throw new Error('The envelope of an opened bid is missing');
  const source: EnvelopeSource = {
    size: Number(row.size),
    stream: (from, to) => storedRange(world.storage, row.storageKey, from, to),
  };
  const request = {
    ...expected,
    source,
    envelopeHash: envelope,
    shares: [],
    seed: fromHex(seed, 32),
    newHash: nativeHash,
  };
  yield* extract(request, n);
}

async function* extract(request: OpenRequest, n: number): AsyncGenerator<Uint8Array> {
  const hand = handOver();
  let held: Uint8Array | null = null;
  const data = async (file: number, piece: Uint8Array) => {
    if (file !== n) return;
    const previous = held;
    held = piece.slice();
    if (previous && !(await hand.push(previous))) throw new ReaderLeft();
  };
  const first = hand.pull();
  openEnvelope({ ...request, sink: { data } })
    .then(async ({ outcome }) => {
      if (outcome !== 'valid') throw new Error(`An envelope that was valid at the opening is now ${outcome}`);
      if (held) await hand.push(held);
      await hand.push(null);
    })
    .catch((error: unknown) => hand.abort(error));
  try {
    for (let piece = await first; piece !== null; piece = await hand.pull()) yield piece;
  } finally {
    hand.leave();
  }
}
