import { actOn, prepareAct, registerKey } from '@/app/[locale]/(office)/actions';
import { acceptancePermit, rehearsalPermit } from '@/lib/browser/keys/permits';
import type { OpenedKey, RecordSigner } from '@/lib/browser/keys/opened-key';
import { KeyError } from '@/lib/browser/keys/key-error';
import type { ActResult } from '@/lib/forms/act-result';
import type { Act } from '@/lib/procedure/permissions';
import { toHex } from '@/lib/record/hex';
import { SealingError } from '@/lib/sealing/error';
import { checkKeySetDraft, keySetDigest } from '@/lib/sealing/keyset';
import type { AcceptWork, KeySetWork } from './member-work';

// What a member's browser does with an opened key file, for one tender or for many in a row.

/** Has the record made, signs it here if it is what was agreed to, and files it. */
async function fileSigned(
  call: { ocid: string; act: Act },
  input: Record<string, string>,
  signer: RecordSigner,
  key: string,
): Promise<ActResult> {
  const prepared = await prepareAct({ ...call, input });
  if (!prepared.ok) return prepared;
  const { id, time, text } = prepared;
  const { signature } = signer.signText(text, key);
  return actOn({ ...call, input: { ...input, id, time, signature } });
}

/**
 * Accepts the appointment: registers the key if it is new. Any key file of the person will do, a new one too: whoever
 * lost the old one can still be a member.
 */
export async function acceptWith(openedKey: OpenedKey, { scope, index }: AcceptWork): Promise<ActResult> {
  const { publicKey, demonstration } = openedKey;
  const registered = await registerKey({ publicKey, demonstration });
  if (!registered.ok) return registered;
  const x25519 = openedKey.committeeKey(scope);
  const signer = openedKey.signer(acceptancePermit(scope.ocid, index, x25519));
  const key = registered.commitment;
  return fileSigned({ ocid: scope.ocid, act: 'accept-appointment' }, { x25519, key }, signer, key);
}

/** Signs the key set, if the member's own key stands in it. @throws KeyError `other-key`, SealingError `keyset-…` */
export async function signWith(openedKey: OpenedKey, work: KeySetWork): Promise<ActResult> {
  requireKey(openedKey, work);
  const { draft, index } = work;
  const fault = checkKeySetDraft(draft, { index, x25519: openedKey.committeeKey(draft) });
  if (fault !== undefined) throw new SealingError(fault);
  return actOn({
    ocid: draft.ocid,
    act: 'sign-keyset',
    input: { signature: openedKey.signKeySet(draft) },
  });
}

/** Tests the key and puts the test on record. @throws KeyError `other-key`, SealingError `share-unopenable` */
export async function testWith(openedKey: OpenedKey, work: KeySetWork): Promise<ActResult> {
  requireKey(openedKey, work);
  const { draft, index, keyRecord } = work;
  await openedKey.rehearse(draft, index, crypto.getRandomValues(new Uint8Array(32)));
  const signer = openedKey.signer(rehearsalPermit(draft.ocid, index, toHex(keySetDigest(draft))));
  return fileSigned({ ocid: draft.ocid, act: 'rehearse-key' }, {}, signer, keyRecord);
}

/** Only the key that the member accepted with will do. */
function requireKey({ publicKey }: OpenedKey, { registeredKey }: KeySetWork): void {
  if (publicKey !== registeredKey) throw new KeyError('other-key');
}
