'use client';

import { SignKeySet } from '@/components/sealing/sign-key-set';
import { useRouter } from '@/lib/i18n/navigation';
import { signWith } from './member-acts';
import type { KeySetWork } from './member-work';

interface SignTaskProps {
  work: KeySetWork;
  members: readonly { index: number; name: string; seat: string }[];
  demonstration: boolean;
}

/** Files the member's signature under the key set. */
export function SignTask({ work, members, demonstration }: SignTaskProps) {
  const router = useRouter();
  return (
    <SignKeySet
      draft={work.draft}
      index={work.index}
      members={members}
      registeredKey={work.registeredKey}
      demonstration={demonstration}
      onSubmit={async (key) => {
        const result = await signWith(key, work);
        if (result.ok) router.refresh();
        return result;
      }}
    />
  );
}
