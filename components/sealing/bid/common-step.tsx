'use client';

import type { ReactNode } from 'react';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { FilesStep } from './files-step';
import { LotsStep } from './lots-step';
import { PartnersStep } from './partners-step';
import { PricesStep } from './prices-step';
import { ReviewStep } from './review-step';
import { SealStep, type Sealing } from './seal-step';
import { StatementsStep } from './statements-step';
import { useStepPlace } from './step-place';

interface CommonStepProps {
  step: Step;
  sealing: Sealing;
  /** Shown for every step that only one of the two places has. */
  otherwise: ReactNode;
}

/**
 * The steps that the registry's page and the offline sealer share. Each is mounted anew, so that nothing typed in one shows
 * up in another.
 */
export function CommonStep({ step, sealing, otherwise }: CommonStepProps): ReactNode {
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
      return otherwise;
  }
}
