import { useLocale, useTranslations } from 'next-intl';
import { formatMoney } from '@/lib/i18n/format';
import type { RankingRow } from '@/lib/record/catalogue';
import type { Criterion } from '@/lib/record/notice';
import { formatPoints, shadeOf } from './points';

interface RankingTableProps {
  rows: readonly RankingRow[];
  criteria: readonly Criterion[];
  currency: string;
}

function Swatch({ position }: { position: number }) {
  return (
    <span
      aria-hidden="true"
      className="mr-2 inline-block size-3 rounded-sm bg-accent"
      style={{ opacity: shadeOf(position) }}
    />
  );
}

/** Out of 100 points: one segment for each criterion, in the notice's order. */
function Bar({ row, criteria }: { row: RankingRow; criteria: readonly Criterion[] }) {
  return (
    <div aria-hidden="true" className="flex h-5 w-full overflow-hidden rounded-sm bg-line">
      {criteria.map((criterion, position) => {
        const micro = row.points.find((p) => p.criterion === criterion.id)?.micro ?? 0;
        return (
          <span
            key={criterion.id}
            className="h-full border-r border-surface bg-accent"
            style={{ width: `${micro / 1_000_000}%`, opacity: shadeOf(position) }}
          />
        );
      })}
    </div>
  );
}

/** The ranking, drawn: who got how many points for what. */
export function RankingTable({ rows, criteria, currency }: RankingTableProps) {
  const t = useTranslations('tender.ranking');
  const locale = useLocale();
  return (
    <ol className="flex flex-col gap-px overflow-hidden rounded-lg border border-line bg-line">
      {rows.map((row) => (
        <li
          key={row.bid}
          className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 gap-y-2 bg-surface p-4 sm:p-5"
          aria-label={t('rank', { rank: row.rank })}
        >
          <span aria-hidden="true" className="text-2xl font-semibold leading-tight text-accent">
            {row.rank}
          </span>
          <div className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-6">
            <span className="font-semibold">{row.tenderer.name}</span>
            <span className="text-ink-soft">{formatMoney(row.total, currency, locale)}</span>
          </div>
          <div className="col-start-2 flex items-center gap-4">
            <Bar row={row} criteria={criteria} />
            <span className="whitespace-nowrap text-lg font-semibold">
              {formatPoints(row.totalMicro, locale)}
              <span className="sr-only"> {t('ofHundred')}</span>
            </span>
          </div>
          <dl className="col-start-2 flex flex-wrap gap-x-6 gap-y-1 text-sm">
            {criteria.map((criterion, position) => (
              <div key={criterion.id} className="flex items-baseline gap-1.5">
                <dt className="text-ink-soft">
                  <Swatch position={position} />
                  {criterion.title}
                </dt>
                <dd>
                  {formatPoints(row.points.find((p) => p.criterion === criterion.id)?.micro ?? 0, locale)} /{' '}
                  {criterion.weight}
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}
