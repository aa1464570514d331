'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';
import { isSettled, type CheckItem } from './checks';

/**
 * Brings the results before the reader who came by an address: on a telephone they lie far below. Browsers hold on to what
 * stands in view while something grows above it, which is what stands below the results: so it is done again until all are
 * settled.
 */
export function useShownResults(items: readonly CheckItem[]) {
  /** Right above the results. */
  const above = useRef<HTMLSpanElement>(null);
  const following = useRef(false);
  const showResults = useCallback((): void => {
    following.current = true;
    above.current?.scrollIntoView();
  }, []);
  useLayoutEffect(() => {
    if (!following.current || items.length === 0) return;
    above.current?.scrollIntoView();
    if (items.every(({ state }) => isSettled(state))) following.current = false;
  }, [items]);
  return { above, showResults };
}
