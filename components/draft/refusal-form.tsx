'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod/mini';
import { actOn } from '@/app/[locale]/(office)/actions';
import { ActForm } from '@/components/ui/act-form';
import { Button } from '@/components/ui/button';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';

const schema = z.object({
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
});

/** Sends the draft back to the officer, with a reason that stays on record. */
export function RefusalForm({ ocid, onCancel }: { ocid: string; onCancel: () => void }) {
  const t = useTranslations('draft.approve');
  const ui = useTranslations('ui');
  const router = useRouter();
  return (
    <ActForm
      schema={schema}
      action={(input) => actOn({ ocid, act: 'refuse-publication', input })}
      onDone={() => router.refresh()}
      submitLabel={t('refuse')}
      submitVariant="danger"
      secondary={
        <Button variant="quiet" onClick={onCancel}>
          {ui('cancel')}
        </Button>
      }
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
