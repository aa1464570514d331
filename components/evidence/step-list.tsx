'use client';

import { useTranslations } from 'next-intl';
import { isForReader, type Comparison, type Step } from '@/lib/evidence/step';
import { classNames } from '../ui/class-names';

const marks: Record<Step['outcome'], { path: string; colour: string }> = {
  pass: { path: 'M4.5 10.6 8.4 14.2 15.5 6', colour: 'text-ok' },
  fail: { path: 'M5.5 5.5l9 9M14.5 5.5l-9 9', colour: 'text-bad' },
  skipped: { path: 'M5 10h10', colour: 'text-ink-soft' },
};

/** The numbered steps of the verification, each with its outcome, its reason, and what was held against what. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {steps.map((step, index) => (
        <StepRow key={step.id} step={step} number={index + 1} />
      ))}
    </ol>
  );
}

function StepRow({ step, number }: { step: Step; number: number }) {
  const t = useTranslations('verify');
  return (
    <li data-step={step.id} data-outcome={step.outcome} data-code={step.code} className="flex gap-3 py-3">
      <StepMark outcome={step.outcome} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          <span className="text-ink-soft">{number}. </span>
          {t(`step.${step.id}`)}
        </p>
        <p className={classNames('text-sm', step.outcome === 'fail' ? 'text-bad' : 'text-ink-soft')}>
          {t(`code.${step.code}`)}
        </p>
        {step.compared.length > 0 ? <Compared compared={step.compared} open={isForReader(step)} /> : null}
      </div>
    </li>
  );
}

/** The sign of an outcome, and its word for those who do not see it. */
export function StepMark({ outcome }: { outcome: Step['outcome'] }) {
  const t = useTranslations('verify.steps');
  const mark = marks[outcome];
  return (
    <svg
      viewBox="0 0 20 20"
      role="img"
      aria-label={t(outcome)}
      className={classNames('mt-1 size-5 shrink-0', mark.colour)}
    >
      <path d={mark.path} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}

function Compared({ compared, open }: { compared: readonly Comparison[]; open: boolean }) {
  const t = useTranslations('verify');
  return (
    <details open={open} className="mt-1">
      <summary className="link min-h-8 cursor-pointer py-1 text-sm">{t('steps.compared')}</summary>
      <dl className="mt-1 flex flex-col gap-3 border-l-2 border-line pl-4 text-sm">
        {compared.map(({ what, expected, found }) => (
          <div key={`${what} ${expected} ${found}`}>
            <dt className="font-semibold">{t(`compared.${what}`)}</dt>
            {expected === found ? (
              <dd className="break-all font-mono">{found}</dd>
            ) : (
              <>
                {expected === '' ? null : <Side label={t('steps.expected')} value={expected} />}
                <Side label={t('steps.found')} value={found} />
              </>
            )}
          </div>
        ))}
      </dl>
    </details>
  );
}

/** One side of a comparison: what was expected, or what was found. */
export function Side({ label, value }: { label: string; value: string }) {
  return (
    <dd className="grid grid-cols-[5rem_1fr] gap-2">
      <span className="text-ink-soft">{label}</span>
      <span className="break-all font-mono">{value === '' ? '–' : value}</span>
    </dd>
  );
}
