import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';

export interface SummaryRow {
  key: string;
  label: ReactNode;
  value: ReactNode;
  /** Where the answer can be changed ("check your answers"). */
  changeHref?: string | undefined;
  /** Completes "Change …" for those who hear the link alone. */
  changeWhat?: string | undefined;
}

/** Labels and values: what is known about one thing, or the answers before they are sent. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const t = useTranslations('ui');
  return (
    <dl className="divide-y divide-line border-y border-line">
      {rows.map((row) => (
        <div key={row.key} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,15rem)_1fr_auto]">
          <dt className="text-ink-soft">{row.label}</dt>
          <dd className="min-w-0">{row.value}</dd>
          {row.changeHref ? (
            <dd data-print="hide">
              <Link
                href={row.changeHref}
                className="link -my-1.5 inline-block py-1.5"
                aria-label={t('changeWhat', { what: row.changeWhat ?? '' }).trim()}
              >
                {t('change')}
              </Link>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
