'use client';

import { useLocale, useTranslations } from 'next-intl';
import { ProgressBar } from '@/components/ui/progress-bar';
import { formatBytes, formatDuration } from '@/lib/i18n/format';
import type { Work } from './use-report';

/** How far the work has got, how fast it goes, and how long it still takes. */
export function Measured({ work: { stage, done, total, elapsed } }: { work: Work }) {
  const t = useTranslations('bid.work');
  const locale = useLocale();
  if (total === 0) return <p className="font-semibold">{t(`stages.${stage}`)}…</p>;
  const seconds = elapsed / 1000;
  const size = { done: formatBytes(done, locale), total: formatBytes(total, locale) };
  // A rate from the first instants would jump about and tell nothing.
  const known = seconds > 1 && done > 0;
  const rate = known ? done / seconds : 0;
  const left = known ? formatDuration(((total - done) / rate) * 1000, locale) : '';
  const detail = known
    ? t('progressRate', { ...size, rate: formatBytes(rate, locale), left })
    : t('progress', size);
  return <ProgressBar label={t(`stages.${stage}`)} value={done / total} detail={detail} />;
}
