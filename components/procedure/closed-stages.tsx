import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { Table } from '@/components/ui/table';
import { formatExactTime } from '@/lib/i18n/format';
import { last, type Closure, type Process } from '@/lib/procedure/state';
import { STAGES } from '@/lib/record/record';

/** What the chain holds of a tender: one line for each closed stage. */
export function ClosedStages({ process }: { process: Process }) {
  const t = useTranslations('tender.chain');
  const stages = useTranslations('common.stage');
  const locale = useLocale();
  const { closures } = process.chain;
  if (closures.length === 0) return <p className="text-ink-soft">{t('none')}</p>;
  // The number of leaves of `bids` is the number of bids: it is said with the opening report, not before.
  const opened = last(process, 'opening-report') !== null || last(process, 'tender-unsuccessful') !== null;
  const count = (c: Closure) => (c.stage === 2 && !opened ? t('withReport') : String(c.count));
  return (
    <Table<Closure>
      caption={t('caption')}
      captionHidden
      rows={closures}
      rowKey={(c) => `${c.stage}-${c.round}`}
      columns={[
        {
          key: 'stage',
          header: t('stage'),
          rowHeader: true,
          cell: (c) => (
            <>
              {stages(STAGES[c.stage] ?? 'planning')}
              {c.round > 0 ? (
                <span className="font-normal"> · {t('round', { round: c.round + 1 })}</span>
              ) : null}
              {c.reason ? (
                <span className="block text-sm font-normal text-ink-soft">{t('empty')}</span>
              ) : null}
            </>
          ),
        },
        { key: 'time', header: t('closed'), cell: (c) => formatExactTime(c.time, locale) },
        { key: 'count', header: t('records'), numeric: true, cell: count },
        { key: 'root', header: t('root'), cell: (c) => <Hash value={c.rootHash} /> },
        { key: 'anchor', header: t('anchor'), numeric: true, cell: (c) => c.anchorIndex },
        { key: 'tx', header: t('transaction'), cell: (c) => <Hash value={c.transactionHash} /> },
      ]}
    />
  );
}
