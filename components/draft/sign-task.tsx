'use client';

import { actOn } from '@/app/[locale]/(office)/actions';
import { SignKeySet, type KeySetSignature } from '@/components/sealing/sign-key-set';
import type { ActResult } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import type { KeySetDraft } from '@/lib/sealing/keyset';

interface SignTaskProps {
  draft: KeySetDraft;
  index: number;
  members: readonly { index: number; name: string; seat: string }[];
  registeredKey: string;
  demonstration: boolean;
}

/** Files the member's signature under the key set. */
export function SignTask(props: SignTaskProps) {
  const router = useRouter();
  const sign = async ({ signature }: KeySetSignature): Promise<ActResult> => {
    const result = await actOn({ ocid: props.draft.ocid, act: 'sign-keyset', input: { signature } });
    if (result.ok) router.refresh();
    return result;
  };
  return <SignKeySet {...props} onSubmit={sign} />;
}
