'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { hashOf, stepOf, type Step } from '@/lib/browser/bid/steps';
import type { BidTender } from '@/lib/browser/bid/tender';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

function pushHash(hash: string): void {
  try {
    // Next.js notes what is pushed here, so that reading the page anew keeps the step.
    window.history.pushState(null, '', hash);
  } catch {
    // Some browsers refuse it to pages opened from the disk.
    window.location.hash = hash;
  }
}

/** The step that the address names, and the way to another: the browser's "back" leads through the steps. */
export function useStep(tender: Pick<BidTender, 'lots' | 'envelopes'>): [Step, (step: Step) => void] {
  const hash = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => '',
  );
  const step = useMemo(() => stepOf(tender, hash), [tender, hash]);
  const go = useCallback(
    (to: Step) => {
      pushHash(hashOf(tender, to));
      for (const listener of listeners) listener();
    },
    [tender],
  );
  return [step, go];
}
