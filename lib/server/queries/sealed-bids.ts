import { closure, liveBids, notice, phaseAt } from '@/lib/procedure/state';
import { loadProcess } from '../load-process';
import { currentViewer } from '../session';
import { world } from '../world';
import { viewerFor } from './tender';

/** What a member of the committee needs to release the share of one bid: the envelope and whom it is bound to. */
export interface SealedBid {
  /** Commitments: of the bid's record, and of the envelope. 64 hex digits each. */
  bid: string;
  envelope: string;
  identity: {
    chainId: number;
    contract: string;
    ocid: string;
    lot: string;
    part: string;
    tenderer: string;
    keyset: string;
  };
}

const BIDS = 2;

/**
 * The live bids, for members of the committee only and only once `bids` is closed on chain: before that nobody learns
 * that there are any. Null for everybody else.
 */
export async function readSealedBids(ocid: string): Promise<SealedBid[] | null> {
  const w = world();
  const [row, signedIn] = await Promise.all([w.db.tender.findUnique({ where: { ocid } }), currentViewer()]);
  const process = row && (await loadProcess(w.db, w, row.id));
  const published = process && notice(process);
  if (!process || !published || !closure(process, BIDS)) return null;
  if (phaseAt(process, w.clock.now()) !== 'opening') return null;
  if (!viewerFor(process, signedIn).roles.includes('committee')) return null;
  const { chainId, contract } = process;
  const common = { chainId, contract, ocid, lot: '', part: '', keyset: published.data.keysetHash };
  return liveBids(process).map((b) => ({
    bid: b.commitment,
    envelope: b.data.envelope,
    identity: { ...common, tenderer: b.data.tenderer.id },
  }));
}
