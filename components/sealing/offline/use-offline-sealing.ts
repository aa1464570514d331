'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { Bidding } from '@/lib/browser/bid/plan';
import type { SealTarget } from '@/lib/browser/bid/seal-request';
import type { FileRef } from '@/lib/browser/drafts/draft';
import {
  sealOffline,
  type OfflineReport,
  type OfflineSealed,
  type OfflineSecrets,
} from '@/lib/browser/offline/seal-offline';
import { useBidRefusal } from '../bid/use-bid-refusal';
import { useReport, type Work } from '../bid/use-report';
import { useAttempt } from '../use-attempt';

export interface OfflineSealing {
  readonly state: ReturnType<typeof useAttempt>['state'];
  readonly work: Work | null;
  readonly stopped: boolean;
  readonly sealed: OfflineSealed | null;
  /** Everything that was sealed has been saved. */
  readonly taken: boolean;
  seal(secrets: OfflineSecrets): Promise<void>;
  stop(): void;
  /** Says whether all files were saved. */
  note(taken: boolean): void;
  /** What was said of the last attempt has been read. */
  forget(): void;
  /** Throws the sealed form away; the draft stays. */
  drop(): void;
}

/** Seals the draft, can be stopped, and holds what came out until it is saved. */
export function useOfflineSealing(
  bidding: Bidding,
  target: SealTarget,
  file: (ref: FileRef) => File,
): OfflineSealing {
  const t = useTranslations('bid.errors');
  const { state, run, clear } = useAttempt();
  const [work, setWork] = useState<Work | null>(null);
  const [sealed, setSealed] = useState<OfflineSealed | null>(null);
  const [stopped, setStopped] = useState(false);
  const [taken, setTaken] = useState(false);
  const abort = useRef<AbortController | null>(null);
  const report: OfflineReport = useReport(setWork);
  const refusalOf = useBidRefusal();

  const seal = async (secrets: OfflineSecrets) => {
    const controller = new AbortController();
    abort.current = controller;
    setStopped(false);
    await run(async () => {
      try {
        const done = await sealOffline(bidding, target, secrets, file, report, controller.signal);
        if (done === null) return { ok: false, code: 'incomplete', message: t('incomplete') };
        setSealed(done);
        return undefined;
      } catch (error) {
        if (!controller.signal.aborted) return refusalOf(error);
        setStopped(true);
        return undefined;
      }
    });
    setWork(null);
  };
  const forget = () => {
    clear();
    setStopped(false);
  };
  return {
    ...{ state, work, stopped, sealed, taken, seal, forget },
    stop: () => abort.current?.abort(),
    note: setTaken,
    drop: () => {
      forget();
      setSealed(null);
      setTaken(false);
    },
  };
}
