'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { formatBytes, formatDuration } from '@/lib/i18n/format';
import { SendingStatus } from './sending-status';
import type { Work } from './use-submit-bid';

interface BidWorkProps {
  work: Work;
  /** When bids are due, RFC 3339. */
  due: string;
  /** What is offered while the platform does not answer. */
  fallback: ReactNode;
  onStop: () => void;
}

/** Sealing and sending under way: what, how far, how fast, how long still. */
export function BidWork({ work, due, fallback, onStop }: BidWorkProps) {
  const t = useTranslations('sealing.bid');
  const measured = work.total > 0;
  return (
    <section aria-labelledby="bid-work" className="flex max-w-measure flex-col gap-6" aria-busy="true">
      <h2 id="bid-work" className="text-xl">
        {t('workingHeading')}
      </h2>
      <p>{t('stay')}</p>
      {work.sending ? (
        <SendingStatus sending={work.sending} due={due} fallback={fallback} />
      ) : (
        <div role="status">
          {measured ? <Measured work={work} /> : <p className="font-semibold">{t(work.phase)}…</p>}
        </div>
      )}
      {/* Once the bid is being filed it can no longer be stopped, only withdrawn. */}
      {work.phase === 'filing' ? null : (
        <div>
          <Button variant="secondary" onClick={onStop}>
            {t('cancel')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Measured({ work }: { work: Work }) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const { phase, done, total, elapsed } = work;
  const seconds = elapsed / 1000;
  const size = { done: formatBytes(done, locale), total: formatBytes(total, locale) };
  // A rate from the first instants would jump about and tell nothing.
  const known = seconds > 1 && done > 0;
  const rate = known ? done / seconds : 0;
  const detail = known
    ? t('progressRate', {
        ...size,
        rate: formatBytes(rate, locale),
        left: formatDuration(((total - done) / rate) * 1000, locale),
      })
    : t('progress', size);
  return <ProgressBar label={t(phase)} value={done / total} detail={detail} />;
}
