'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, type ReactNode } from 'react';
import { Tag, type Tone } from '@/components/ui/tag';
import { openTasks, type Task, type TaskGroup, type TaskState } from '@/lib/browser/bid/plan';
import { hashOf } from '@/lib/browser/bid/steps';
import { useStepPlace } from './step-place';
import { StepLink } from './step-link';
import { UnitLabel } from './unit-label';

const TONES: Record<TaskState, Tone> = { todo: 'warn', partial: 'warn', done: 'ok', optional: 'neutral' };

/** Everything that is to be done for a bid, each with its state. */
export function TasksView() {
  const t = useTranslations('bid.tasks');
  const { groups, moved } = useStepPlace();
  const open = openTasks(groups).length;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever comes back from a step begins at the list; whoever opens the page begins at its top.
  useEffect(() => {
    if (moved) heading.current?.focus();
  }, [moved]);
  return (
    <section aria-labelledby="bid-tasks" className="flex max-w-3xl flex-col gap-8">
      <div>
        <h2 id="bid-tasks" ref={heading} tabIndex={-1} className="text-xl">
          {t('title')}
        </h2>
        <p className="mt-1 text-ink-soft">{open === 0 ? t('complete') : t('left', { count: open })}</p>
      </div>
      <ol className="flex flex-col gap-8">
        {groups.map((group, position) => (
          <li key={position}>
            <h3 className="mb-2 text-lg">
              {group.lot === null ? (
                t(position === 0 ? 'groups.before' : 'groups.after')
              ) : (
                <LotHeading lot={group.lot} />
              )}
            </h3>
            <TaskRows group={group} />
          </li>
        ))}
        <li>
          <h3 className="mb-2 text-lg">{t('groups.send')}</h3>
          <Rows>
            <Row
              id="task-review"
              title={
                open === 0 ? (
                  <StepLink
                    to={{ name: 'review' }}
                    aria-describedby="task-review-status"
                    className="link font-semibold after:absolute after:inset-0"
                  >
                    {t('names.review')}
                  </StepLink>
                ) : (
                  <span className="font-semibold text-ink-soft">{t('names.review')}</span>
                )
              }
              status={
                <Tag tone={open === 0 ? 'accent' : 'neutral'}>{t(open === 0 ? 'ready' : 'blocked')}</Tag>
              }
            />
          </Rows>
        </li>
      </ol>
    </section>
  );
}

/** A tender without lots has one bid, and it needs no name. */
function LotHeading({ lot }: { lot: string }) {
  const t = useTranslations('bid.tasks');
  return lot === '' ? t('groups.bid') : <UnitLabel lot={lot} part="" />;
}

function TaskRows({ group }: { group: TaskGroup }) {
  const { tender } = useStepPlace();
  return (
    <Rows>
      {group.tasks.map((task) => (
        <TaskRow key={hashOf(tender, task.step)} task={task} />
      ))}
    </Rows>
  );
}

function TaskRow({ task: { step, state } }: { task: Task }) {
  const t = useTranslations('bid.tasks');
  const { tender } = useStepPlace();
  const id = `task-${hashOf(tender, step).slice(1).replaceAll('/', '-')}`;
  const part = step.name === 'files' ? step.part : '';
  const name = step.name === 'files' && part !== '' ? (`${part}Files` as const) : (step.name as 'prices');
  return (
    <Row
      id={id}
      title={
        <StepLink
          to={step}
          aria-describedby={`${id}-status`}
          className="link font-semibold after:absolute after:inset-0"
        >
          {t(`names.${name}`)}
        </StepLink>
      }
      hint={name === 'technicalFiles' || name === 'financialFiles' ? t(`hints.${name}`) : undefined}
      status={<Tag tone={TONES[state]}>{t(`states.${state}`)}</Tag>}
    />
  );
}

const Rows = ({ children }: { children: ReactNode }) => (
  <ul className="divide-y divide-line border-y border-line">{children}</ul>
);

interface RowProps {
  id: string;
  title: ReactNode;
  hint?: string | undefined;
  status: ReactNode;
}

function Row({ id, title, hint, status }: RowProps) {
  return (
    <li className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-1 py-3.5 has-[a:hover]:bg-accent-soft">
      <div className="min-w-0 flex-1 basis-60">
        {title}
        {hint === undefined ? null : <div className="text-sm text-ink-soft">{hint}</div>}
      </div>
      <div id={`${id}-status`}>{status}</div>
    </li>
  );
}
