'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { pinText, readPin, trustOf, type Trust } from '@/lib/browser/verify/pin';
import { keptPin } from '@/lib/browser/verify/pin-store';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';

/** Which descriptor evidence is checked against, and what the reader can do about it. */
export function useTrust(page: RegistryDescriptor) {
  const text = useSyncExternalStore<string | null | undefined>(keptPin.watch, keptPin.read, () => undefined);
  const kept = useMemo(() => readPin(text), [text]);
  const [own, setOwn] = useState<RegistryDescriptor | null>(null);
  const trust = useMemo(() => trustOf(page, kept, own), [page, kept, own]);

  // Trust on first use: what the first visit is shown is kept, and every later visit is held against it.
  useEffect(() => {
    if (kept.state === 'none') keptPin.keep(pinText(page, Date.now()));
  }, [kept, page]);

  /** Checks against the reader's own copy from now on; null: against what the browser keeps. */
  const choose = (copy: RegistryDescriptor | null): Trust => {
    setOwn(copy);
    return trustOf(page, kept, copy);
  };
  /** Keeps this descriptor instead of whatever was kept; only ever because the reader said so. */
  const pin = (registry: RegistryDescriptor): Trust => {
    keptPin.keep(pinText(registry, Date.now()));
    setOwn(null);
    return trustOf(page, readPin(keptPin.read()), null);
  };
  return { trust, kept, choose, pin };
}
