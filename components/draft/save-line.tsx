'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { languageTags } from '@/lib/i18n/routing';
import type { SaveState } from './use-draft';

/** Whether what was typed is safe: always in sight while writing. */
export function SaveLine({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const t = useTranslations('draft.save');
  const locale = useLocale();
  if (state.kind === 'failed') {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-x-3 text-sm">
        <span className="font-semibold text-bad">{t('failed')}</span>
        <span>{state.message}</span>
        <Button variant="quiet" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
    );
  }
  const time =
    state.kind === 'saved'
      ? new Intl.DateTimeFormat(languageTags[locale], {
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).format(state.at)
      : '';
  return (
    <p role="status" className="text-sm text-ink-soft" data-state={state.kind}>
      {state.kind === 'saved' ? t('saved', { time }) : t(state.kind)}
    </p>
  );
}
