import { ChainUnavailable, type LedgerReader } from '@/lib/evidence/chain-reader';
import type { Verification } from '@/lib/evidence/verify';
import { toHex } from '@/lib/record/hex';
import { processKey, stageKey } from '@/lib/record/stage-key';
import type { TenderRecord } from '@/lib/record/record';
import { verifyText, type Checked, type CheckWorld } from './check';
import { fetchEvidence } from './lookup';
import { recordsOf, type ListedRecord } from './process-records';
import { effectOf, successorOf, type Effect, type Placed } from './supersession';

/** Whether a genuine record still counts. */
export interface Standing {
  /**
   * `in-force`: the registry lists nothing that changes it. `earlier-round`, `cancelled`: by the chain's word. `claimed`: it
   * lists a later record that cannot be proven, which therefore changes nothing. `disputed`: the nodes contradict each other about it. `unasked`:
   * nothing was asked of the registry.
   */
  readonly kind:
    Effect | 'in-force' | 'earlier-round' | 'cancelled' | 'claimed' | 'disputed' | 'unasked' | 'unavailable';
  /** The later record, with what verifying it gave. */
  readonly by: Checked | null;
  /** Since when: RFC 3339; null where nothing changed. */
  readonly since: string | null;
}

const without = (kind: Standing['kind'], since: string | null = null): Standing => ({
  kind,
  by: null,
  since,
});

/** True when it is in the log on chain, whatever is still to come, and nothing contradicts it. */
export function isAnchored({ verdict, steps }: Verification): boolean {
  const anchored = steps.some(({ id, outcome }) => id === 'anchor' && outcome === 'pass');
  return verdict.outcome === 'proven' || (verdict.outcome === 'pending' && anchored);
}

/** True when the nodes that were asked contradict each other. */
export function isDisputed({ steps }: Verification): boolean {
  return steps.some(({ code }) => code === 'nodes-disagree');
}

/**
 * What has become of a record since it was filed. A later record is named only when its own evidence verifies against
 * the same registry and chain. Never throws.
 * @param asking false when nothing may be asked of the registry: the chain is asked all the same.
 */
export async function standingOf(
  checked: Checked,
  world: CheckWorld,
  asking: boolean,
): Promise<Standing | null> {
  const { verification, evidence } = checked;
  const { record } = evidence.entry;
  if (!isAnchored(verification) || verification.commitment === null || record.ocid === undefined) return null;
  if (verification.verdict.facts?.earlierRound) return without('earlier-round');
  const onChain = await chainsWord(record, record.ocid, world);
  if (onChain !== null) return onChain;
  if (!asking) return without('unasked');
  try {
    const earlier = { record, commitment: verification.commitment, index: evidence.log.index };
    return await standingAmong(earlier, await recordsOf(record.ocid, world.get), world);
  } catch {
    return without('unavailable');
  }
}

async function standingAmong(
  earlier: Placed,
  listed: readonly ListedRecord[],
  world: CheckWorld,
): Promise<Standing> {
  const placed = listed.flatMap((one) => (one.index === null ? [] : [{ ...one, index: one.index }]));
  const found = successorOf(earlier, placed);
  if (found === null) return without('in-force');
  const since = found.later.record.time;
  const by = await verified(found.later.id, world);
  if (by === null) return without('claimed', since);
  const { evidence, verification } = by;
  const later = {
    record: evidence.entry.record,
    commitment: verification.commitment ?? '',
    index: evidence.log.index,
  };
  if (isDisputed(verification)) return { kind: 'disputed', by, since };
  const holds = isAnchored(verification) && effectOf(earlier, later) === found.effect;
  return { kind: holds ? found.effect : 'claimed', by, since: later.record.time };
}

async function verified(recordId: string, world: CheckWorld): Promise<Checked | null> {
  const checked = await verifyText(await fetchEvidence(recordId, world.get), null, world);
  return 'detail' in checked ? null : checked;
}

/** Whether the chain itself says that the tender, or this part of it, was cancelled; null when it does not. */
async function chainsWord(
  { stage, unit }: TenderRecord,
  ocid: string,
  world: CheckWorld,
): Promise<Standing | null> {
  const chain = world.chain();
  if (chain === null || !asksCancellation(chain)) return null;
  const keys = new Set([toHex(processKey(ocid)), toHex(stageKey(ocid, stage ?? 0, unit))]);
  try {
    for (const key of keys) {
      const cancellation = await chain.cancellationOf(key);
      if (cancellation === null) continue;
      // A time from outside, which may be no date at all.
      const since = new Date(cancellation.time * 1000);
      return without('cancelled', Number.isNaN(since.getTime()) ? null : since.toISOString());
    }
    return null;
  } catch (error) {
    // That a node is silent the steps have said already; that one lies about just this they have not.
    const lies = error instanceof ChainUnavailable && error.code === 'disagree';
    return lies ? without('disputed') : null;
  }
}

function asksCancellation(chain: object): chain is LedgerReader {
  return 'cancellationOf' in chain;
}
