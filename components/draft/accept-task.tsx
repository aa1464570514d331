'use client';

import { actOn, prepareAct, registerKey } from '@/app/[locale]/(office)/actions';
import { AcceptAppointment, type Acceptance } from '@/components/sealing/accept-appointment';
import type { ActResult } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import type { KeyScope } from '@/lib/sealing/member-key';

interface AcceptTaskProps {
  scope: KeyScope;
  index: number;
  demonstration: boolean;
}

/**
 * Accepts the appointment: registers the key if it is new, has the record made, signs it here, files it. Any key file of
 * the person will do, a new one too: whoever lost the old one can still be a member.
 */
export function AcceptTask({ scope, index, demonstration }: AcceptTaskProps) {
  const router = useRouter();
  const accept = async ({
    publicKey,
    demonstration: mark,
    x25519,
    signer,
  }: Acceptance): Promise<ActResult> => {
    const registered = await registerKey({ publicKey, demonstration: mark });
    if (!registered.ok) return registered;
    const key = registered.commitment;
    const call = { ocid: scope.ocid, act: 'accept-appointment' as const };
    const prepared = await prepareAct({ ...call, input: { x25519, key } });
    if (!prepared.ok) return prepared;
    const { id, time, text } = prepared;
    const { signature } = signer.signText(text, key);
    const result = await actOn({ ...call, input: { x25519, key, id, time, signature } });
    if (result.ok) router.refresh();
    return result;
  };
  return <AcceptAppointment scope={scope} index={index} demonstration={demonstration} onSubmit={accept} />;
}
