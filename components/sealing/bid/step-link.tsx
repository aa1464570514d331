'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { useStepPlace } from './step-place';

/** Leads to a step. A real link: it opens in another tab too, where the draft can be taken over. */
export function StepLink({ to, ...rest }: { to: Step } & Omit<ComponentProps<'a'>, 'href' | 'onClick'>) {
  const { tender, go } = useStepPlace();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a href={hashOf(tender, to)} onClick={follow} {...rest} />;
}
