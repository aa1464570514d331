'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatDuration, formatExactTime } from '@/lib/i18n/format';
import { useClock } from './server-clock-provider';

/** A clock that differs by less tells nothing worth saying, in milliseconds. */
const DRIFT = 2_000;

/** When bids are due, how long that is, and what time it is, all by the server's clock; and whether this computer's differs. */
export function ServerClock({ due }: { /** RFC 3339. */ due: string }) {
  const t = useTranslations('sealing.clock');
  const { reading, now } = useClock();
  const locale = useLocale();
  const left = Date.parse(due) - now;
  const drift = reading && Math.abs(reading.offset) > DRIFT + reading.uncertainty ? reading.offset : 0;
  return (
    <section aria-label={t('label')} className="flex max-w-measure flex-col gap-2" data-testid="server-clock">
      <p className="font-semibold">
        <time dateTime={due}>{t('due', { time: formatExactTime(due, locale) })}</time>
      </p>
      <p>
        <span role="timer" suppressHydrationWarning>
          {left > 0 ? t('left', { duration: formatDuration(left, locale) }) : t('over')}
        </span>{' '}
        <span className="text-ink-soft" suppressHydrationWarning>
          {t('now', { time: formatExactTime(now, locale) })}
        </span>
      </p>
      {drift === 0 ? null : (
        <Notice tone="warn" live>
          {t(drift > 0 ? 'behind' : 'ahead', { duration: formatDuration(Math.abs(drift), locale) })}
        </Notice>
      )}
    </section>
  );
}
