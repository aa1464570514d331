import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { formatMoney } from '@/lib/i18n/format';
import { committee, keySetOf, membersOf, type Process } from '@/lib/procedure/state';
import type { RecordData } from '@/lib/record/catalogue';

type Report = RecordData<'opening-report'>;

/** The organizations whose members opened the bids, each once. */
function openers(process: Process, report: Report): string[] {
  const people = report.members.flatMap(({ keyset, index }) => {
    const set = keySetOf(process, keyset);
    return (set && membersOf(process, set).get(index)) ?? [];
  });
  const seats = committee(process)?.seats ?? [];
  return [...new Set(seats.filter((s) => people.includes(s.person)).map((s) => s.organization.name))];
}

/** The opening report (开标记录): every bid with its tenderer and price, and who opened them. */
export function OpeningReport({ report, process }: { report: Report; process: Process }) {
  const t = useTranslations('tender.opening');
  const locale = useLocale();
  const names = openers(process, report);
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-measure">
        {t('openedAt')} <LocalTime instant={report.openedAt} />.{' '}
        {t('openedBy', { names: names.join(t('and')) })}
      </p>
      <Table<Report['bids'][number]>
        caption={t('caption')}
        captionHidden
        rows={report.bids}
        rowKey={(row) => row.bid}
        columns={[
          { key: 'tenderer', header: t('tenderer'), rowHeader: true, cell: (row) => row.tenderer.name },
          {
            key: 'outcome',
            header: t('outcome'),
            cell: (row) => (
              <Tag tone={row.outcome === 'valid' ? 'ok' : 'bad'}>{t(`outcomes.${row.outcome}`)}</Tag>
            ),
          },
          {
            key: 'price',
            header: t('price'),
            numeric: true,
            cell: (row) =>
              row.total !== null && row.currency !== null
                ? formatMoney(row.total, row.currency, locale)
                : '–',
          },
        ]}
      />
    </div>
  );
}
