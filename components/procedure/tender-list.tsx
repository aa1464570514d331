import { useLocale, useTranslations } from 'next-intl';
import { Countdown } from '@/components/ui/countdown';
import { LocalTime } from '@/components/ui/local-time';
import { formatMoney } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { TenderRow } from '@/lib/server/queries/view';
import { PhaseTag } from './phase-tag';

/** Tenders as a list of rows: what, by whom, how much, and where it stands. */
export function TenderList({ rows, now }: { rows: readonly TenderRow[]; now: number }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <TenderItem key={row.ocid} row={row} now={now} />
      ))}
    </ul>
  );
}

function TenderItem({ row, now }: { row: TenderRow; now: number }) {
  const t = useTranslations('tenders');
  const locale = useLocale();
  return (
    <li className="relative grid gap-x-8 gap-y-2 px-1 py-5 has-[a:hover]:bg-accent-soft sm:grid-cols-[minmax(0,1fr)_15rem] sm:px-3">
      <div className="min-w-0">
        <h2 className="text-lg leading-snug">
          <Link
            href={`/tenders/${encodeURIComponent(row.ocid)}`}
            lang={row.language}
            className="link after:absolute after:inset-0"
          >
            {row.title || t('untitled')}
          </Link>
        </h2>
        <p className="mt-1 text-ink-soft">
          <span lang={row.language}>{row.buyerName || '–'}</span>
          {row.category ? <Category value={row.category} /> : null}
        </p>
        {row.publishedAt ? (
          <p className="text-sm text-ink-soft">
            {t('published')} <LocalTime instant={row.publishedAt} />
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 sm:flex-col sm:items-end sm:text-right">
        <PhaseTag phase={row.phase} />
        {row.phase === 'open' && row.bidsDue ? (
          <span className="text-sm font-semibold">
            <Countdown
              until={row.bidsDue}
              serverNow={new Date(now).toISOString()}
              before={t('opensIn', { duration: '{duration}' })}
              after={t('closingNow')}
            />
          </span>
        ) : null}
        {row.value ? <span>{formatMoney(row.value.amount, row.value.currency, locale)}</span> : null}
      </div>
    </li>
  );
}

const CATEGORIES = ['goods', 'works', 'services'] as const;

function Category({ value }: { value: string }) {
  const t = useTranslations('tenders.categories');
  const known = CATEGORIES.find((category) => category === value);
  return known ? <span> · {t(known)}</span> : null;
}
