'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { summarize, VERDICTS } from '@/lib/browser/verify/verdict';
import { Button } from '../ui/button';
import { Notice, type NoticeTone } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { verdictOfItem, type CheckItem } from './checks';

/** The summary in words, and how far the checking has got. */
export function useSummary(items: readonly CheckItem[]) {
  const t = useTranslations('verify.summary');
  const { files, settled, counts } = useMemo(() => summarize(items.map(verdictOfItem)), [items]);
  const parts = counts.map(([kind, count]) => t(`count.${kind}`, { count }));
  const words = t('words', { files, parts: parts.join(t('separator')) });
  const tones = new Set<NoticeTone>(counts.map(([kind]) => VERDICTS[kind]));
  const tone = (['bad', 'warn', 'info', 'ok'] as const).find((one) => tones.has(one)) ?? 'info';
  return { files, settled, words, tone, busy: settled < files };
}

type SummaryProps = ReturnType<typeof useSummary> & { onStopAll: () => void };

export function Summary({ files, settled, words, tone, busy, onStopAll }: SummaryProps) {
  const t = useTranslations('verify');
  return (
    <div data-summary={busy ? 'busy' : 'done'} className="flex flex-col gap-3">
      {busy ? (
        <div data-print="hide" className="flex flex-wrap items-end gap-4">
          <div className="min-w-48 flex-1">
            <ProgressBar
              label={t('summary.progress')}
              value={settled / Math.max(1, files)}
              detail={t('summary.progressOf', { settled, files })}
            />
          </div>
          <Button variant="quiet" onClick={onStopAll}>
            {t('summary.stop')}
          </Button>
        </div>
      ) : null}
      {settled === 0 ? null : (
        <Notice tone={busy ? 'info' : tone} title={<span className="text-lg">{words}</span>} />
      )}
    </div>
  );
}
