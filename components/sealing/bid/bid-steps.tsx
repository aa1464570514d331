'use client';

import type { ReactNode } from 'react';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { ElsewhereStep } from './elsewhere-step';
import { FilesStep } from './files-step';
import { KeysNotice } from './keys-notice';
import { LotsStep } from './lots-step';
import { PartnersStep } from './partners-step';
import { usePlace } from './place';
import { PricesStep } from './prices-step';
import { ReviewStep } from './review-step';
import { SealStep } from './seal-step';
import { StatementsStep } from './statements-step';
import { TasksView } from './tasks-view';
import { ToElsewhere } from './to-elsewhere';
import type { Submission } from './use-submission';

/** The step that the address names. Each is mounted anew, so that nothing typed in one shows up in another. */
export function BidSteps({ step, submission }: { step: Step; submission: Submission }): ReactNode {
  const { tender } = usePlace();
  const key = hashOf(tender, step);
  switch (step.name) {
    case 'eligibility':
      return <StatementsStep key={key} kind="eligibility" />;
    case 'declarations':
      return <StatementsStep key={key} kind="declaration" />;
    case 'partners':
      return <PartnersStep key={key} />;
    case 'lots':
      return <LotsStep key={key} />;
    case 'prices':
      return <PricesStep key={key} lot={step.lot} />;
    case 'files':
      return <FilesStep key={key} lot={step.lot} part={step.part} />;
    case 'review':
      return <ReviewStep key={key} />;
    case 'seal':
      return <SealStep key={key} submission={submission} />;
    case 'elsewhere':
      return <ElsewhereStep key={key} submission={submission} />;
    default:
      return <Tasks key={key} />;
  }
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
