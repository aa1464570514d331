'use client';

import type { ReactNode } from 'react';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { CommonStep } from './common-step';
import { ElsewhereStep } from './elsewhere-step';
import { KeysNotice } from './keys-notice';
import { usePlace } from './place';
import { TasksView } from './tasks-view';
import { ToElsewhere } from './to-elsewhere';
import type { Submission } from './use-submission';

/** The step that the address names, on the registry's page. */
export function BidSteps({ step, submission }: { step: Step; submission: Submission }): ReactNode {
  const key = hashOf(usePlace().tender, step);
  const own =
    step.name === 'elsewhere' ? <ElsewhereStep key={key} submission={submission} /> : <Tasks key={key} />;
  return <CommonStep step={step} sealing={submission} otherwise={own} />;
}

function Tasks() {
  return (
    <div className="flex flex-col gap-8">
      <KeysNotice />
      <TasksView />
      <ToElsewhere />
    </div>
  );
}
