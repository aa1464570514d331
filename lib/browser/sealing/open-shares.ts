import { toHex } from '@/lib/record/hex';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import { parseEnvelope } from '@/lib/sealing/envelope';
import type { SealingErrorCode } from '@/lib/sealing/error';
import { SealingError } from '@/lib/sealing/error';
import type { KeySet } from '@/lib/sealing/keyset';
import type { OpenedKey } from '../keys/opened-key';

export interface SealedBidToOpen {
  /** Commitment of the bid's record, 64 hex digits. */
  readonly bid: string;
  readonly identity: EnvelopeIdentity;
  /** The key set that the bid is sealed to: after a change of the committee there are several. */
  readonly keySet: KeySet;
  /** The member's place in it. */
  readonly index: number;
}

export interface OpenedShares {
  readonly shares: { bid: string; index: number; share: string }[];
  readonly failures: { bid: string; code: SealingErrorCode }[];
}

/**
 * Opens the member's share of every bid, from the headers alone. A share that does not open is no reason to withhold the
 * others: it is reported, and the other members can still open that bid.
 * @throws what `fetchHeader` throws: a bid that cannot be fetched must not be left out in silence
 */
export async function openShares(
  key: OpenedKey,
  bids: readonly SealedBidToOpen[],
  fetchHeader: (bid: string) => Promise<Uint8Array>,
  onProgress: (done: number) => void,
): Promise<OpenedShares> {
  const opened: OpenedShares = { shares: [], failures: [] };
  for (const [done, { bid, identity, keySet, index }] of bids.entries()) {
    const beginning = await fetchHeader(bid);
    try {
      const header = parseEnvelope(beginning);
      const share = await key.openShare(header, { identity, keySet, purpose: 'bid' }, index);
      opened.shares.push({ bid, index, share: toHex(share.bytes) });
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      opened.failures.push({ bid, code: error.code });
    }
    onProgress(done + 1);
  }
  return opened;
}
