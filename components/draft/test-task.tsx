'use client';

import { RehearseKey } from '@/components/sealing/rehearse-key';
import { useRouter } from '@/lib/i18n/navigation';
import { testWith } from './member-acts';
import type { KeySetWork } from './member-work';

interface TestTaskProps {
  work: KeySetWork;
  /** RFC 3339: when the member last tested this key. */
  testedAt: string | null;
  demonstration: boolean;
}

/** Tests the member's key against the key set, and puts the test on record. */
export function TestTask({ work, testedAt, demonstration }: TestTaskProps) {
  const router = useRouter();
  return (
    <RehearseKey
      registeredKey={work.registeredKey}
      demonstration={demonstration}
      testedAt={testedAt}
      onSubmit={async (key) => {
        const result = await testWith(key, work);
        if (result.ok) router.refresh();
        return result;
      }}
    />
  );
}
