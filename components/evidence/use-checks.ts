'use client';

import { useCallback, useRef, useState } from 'react';
import type { CheckWorld } from '@/lib/browser/verify/check';
import { runChecks, type CheckItem, type CheckState } from './checks';

/** The list of files being checked, newest drop first, and what can be done with it. */
export function useChecks(world: () => CheckWorld, onSettled: (item: CheckItem) => void) {
  const [items, setItems] = useState<readonly CheckItem[]>([]);
  const next = useRef(1);
  const controllers = useRef(new Map<number, AbortController>());

  const check = useCallback(
    (batch: readonly CheckItem[]) => {
      for (const { id } of batch) controllers.current.set(id, new AbortController());
      const signals = (id: number): AbortSignal => controllers.current.get(id)?.signal ?? AbortSignal.abort();
      const report = (id: number, state: CheckState): void => {
        setItems((all) => all.map((item) => (item.id === id ? { ...item, state } : item)));
        const item = batch.find((candidate) => candidate.id === id);
        if (item !== undefined) onSettled({ ...item, state });
      };
      void runChecks(batch, world(), signals, report);
    },
    [world, onSettled],
  );

  const add = (files: readonly File[]): void => {
    const batch = files.map((file): CheckItem => ({ id: next.current++, file, state: { phase: 'waiting' } }));
    setItems((all) => [...batch, ...all]);
    check(batch);
  };
  const stop = (id: number): void => controllers.current.get(id)?.abort(new Error('stopped'));
  const clear = (): void => {
    items.forEach(({ id }) => stop(id));
    setItems([]);
  };
  const again = (): void => {
    items.forEach(({ id }) => stop(id));
    const batch = items.map((item): CheckItem => ({
      ...item,
      id: next.current++,
      state: { phase: 'waiting' },
    }));
    setItems(batch);
    check(batch);
  };
  return { items, add, stop, clear, again };
}
