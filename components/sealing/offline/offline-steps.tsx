'use client';

import type { ReactNode } from 'react';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { FilesStep } from '../bid/files-step';
import { LotsStep } from '../bid/lots-step';
import { PartnersStep } from '../bid/partners-step';
import { PricesStep } from '../bid/prices-step';
import { ReviewStep } from '../bid/review-step';
import { SealStep } from '../bid/seal-step';
import { StatementsStep } from '../bid/statements-step';
import { useStepPlace } from '../bid/step-place';
import { TasksView } from '../bid/tasks-view';
import type { OfflineSealing } from './use-offline-sealing';

/** The step that the address names, as on the registry's page; what needs the registry leads to the list of tasks. */
export function OfflineSteps({ step, sealing }: { step: Step; sealing: OfflineSealing }): ReactNode {
  const { tender } = useStepPlace();
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
      return <SealStep key={key} submission={sealing} />;
    default:
      return <TasksView key="tasks" />;
  }
}
