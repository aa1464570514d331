'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { DraftError } from '@/lib/browser/drafts/draft-error';
import type { Transfer } from '@/lib/browser/drafts/draft-session';
import { useAttempt } from './use-attempt';
import { useDraftRefusal } from './use-draft-refusal';

/** Taking a draft out or in: one at a time, with progress, and it can be stopped. */
export function useTransfer() {
  const refusalOf = useDraftRefusal();
  const { state, run: attempt, refuse, clear } = useAttempt();
  const [progress, setProgress] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);

  /** @param bytes what is to be moved in all: for the progress */
  const run = async (bytes: number, work: (how: Transfer) => Promise<void>): Promise<boolean> => {
    const controller = new AbortController();
    const done = await attempt(async () => {
      abort.current = controller;
      setProgress(0);
      const onProgress = (moved: number) => setProgress(Math.min(1, moved / Math.max(1, bytes)));
      try {
        await work({ onProgress, signal: controller.signal });
        return undefined;
      } catch (error) {
        if (controller.signal.aborted) return undefined;
        if (error instanceof DraftError) return refusalOf(error);
        throw error;
      }
    });
    setProgress(null);
    return done && !controller.signal.aborted;
  };
  const stop = () => abort.current?.abort();
  return { state, run, refuse, clear, progress, stop };
}

interface TransferProgressProps {
  transfer: ReturnType<typeof useTransfer>;
  label: string;
}

export function TransferProgress({ transfer: { progress, stop }, label }: TransferProgressProps) {
  const t = useTranslations('bidDraft');
  if (progress === null) return null;
  return (
    <div className="flex w-full flex-col items-start gap-3" role="status">
      <div className="w-full">
        <ProgressBar label={label} value={progress} />
      </div>
      <Button variant="quiet" className="-ml-3" onClick={stop}>
        {t('stop')}
      </Button>
    </div>
  );
}
