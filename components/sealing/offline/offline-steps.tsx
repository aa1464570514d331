'use client';

import type { ReactNode } from 'react';
import type { Step } from '@/lib/browser/bid/steps';
import { CommonStep } from '../bid/common-step';
import { TasksView } from '../bid/tasks-view';
import type { OfflineSealing } from './use-offline-sealing';

/** The step that the address names, as on the registry's page; what needs the registry leads to the list of tasks. */
export function OfflineSteps({ step, sealing }: { step: Step; sealing: OfflineSealing }): ReactNode {
  return <CommonStep step={step} sealing={sealing} otherwise={<TasksView key="tasks" />} />;
}
