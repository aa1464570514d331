'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextArea } from '@/components/ui/text-area';
import type { FieldErrors } from '@/lib/forms/act-result';
import { useAct } from '@/lib/forms/use-act';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import { actOn } from '../../../actions';
import { EMPTY_ROW, shortlistRows, type Answers, type ShortlistRow } from './shortlist-answers';

interface ProposeShortlistProps {
  ocid: string;
  unit: Unit | null;
  /** The opened technical parts, with their points in words. */
  bids: readonly { bid: string; name: string; points: string }[];
}

/** Every answer is looked at here one by one; the server checks the whole again. */
const whole = {
  safeParse: (input: unknown) => ({ success: true as const, data: input as { rows: ShortlistRow[] } }),
};

/** The officer says of each technical part whether it passes, and why where it does not. */
export function ProposeShortlist({ ocid, unit, bids }: ProposeShortlistProps) {
  const t = useTranslations('office.evaluation.shortlist');
  const router = useRouter();
  const [answers, setAnswers] = useState<Answers>({});
  const [missing, setMissing] = useState<{ fields: FieldErrors; attempt: number }>({
    fields: {},
    attempt: 0,
  });
  const { state, submit } = useAct<{ rows: ShortlistRow[] }>({
    schema: whole,
    action: (input) => actOn({ ocid, unit, act: 'propose-shortlist', input }),
    onDone: () => router.refresh(),
  });
  const change = (bid: string, part: Partial<Answers[string]>) =>
    setAnswers((before) => ({ ...before, [bid]: { ...EMPTY_ROW, ...before[bid], ...part } }));
  const propose = () => {
    const { rows, wrong } = shortlistRows(
      bids.map(({ bid }) => bid),
      answers,
    );
    const words = Object.entries(wrong).map(([key, code]) => {
      const name = bids.find(({ bid }) => key.startsWith(bid))?.name ?? '';
      return [key, t(`missing.${code}`, { name })] as const;
    });
    setMissing((before) => ({ fields: Object.fromEntries(words), attempt: before.attempt + 1 }));
    if (words.length === 0) void submit({ rows });
  };
  const errors = { ...state.fieldErrors, ...missing.fields };
  return (
    <div className="flex max-w-measure flex-col gap-8" aria-busy={state.pending}>
      <ErrorSummary
        fieldErrors={errors}
        message={state.message}
        code={state.code}
        attempt={state.attempt + missing.attempt}
      />
      {bids.map(({ bid, name, points }) => {
        const { passed, reason } = answers[bid] ?? EMPTY_ROW;
        return (
          <div key={bid} className="flex flex-col gap-4 border-l-2 border-line pl-5">
            <RadioGroup
              name={`${bid}.passed`}
              label={name}
              hint={points}
              error={errors[`${bid}.passed`]}
              value={passed ?? ''}
              onChange={(event) => change(bid, { passed: event.target.value === 'yes' ? 'yes' : 'no' })}
              options={[
                { value: 'yes', label: t('yes') },
                { value: 'no', label: t('no') },
              ]}
            />
            <TextArea
              name={`${bid}.reason`}
              label={t(passed === 'no' ? 'reason' : 'remark')}
              hint={t(passed === 'no' ? 'reasonHint' : 'remarkHint')}
              error={errors[`${bid}.reason`]}
              maxLength={2000}
              rows={3}
              optional={passed !== 'no'}
              value={reason}
              onChange={(event) => change(bid, { reason: event.target.value })}
            />
          </div>
        );
      })}
      <div>
        <Button onClick={propose} aria-disabled={state.pending}>
          {t('propose')}
        </Button>
      </div>
    </div>
  );
}
