'use client';

import { useTranslations } from 'next-intl';
import * as z from 'zod/mini';
import { actOn } from '@/app/[locale]/(office)/actions';
import { ActForm } from '@/components/ui/act-form';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { LocalTime } from '@/components/ui/local-time';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';

const schema = z.object({
  way: z.enum(['postpone-opening', 'request-seeds']),
  until: z.string().check(z.minLength(1)),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
});

interface PutOffProps {
  ocid: string;
  unit: Unit | null;
  /** RFC 3339: until then nothing is excluded, and a new time lies after it. */
  after: string;
  /** The tenderers have been asked for their seeds. */
  asked: boolean;
}

/** Too few members come: put the opening off, or ask every tenderer for its seeds; both on record, with the reason. */
export function PutOff({ ocid, unit, after, asked }: PutOffProps) {
  const t = useTranslations('office.opening.putOff');
  const router = useRouter();
  return (
    <details className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <summary className="link min-h-11 w-fit cursor-pointer py-2 font-semibold">{t('title')}</summary>
      <div className="mt-3 flex flex-col gap-5">
        <p className="max-w-measure">{t.rich('body', { time: () => <LocalTime instant={after} /> })}</p>
        {asked ? <p className="max-w-measure">{t('asked')}</p> : null}
        <ActForm
          schema={schema}
          action={({ way, until, reason }) => actOn({ ocid, act: way, input: { until, reason }, unit })}
          onDone={() => router.refresh()}
          submitLabel={t('submit')}
        >
          {({ error }) => (
            <>
              <RadioGroup
                name="way"
                label={t('way')}
                error={error('way')}
                defaultValue="postpone-opening"
                options={(['postpone-opening', 'request-seeds'] as const).map((value) => ({
                  value,
                  label: t(`ways.${value}`),
                  hint: t(`hints.${value}`),
                }))}
              />
              <DateTimeInput name="until" label={t('until')} error={error('until')} />
              <TextArea name="reason" label={t('reason')} maxLength={2000} error={error('reason')} />
            </>
          )}
        </ActForm>
      </div>
    </details>
  );
}
