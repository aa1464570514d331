'use client';

import { useCallback, useRef } from 'react';
import type { Report, Stage } from './submission-steps';

export interface Work {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
  /** Milliseconds since the stage began, at the last report: for the rate. */
  readonly elapsed: number;
}

/** Notes when each stage of the work began. */
export function useReport(setWork: (work: Work) => void): Report {
  const began = useRef<{ stage: Stage; at: number } | null>(null);
  return useCallback(
    (stage, done = 0, total = 0) => {
      const now = performance.now();
      if (began.current?.stage !== stage) began.current = { stage, at: now };
      setWork({ stage, done, total, elapsed: now - began.current.at });
    },
    [setWork],
  );
}
