'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod';
import { ActForm } from '@/components/ui/act-form';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';
import { text } from '@/lib/record/notice';
import { actOn } from '../../../actions';

const schema = z.strictObject({ reason: text(2000) });

/** The approver sends the proposal back, with a reason. */
export function RefuseAward({ ocid }: { ocid: string }) {
  const t = useTranslations('office.evaluation.decision');
  const router = useRouter();
  return (
    <details>
      <summary className="link w-fit cursor-pointer py-2">{t('refuseInstead')}</summary>
      <div className="pt-4">
        <ActForm
          schema={schema}
          action={(input: z.infer<typeof schema>) => actOn({ ocid, act: 'refuse-award', input })}
          onDone={() => router.refresh()}
          submitLabel={t('refuse')}
          submitVariant="danger"
        >
          {({ error }) => (
            <TextArea
              name="reason"
              label={t('reason')}
              hint={t('reasonHint')}
              error={error('reason')}
              maxLength={2000}
            />
          )}
        </ActForm>
      </div>
    </details>
  );
}
