'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod/mini';
import { actOn } from '@/app/[locale]/(office)/actions';
import { ActForm } from '@/components/ui/act-form';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';

const schema = z.object({
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
});

/** Puts the committee that was appointed and has signed in place of the one in force, with a reason that stays on record. */
export function ReplaceCommittee({ ocid, digest }: { ocid: string; digest: string }) {
  const t = useTranslations('draft.committee.replace');
  const router = useRouter();
  return (
    <ActForm
      schema={schema}
      action={({ reason }) => actOn({ ocid, act: 'replace-committee', input: { reason, digest } })}
      onDone={() => router.refresh()}
      submitLabel={t('submit')}
    >
      {({ error }) => (
        <TextArea
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          maxLength={2000}
          error={error('reason')}
        />
      )}
    </ActForm>
  );
}
