import { toHex } from '@/lib/record/hex';
import { signedKeyset } from '@/lib/procedure/acts/publication';
import { keySetDigest } from '@/lib/sealing/keyset';
import { does } from './acts';
import { PEOPLE, type Person } from './people';
import { seatCommittee, type TenderRef } from './publish';
import type { Scene } from './scene';

/** Appoints other members while bids are taken; they accept and sign, another person approves, the chain takes the set. */
export async function replaceCommittee(
  scene: Scene,
  tender: TenderRef,
  members: readonly Person[],
): Promise<void> {
  await seatCommittee(scene, tender, members);
  const keyset = signedKeyset(await scene.process(tender.id));
  if (!keyset) throw new Error('The key set is not complete');
  const digest = toHex(keySetDigest(keyset));
  await does(scene, PEOPLE.approver, 'replace-committee', tender.id, { reason: 'A member left.', digest });
  const before = (await scene.process(tender.id)).chain.keysets.length;
  await scene.until(async () => (await scene.process(tender.id)).chain.keysets.length === before + 1);
}
