'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { ProgressBar } from '@/components/ui/progress-bar';
import { deadlineOutlook, type DeadlineOutlook } from '@/lib/browser/upload/deadline';
import type { Sending } from '@/lib/browser/upload/send-upload';
import { formatBytes, formatDuration } from '@/lib/i18n/format';
import { useClock } from './server-clock-provider';
import { useSteadyNow } from './use-steady-now';

/** So long after trouble began the way around the platform is offered, in milliseconds. */
const OFFER_AFTER = 30_000;

interface SendingStatusProps {
  sending: Sending;
  /** RFC 3339. */
  due: string;
  /** What to offer while the platform does not answer. */
  fallback?: ReactNode;
}

/** How far the sealed bid has got, how fast, whether that is fast enough, and what stands in the way. */
export function SendingStatus({ sending, due, fallback }: SendingStatusProps) {
  const t = useTranslations('sealing.upload');
  const clock = useClock();
  const now = useSteadyNow();
  const { done, total, rate, line, troubleSince } = sending;
  const trouble = troubleSince === null ? 0 : now - troubleSince;
  const outlook = deadlineOutlook({
    rate,
    left: total - done,
    // The server's own time: nothing is left to correct but what the measurement does not know.
    now: clock.now,
    clock: { offset: 0, uncertainty: clock.reading?.uncertainty ?? 0 },
    due: Date.parse(due),
  });
  return (
    <div className="flex flex-col gap-6">
      <Progress sending={sending} />
      {line === 'elsewhere' ? <Notice live>{t('elsewhere')}</Notice> : null}
      {line === 'waiting' ? (
        <Notice tone="warn" live title={t('waitingTitle')}>
          {t('waiting')}
        </Notice>
      ) : null}
      <OutlookNotice outlook={outlook} />
      {trouble > OFFER_AFTER ? fallback : null}
    </div>
  );
}

function Progress({ sending: { done, total, rate } }: { sending: Sending }) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const size = { done: formatBytes(done, locale), total: formatBytes(total, locale) };
  const detail = rate
    ? t('progressRate', {
        ...size,
        rate: formatBytes(rate, locale),
        left: formatDuration(((total - done) / rate) * 1000, locale),
      })
    : t('progress', size);
  return <ProgressBar label={t('uploading')} value={total === 0 ? 0 : done / total} detail={detail} />;
}

/** Whether the upload will be done in time; nothing while it will. */
function OutlookNotice({ outlook }: { outlook: DeadlineOutlook }) {
  const t = useTranslations('sealing.upload');
  const locale = useLocale();
  const { verdict, needed, spare, timeLeft } = outlook;
  if (verdict === 'fine') return null;
  const span = (milliseconds: number) => formatDuration(Math.max(1000, milliseconds), locale);
  if (timeLeft <= 0)
    return (
      <Notice tone="bad" live title={t('overTitle')}>
        {t('over')}
      </Notice>
    );
  if (needed === null || needed === Infinity)
    return (
      <Notice tone="warn" live>
        {t('unknown', { left: span(timeLeft) })}
      </Notice>
    );
  return verdict === 'tight' ? (
    <Notice tone="warn" live title={t('tightTitle')}>
      {t('tight', { spare: span(spare) })}
    </Notice>
  ) : (
    <Notice tone="bad" live title={t('lateTitle')}>
      {t('late', { late: span(-spare) })}
    </Notice>
  );
}
