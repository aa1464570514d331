import { keySets, notice } from '@/lib/procedure/state';
import { KIT_FORMAT, type SealingKit } from '@/lib/sealing/sealing-kit';
import { readSigningKeys } from './queries/signing-keys';
import { readProcess } from './readers';
import { registryDescriptor } from './registry';
import type { World } from './world';

/** The sealing kit of a published tender, under the key set now in force; null when there is none. */
export async function sealingKitOf(world: World, ocid: string): Promise<SealingKit | null> {
  // As a citizen: before publication nobody gets one, whoever asks.
  const process = await readProcess(world.db, world, ocid, null);
  const tender = process && notice(process)?.data.tender;
  const set = process && keySets(process).at(-1);
  if (!tender || !set) return null;
  const { title, language, currency, lots, envelopes, items, statements } = tender;
  const { origin, chainId, contract } = registryDescriptor();
  return {
    format: KIT_FORMAT,
    ...{ origin, chainId, contract, ocid, title, language },
    bidsDue: process.chain.opening?.bidsDue ?? tender.bidsDue,
    ...{ currency, lots, envelopes, items, statements },
    keyset: set.keySet,
    keysetHash: set.hash,
    signingKeys: await readSigningKeys(set.keySet.members.map(({ key }) => key)),
  };
}
