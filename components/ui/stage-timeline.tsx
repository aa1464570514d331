import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Messages } from '@/lib/i18n/namespaces';
import { classNames } from './class-names';

export type StageName = keyof Messages['common']['stage'];
export type StageState = 'done' | 'current' | 'todo' | 'skipped';

export interface StageStep {
  stage: StageName;
  state: StageState;
  /** When it closed, or when it is due: text or a `<LocalTime>`. */
  time?: ReactNode;
  /** One more line, e.g. "12 records". */
  note?: ReactNode;
  /** Where the stage's records are, on the same page ("#stage-bids"). */
  href?: string | undefined;
}

const dots: Record<StageState, string> = {
  done: 'border-accent bg-accent text-accent-ink',
  current: 'border-accent bg-surface text-accent ring-4 ring-accent-soft',
  todo: 'border-line-strong bg-surface text-ink-soft',
  skipped: 'border-line bg-sunken text-ink-soft',
};

function Mark({ state }: { state: StageState }) {
  return (
    <span
      className={classNames(
        'z-10 flex size-6 shrink-0 items-center justify-center rounded-full border-2',
        dots[state],
      )}
    >
      {state === 'done' ? (
        <svg viewBox="0 0 12 12" className="size-3" aria-hidden="true">
          <path d="M2 6.4 4.8 9 10 3.2" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      ) : null}
      {state === 'current' ? <span className="size-2.5 rounded-full bg-accent" /> : null}
      {state === 'skipped' ? <span className="h-0.5 w-2.5 bg-line-strong" /> : null}
    </span>
  );
}

/** The stages of a procurement: down the page on a phone, across it on a wide screen. */
export function StageTimeline({ steps, label }: { steps: readonly StageStep[]; label?: string }) {
  const t = useTranslations();
  return (
    <ol aria-label={label ?? t('common.stageLabel')} className="flex flex-col lg:flex-row">
      {steps.map((step, index) => (
        <li
          key={step.stage}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className="group relative flex min-w-0 gap-3 pb-5 last:pb-0 lg:flex-1 lg:flex-col lg:gap-2 lg:pb-0 lg:pr-3"
        >
          {index < steps.length - 1 ? (
            <span
              aria-hidden="true"
              className={classNames(
                'absolute bottom-0 left-[0.6875rem] top-3 w-0.5 lg:bottom-auto lg:left-3 lg:right-0 lg:top-[0.6875rem] lg:h-0.5 lg:w-full',
                step.state === 'done' ? 'bg-accent' : 'bg-line',
              )}
            />
          ) : null}
          <Mark state={step.state} />
          <div className="min-w-0 leading-snug lg:max-w-full">
            <div
              className={classNames(
                'font-semibold lg:text-sm lg:hyphens-auto',
                (step.state === 'todo' || step.state === 'skipped') && 'font-normal text-ink-soft',
              )}
            >
              {step.href ? (
                <a href={step.href} className="decoration-line-strong underline-offset-4 hover:underline">
                  {t(`common.stage.${step.stage}`)}
                </a>
              ) : (
                t(`common.stage.${step.stage}`)
              )}
              <span
                className={step.state === 'current' ? 'ml-2 text-sm text-accent lg:ml-0 lg:block' : 'sr-only'}
              >
                {t(`ui.${step.state}`)}
              </span>
            </div>
            {step.time ? <div className="text-sm text-ink-soft">{step.time}</div> : null}
            {step.note ? <div className="text-sm text-ink-soft">{step.note}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
