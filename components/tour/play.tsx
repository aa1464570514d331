'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useTour, type Computed } from './tour-provider';

/** The part of a step that is done here: a button until it was pressed, then what came out, read out as it appears. */
export function Play({ action, children }: { action: string; children: (computed: Computed) => ReactNode }) {
  const t = useTranslations('tourPlay');
  const { work, compute } = useTour();
  // Every step has its button, and all of them fail together: one alarm is enough.
  const [pressed, setPressed] = useState(false);
  const press = (): void => {
    setPressed(true);
    compute();
  };
  return (
    <div className="rounded-lg border border-line bg-surface p-4 sm:p-6">
      {work.state === 'done' ? null : (
        <Button onClick={press} aria-disabled={work.state === 'working'}>
          {work.state === 'working' ? t('working') : action}
        </Button>
      )}
      {work.state === 'failed' && pressed ? (
        <Notice tone="bad" live title={t('failed')} className="mt-4" />
      ) : null}
      <div aria-live="polite">{work.state === 'done' ? children(work.computed) : null}</div>
    </div>
  );
}
