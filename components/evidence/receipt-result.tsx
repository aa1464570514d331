'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { CheckedReceipt, ReceiptStep } from '@/lib/browser/verify/check-receipt';
import { formatExactTime } from '@/lib/i18n/format';
import { Notice } from '../ui/notice';
import { PromisedEvidence } from './promised-evidence';
import { Side, StepMark } from './step-list';
import { useVerdict } from './use-verdict';

interface ReceiptResultProps {
  checked: CheckedReceipt;
  onEvidence: (file: File) => void;
}

/** A receipt: whether the registry really gave this promise, what it promised, by when, and where its proof is. */
export function ReceiptResult({ checked, onEvidence }: ReceiptResultProps) {
  const t = useTranslations('verify.receipt');
  const { receiptSentence } = useVerdict();
  const { receipt, holds, steps, due } = checked;
  const failed = steps.find((step) => !step.holds);
  return (
    <div data-receipt={holds ? 'holds' : 'refuted'} className="flex flex-col gap-6">
      <Notice
        tone={holds ? 'info' : 'bad'}
        title={<span className="text-lg">{receiptSentence(checked)}</span>}
      >
        {failed === undefined ? <PromiseFacts checked={checked} /> : <p>{t(`fails.${failed.id}`)}</p>}
      </Notice>
      {holds ? (
        <div className="prose">
          <p>{t('meaning')}</p>
          <p>{t('worth')}</p>
        </div>
      ) : null}
      <section>
        <h3 className="mb-2 text-lg">{t('steps')}</h3>
        <ol className="divide-y divide-line border-y border-line">
          {steps.map((step) => (
            <StepRow key={step.id} step={step} />
          ))}
        </ol>
      </section>
      {holds ? <PromisedEvidence receipt={receipt} due={due} onEvidence={onEvidence} /> : null}
    </div>
  );
}

function PromiseFacts({ checked: { receipt, due } }: { checked: CheckedReceipt }) {
  const t = useTranslations('verify');
  const { stageName } = useVerdict();
  const { record } = receipt.entry;
  const { time, sequencedBy, anchoredBy } = receipt.promise;
  return (
    <ul className="mt-1 flex flex-col gap-1">
      <li>
        {t.rich('verdict.filed', {
          time: () => <ExactTime instant={time} />,
          organization: record.actor.organization,
        })}
      </li>
      <li>
        {record.stage === undefined || record.ocid === undefined
          ? t('verdict.whole')
          : t('verdict.where', { stage: stageName(record.stage), ocid: record.ocid })}
      </li>
      <li>{t.rich('receipt.sequencedBy', { time: () => <ExactTime instant={sequencedBy} /> })}</li>
      <li className="font-semibold">
        {t.rich('receipt.anchoredBy', { time: () => <ExactTime instant={anchoredBy} /> })}{' '}
        {t(due ? 'receipt.due' : 'receipt.notDue')}
      </li>
    </ul>
  );
}

/** A promise is measured in seconds, so its times are shown to the second, in the registry's zone. */
function ExactTime({ instant }: { instant: string }) {
  return <time dateTime={instant}>{formatExactTime(instant, useLocale())}</time>;
}

function StepRow({ step }: { step: ReceiptStep }) {
  const t = useTranslations('verify');
  return (
    <li data-step={step.id} data-outcome={step.holds ? 'pass' : 'fail'} className="flex gap-3 py-3">
      <StepMark outcome={step.holds ? 'pass' : 'fail'} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{t(`receipt.step.${step.id}`)}</p>
        {step.holds ? null : (
          <>
            <p className="text-sm text-bad">{t(`receipt.fails.${step.id}`)}</p>
            {step.id === 'promise' ? null : (
              <dl className="mt-1 border-l-2 border-line pl-4 text-sm">
                <Side label={t('steps.expected')} value={step.expected} />
                <Side label={t('steps.found')} value={step.found} />
              </dl>
            )}
          </>
        )}
      </div>
    </li>
  );
}
