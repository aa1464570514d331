'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod';
import { ActForm } from '@/components/ui/act-form';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { hex32, text } from '@/lib/record/notice';
import { actOn } from '../../../actions';

const schema = z.strictObject({ bid: hex32, reasons: text(5000) });

interface ProposeAwardProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  /** The bid ranked first; several when they are equal in points and price. */
  first: { bid: string; label: string; hint: string }[];
}

/** The officer proposes the bid ranked first, with reasons that the public will read. */
export function ProposeAward({ ocid, unit, first }: ProposeAwardProps) {
  const t = useTranslations('office.evaluation.decision');
  const router = useRouter();
  return (
    <ActForm
      schema={schema}
      action={(input: z.infer<typeof schema>) => actOn({ ocid, unit, act: 'propose-award', input })}
      onDone={() => router.refresh()}
      submitLabel={t('propose')}
    >
      {({ error }) => (
        <>
          <RadioGroup
            name="bid"
            label={t('which')}
            hint={t('whichHint')}
            error={error('bid')}
            defaultValue={first.length === 1 ? first[0]?.bid : undefined}
            options={first.map(({ bid, label, hint }) => ({ value: bid, label, hint }))}
          />
          <TextArea
            name="reasons"
            label={t('reasons')}
            hint={t('reasonsHint')}
            error={error('reasons')}
            maxLength={5000}
          />
        </>
      )}
    </ActForm>
  );
}
