'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState, type ComponentType } from 'react';
import type { Found } from '@/lib/browser/verify/intake/folder';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Notice } from '../ui/notice';
import { DropArea } from './drop-area';
import { createInbox } from './inbox';
import { RegistryValues } from './registry-values';
import type { VerifyDeskProps } from './verify-desk';

interface VerifyToolProps {
  /** What the server says with the page: believed at the first visit only, and then held against what was kept. */
  registry: RegistryDescriptor;
  /** The node that the registry offers; null when it offers none. */
  ownNode: string | null;
  embedded: boolean;
}

/**
 * Drop files, see verdicts. Everything is computed here, in the reader's browser. What computes is many times larger than
 * the place to drop files, so it is fetched once the page stands, or when it is needed, whichever is first.
 */
export function VerifyTool({ registry, ownNode, embedded }: VerifyToolProps) {
  const t = useTranslations('verify');
  const [inbox] = useState(createInbox);
  const [Desk, setDesk] = useState<ComponentType<VerifyDeskProps> | null>(null);
  const [state, setState] = useState<'idle' | 'wanted' | 'failed'>('idle');
  const [alarm, setAlarm] = useState<HTMLElement | null>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      const { VerifyDesk } = await import('./verify-desk');
      setDesk(() => VerifyDesk);
    } catch {
      setState('failed');
    }
  }, []);
  useWhenIdle(load);
  const take = (found: Promise<Found> | Found): void => {
    setState('wanted');
    inbox.put(found);
    void load();
  };
  return (
    <div className="flex flex-col gap-10">
      <div ref={setAlarm} className="empty:hidden" />
      <div onPointerEnter={() => void load()} onFocus={() => void load()}>
        <DropArea onFound={take} />
      </div>
      {Desk === null ? (
        <>
          <div role="status" aria-live="polite" className="empty:hidden">
            {state === 'wanted' ? t('loading') : null}
            {state === 'failed' ? <Notice tone="bad">{t('loadFailed')}</Notice> : null}
          </div>
          <RegistryValues registry={registry} embedded={embedded} />
        </>
      ) : (
        <Desk inbox={inbox} alarm={alarm} registry={registry} ownNode={ownNode} embedded={embedded} />
      )}
    </div>
  );
}

/** Runs it when the page has loaded and the browser has nothing else to do. */
function useWhenIdle(run: () => Promise<void>): void {
  useEffect(() => {
    let cancel = (): void => undefined;
    const wait = (): void => {
      // Safari has no idle callback.
      if ('requestIdleCallback' in window) {
        const handle = window.requestIdleCallback(() => void run(), { timeout: 5000 });
        cancel = () => window.cancelIdleCallback(handle);
      } else {
        const handle = setTimeout(() => void run(), 1500);
        cancel = () => clearTimeout(handle);
      }
    };
    if (document.readyState === 'complete') wait();
    else window.addEventListener('load', wait, { once: true });
    return () => {
      window.removeEventListener('load', wait);
      cancel();
    };
  }, [run]);
}
