'use client';

import { useCallback, useRef, useState } from 'react';
import type { CheckWorld } from '@/lib/browser/verify/check';
import type { Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { runChecks, type CheckItem, type CheckState } from './checks';

/** The list of files being checked, newest drop first, and what can be done with it. */
export function useChecks(
  worldOf: (registry: RegistryDescriptor) => CheckWorld,
  trust: Trust,
  onSettled: (item: CheckItem) => void,
) {
  const [items, setItems] = useState<readonly CheckItem[]>([]);
  const next = useRef(1);
  const controllers = useRef(new Map<number, AbortController>());

  const check = useCallback(
    (batch: readonly CheckItem[], registry: RegistryDescriptor) => {
      for (const { id } of batch) controllers.current.set(id, new AbortController());
      const signals = (id: number): AbortSignal => controllers.current.get(id)?.signal ?? AbortSignal.abort();
      const report = (id: number, state: CheckState): void => {
        setItems((all) => all.map((item) => (item.id === id ? { ...item, state } : item)));
        const item = batch.find((candidate) => candidate.id === id);
        if (item !== undefined) onSettled({ ...item, state });
      };
      void runChecks(batch, worldOf(registry), signals, report);
    },
    [worldOf, onSettled],
  );

  const add = (files: readonly File[]): void => {
    const { registry, source } = trust;
    const batch = files.map((file): CheckItem => ({
      id: next.current++,
      file,
      source,
      state: { phase: 'waiting' },
    }));
    setItems((all) => [...batch, ...all]);
    check(batch, registry);
  };
  const stop = (id: number): void => controllers.current.get(id)?.abort(new Error('stopped'));
  const clear = (): void => {
    items.forEach(({ id }) => stop(id));
    setItems([]);
  };
  /** Checks everything anew, against the registry that is trusted now or from now on. */
  const again = ({ registry, source }: Trust = trust): void => {
    if (items.length === 0) return;
    items.forEach(({ id }) => stop(id));
    const batch = items.map((item): CheckItem => ({
      ...item,
      id: next.current++,
      source,
      state: { phase: 'waiting' },
    }));
    setItems(batch);
    check(batch, registry);
  };
  return { items, add, stop, clear, again };
}
