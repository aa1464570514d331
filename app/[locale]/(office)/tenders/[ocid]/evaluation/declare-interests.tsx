'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod';
import { ActForm } from '@/components/ui/act-form';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { text } from '@/lib/record/notice';
import { actOn } from '../../../actions';

// The shape of the record's data, without the whole catalogue in the page.
const schema = z.strictObject({ conflict: z.boolean(), statement: text(2000, 0) });

/** An evaluator's word on conflicts of interest; it opens the score sheet, or ends the appointment. */
export function DeclareInterests({ ocid, unit }: { ocid: string; unit: Unit | null }) {
  const t = useTranslations('office.evaluation.interests');
  const router = useRouter();
  return (
    <ActForm
      schema={schema}
      action={(input: z.infer<typeof schema>) => actOn({ ocid, unit, act: 'declare-interests', input })}
      onDone={() => router.refresh()}
      submitLabel={t('submit')}
      toInput={(form) => ({
        conflict: form.get('conflict') === null ? undefined : form.get('conflict') === 'yes',
        statement: String(form.get('statement') ?? ''),
      })}
    >
      {({ error }) => (
        <>
          <RadioGroup
            name="conflict"
            label={t('question')}
            hint={t('hint')}
            error={error('conflict')}
            options={[
              { value: 'no', label: t('no') },
              { value: 'yes', label: t('yes') },
            ]}
          />
          <TextArea
            name="statement"
            label={t('statement')}
            hint={t('statementHint')}
            error={error('statement')}
            maxLength={2000}
            rows={3}
            optional
          />
        </>
      )}
    </ActForm>
  );
}
