import { keySetOf, keySets, tender, type Filed, type Process } from '@/lib/procedure/state';
import { envelopesOf, type Unit } from '@/lib/procedure/units';
import type { EnvelopeExpectation } from '@/lib/sealing/envelope';

/** What an envelope of this tenderer for this unit must be bound to, under the key set of this hash; null when there is none. */
export function expectedEnvelope(
  process: Process,
  unit: Unit | null,
  tenderer: string,
  keyset: string,
): EnvelopeExpectation | null {
  const set = keySetOf(process, keyset);
  if (!set) return null;
  const { chainId, contract, ocid } = process;
  const { lot, part } = unit ?? { lot: '', part: '' };
  return {
    identity: { chainId, contract, ocid, lot, part, tenderer, keyset },
    keySet: set.keySet,
    purpose: 'bid',
  };
}

/** What the envelope of a filed bid is bound to. */
export const expectedOf = (process: Process, bid: Filed<'bid'>): EnvelopeExpectation | null =>
  expectedEnvelope(process, bid.unit, bid.data.tenderer.id, bid.data.keyset);

/** Everything that this tenderer may send now: one for each lot and part, under the key set in force. */
export function expectedEnvelopes(process: Process, tenderer: string): EnvelopeExpectation[] {
  const notice = tender(process);
  const current = keySets(process).at(-1);
  if (!notice || !current) return [];
  return envelopesOf(notice).flatMap((unit) => expectedEnvelope(process, unit, tenderer, current.hash) ?? []);
}
