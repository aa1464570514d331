import { phaseAt } from '@/lib/procedure/phase-at';
import { bidsToOpen, keySetOf, placeIn } from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';
import type { KeySet } from '@/lib/sealing/keyset';
import { expectedOf } from '../expected-envelopes';
import { scopeFor } from '../operations/perform-act';
import { loadForOpening } from '../readers';
import { actorOf, currentViewer } from '../session';
import { world } from '../world';
import { readSigningKeys } from './signing-keys';
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
  keySet: KeySet;
  /** The reader's place in it. */
  index: number;
}

/**
 * The bids of one unit whose share this person has to release, for members of the committee only and only while it is
 * being opened: before `bids` is closed on chain nobody learns that there are any. Null for everybody else.
 */
export async function readSealedBids(ocid: string, unit: Unit | null = null): Promise<SealedBid[] | null> {
  const w = world();
  const [row, signedIn] = await Promise.all([w.db.tender.findUnique({ where: { ocid } }), currentViewer()]);
  const whole = row && (await loadForOpening(w.db, w, row.id, signedIn && actorOf(signedIn)));
  const process = whole && scopeFor(whole, 'release-shares', unit);
  if (!process || 'code' in process || !signedIn) return null;
  if (phaseAt(process, w.clock.now()) !== 'opening') return null;
  if (!viewerFor(process, signedIn).roles.includes('committee')) return null;
  return bidsToOpen(process).flatMap((b) => {
    const set = keySetOf(process, b.data.keyset);
    const index = set && placeIn(process, set, signedIn.person.id);
    const expected = expectedOf(process, b);
    if (!set || !expected || index === null) return [];
    const { identity } = expected;
    return [{ bid: b.commitment, envelope: b.data.envelope, identity, keySet: set.keySet, index }];
  });
}

/** The public key that a member signs with (Ed25519, 64 hex digits), by its place in the key set of these bids. */
export async function readMemberKey([first]: readonly SealedBid[]): Promise<string | undefined> {
  const record = first?.keySet.members.find((member) => member.index === first.index)?.key;
  return record && (await readSigningKeys([record]))[record];
}
