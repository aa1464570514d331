'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { Attempt } from '../use-attempt';
import { StepLink } from './step-link';

interface StepFrameProps {
  title: ReactNode;
  /** The lot or part that it is about. */
  about?: ReactNode;
  lead?: ReactNode;
  /** Where "back" leads, when not to the list of tasks. */
  back?: 'tasks' | 'overview';
  /** What the button does cannot be undone. */
  danger?: boolean;
  /** What is wrong, if anything. */
  state?: Attempt | undefined;
  submit?: string | undefined;
  busy?: boolean | undefined;
  onSubmit: () => void;
  /** Beside the button. */
  beside?: ReactNode;
  children?: ReactNode;
}

/** One step of the bid: back to the list, what it is, the questions, and on. */
export function StepFrame(props: StepFrameProps) {
  const { title, about, lead, back = 'tasks', danger = false, state, submit, busy = false } = props;
  const { onSubmit, beside, children } = props;
  const t = useTranslations('bid');
  const forward = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form noValidate onSubmit={forward} className="flex flex-col gap-6">
      <p data-print="hide">
        <StepLink to={{ name: back }} className="link inline-flex min-h-11 items-center">
          {t(back === 'tasks' ? 'toTasks' : 'toBid')}
        </StepLink>
      </p>
      {state === undefined ? null : <ErrorSummary {...state} />}
      <StepHeading title={title} about={about} />
      {lead === undefined ? null : <div className="max-w-measure text-ink-soft">{lead}</div>}
      {children}
      <div className="flex flex-wrap gap-3" data-print="hide">
        <Button type="submit" variant={danger ? 'danger' : 'primary'} aria-disabled={busy}>
          {submit ?? t('continue')}
        </Button>
        {beside}
      </div>
    </form>
  );
}

/** A new step is a new page to who listens to it: the focus goes to its heading. */
export function StepHeading({ title, about }: { title: ReactNode; about?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div>
      {about === undefined || about === null ? null : <p className="text-ink-soft">{about}</p>}
      <h2 ref={heading} tabIndex={-1} className="text-xl">
        {title}
      </h2>
    </div>
  );
}
