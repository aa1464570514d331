import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import { formatNumber } from '@/lib/i18n/format';

/** The counts on the home page. */
export interface HomeFiguresData {
  /** Published tenders, and those of them whose bids are not yet due. */
  tenders: number;
  open: number;
  /** Leaves of the log. */
  records: number;
  /** RFC 3339; null before the first anchor. */
  lastAnchorTime: string | null;
}

/** What the registry holds at this moment. */
export function HomeFigures({ figures }: { figures: HomeFiguresData }) {
  const t = useTranslations('home.figures');
  const locale = useLocale();
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="sr-only">
        {t('title')}
      </h2>
      <dl className="grid grid-cols-3 gap-x-5 sm:gap-x-8 gap-y-6 border-y border-line py-6 md:grid-cols-[1fr_1fr_1fr_1.6fr]">
        <Figure label={t('open', { count: figures.open })}>{formatNumber(figures.open, locale)}</Figure>
        <Figure label={t('tenders', { count: figures.tenders })}>
          {formatNumber(figures.tenders, locale)}
        </Figure>
        <Figure label={t('records', { count: figures.records })}>
          {formatNumber(figures.records, locale)}
        </Figure>
        <div className="col-span-3 flex flex-col-reverse justify-end md:col-span-1">
          <dt className="text-sm text-ink-soft">{t('anchored')}</dt>
          <dd className="text-lg font-semibold leading-[1.9]">
            {figures.lastAnchorTime ? <LocalTime instant={figures.lastAnchorTime} /> : t('notAnchored')}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-sm leading-snug text-ink-soft">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight sm:text-2xl">{children}</dd>
    </div>
  );
}
