import { useTranslations } from 'next-intl';
import { Table, type Column } from '@/components/ui/table';
import { qualityCriteria } from '@/lib/procedure/acts/evaluation';
import { all, last, openedBids, type Process } from '@/lib/procedure/state';
import { Section } from './section';

interface Row {
  bid: string;
  criterion: string;
  name: string;
  title: string;
}

interface ScoreSheetsProps {
  process: Process;
  people: Record<string, string>;
  /** Of the section, where several units stand on one page. */
  id?: string;
  level?: 2 | 3;
}

/** All sheets side by side, once they are disclosed to the reader; before that, nothing. */
export function ScoreSheets({ process, people, id = 'sheets', level = 2 }: ScoreSheetsProps) {
  const t = useTranslations('tender.sheets');
  const sealed = last(process, 'scores-sealed')?.data.sheets ?? [];
  const sheets = all(process, 'score-sheet').filter((s) => sealed.includes(s.commitment));
  if (sealed.length === 0 || sheets.length < sealed.length) return null;
  const rows: Row[] = openedBids(process).flatMap((b) =>
    qualityCriteria(process).map((c) => ({
      bid: b.data.bid,
      criterion: c.id,
      name: b.data.tenderer.name,
      title: c.title,
    })),
  );
  const columns: Column<Row>[] = [
    {
      key: 'what',
      header: t('bid'),
      rowHeader: true,
      cell: (row) => (
        <>
          {row.name}
          <span className="block text-sm font-normal text-ink-soft">{row.title}</span>
        </>
      ),
    },
    ...sheets.map((sheet, position): Column<Row> => ({
      key: sheet.id,
      header: people[sheet.actor.person] ?? t('evaluator', { number: position + 1 }),
      cell: (row) => {
        const score = sheet.data.scores.find((s) => s.bid === row.bid && s.criterion === row.criterion);
        return (
          <>
            <span className="text-lg font-semibold">{score?.score ?? '–'}</span>
            {score?.comment ? <span className="block text-sm text-ink-soft">{score.comment}</span> : null}
          </>
        );
      },
    })),
  ];
  return (
    <Section id={id} title={t('title')} lead={t('lead')} level={level}>
      <Table
        caption={t('title')}
        captionHidden
        rows={rows}
        rowKey={(r) => `${r.bid}.${r.criterion}`}
        columns={columns}
      />
    </Section>
  );
}
