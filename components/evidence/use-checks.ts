'use client';

import { useCallback, useRef, useState } from 'react';
import type { CheckWorld } from '@/lib/browser/verify/check';
import type { Incoming } from '@/lib/browser/verify/intake/take-in';
import type { Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { isSettled, runChecks, type CheckItem, type CheckState } from './checks';

/** The list of files being checked, newest drop first, and what can be done with it. */
export function useChecks(worldOf: (registry: RegistryDescriptor) => CheckWorld, trust: Trust) {
  const [items, setItems] = useState<readonly CheckItem[]>([]);
  const next = useRef(1);
  const controllers = useRef(new Map<number, AbortController>());
  // One drop after the other: two of them would only fight for the disk and the registry's patience.
  const queue = useRef<Promise<void>>(Promise.resolve());

  const check = useCallback(
    (batch: readonly CheckItem[], registry: RegistryDescriptor) => {
      for (const { id } of batch) controllers.current.set(id, new AbortController());
      const signals = (id: number): AbortSignal => controllers.current.get(id)?.signal ?? AbortSignal.abort();
      const report = (id: number, state: CheckState): void =>
        setItems((all) => all.map((item) => (item.id === id ? { ...item, state } : item)));
      const run = (): Promise<void> => runChecks(batch, worldOf(registry), signals, report);
      queue.current = queue.current.then(run, run);
    },
    [worldOf],
  );

  const add = (incoming: readonly Incoming[]): void => {
    const { registry, source } = trust;
    const first = next.current;
    next.current += incoming.length;
    const batch = incoming.map(({ within, ...item }, i): CheckItem => ({
      ...item,
      id: first + i,
      within: within === null ? null : first + within,
      source,
      state: { phase: 'waiting' },
    }));
    setItems((all) => [...batch, ...all]);
    check(batch, registry);
  };
  const stop = useCallback(
    (id: number): void => controllers.current.get(id)?.abort(new Error('stopped')),
    [],
  );
  const stopAll = (): void => items.filter(({ state }) => !isSettled(state)).forEach(({ id }) => stop(id));
  const clear = (): void => {
    stopAll();
    controllers.current.clear();
    setItems([]);
  };
  /** Checks everything anew, against the registry that is trusted now or from now on. */
  const again = ({ registry, source }: Trust = trust): void => {
    if (items.length === 0) return;
    stopAll();
    const ids = new Map(items.map(({ id }) => [id, next.current++]));
    const batch = items.map((item): CheckItem => ({
      ...item,
      id: ids.get(item.id) ?? 0,
      within: ids.get(item.within ?? -1) ?? null,
      source,
      state: { phase: 'waiting' },
    }));
    setItems(batch);
    check(batch, registry);
  };
  return { items, add, stop, stopAll, clear, again };
}
