'use client';

import { AcceptAppointment } from '@/components/sealing/accept-appointment';
import { useRouter } from '@/lib/i18n/navigation';
import { acceptWith } from './member-acts';
import type { AcceptWork } from './member-work';

interface AcceptTaskProps {
  work: AcceptWork;
  demonstration: boolean;
}

/** Accepts the appointment, and has the page say so. */
export function AcceptTask({ work, demonstration }: AcceptTaskProps) {
  const router = useRouter();
  return (
    <AcceptAppointment
      scope={work.scope}
      index={work.index}
      demonstration={demonstration}
      onSubmit={async (key) => {
        const result = await acceptWith(key, work);
        if (result.ok) router.refresh();
        return result;
      }}
    />
  );
}
