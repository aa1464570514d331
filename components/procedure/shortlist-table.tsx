import { useLocale, useTranslations } from 'next-intl';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import type { RecordData } from '@/lib/record/catalogue';
import { formatPoints } from './points';

type Row = RecordData<'shortlist-proposed'>['rows'][number];

/** Whose financial envelope is opened, and why the others' are not. */
export function ShortlistTable({ rows, most }: { rows: readonly Row[]; most: number }) {
  const t = useTranslations('tender.shortlist');
  const locale = useLocale();
  return (
    <Table<Row>
      caption={t('title')}
      captionHidden
      rows={rows.toSorted((a, b) => b.micro - a.micro)}
      rowKey={(row) => row.bid}
      columns={[
        { key: 'tenderer', header: t('tenderer'), rowHeader: true, cell: (row) => row.tenderer.name },
        {
          key: 'outcome',
          header: t('outcome'),
          cell: (row) => <Tag tone={row.passed ? 'ok' : 'bad'}>{t(row.passed ? 'passed' : 'notPassed')}</Tag>,
        },
        { key: 'reason', header: t('reason'), cell: (row) => row.reason || '–' },
        {
          key: 'points',
          header: t('points', { most }),
          numeric: true,
          cell: (row) => formatPoints(row.micro, locale),
        },
      ]}
    />
  );
}
