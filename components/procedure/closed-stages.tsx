import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { Table } from '@/components/ui/table';
import { formatExactTime } from '@/lib/i18n/format';
import { tender, type Closure, type Process } from '@/lib/procedure/state';
import { STAGES } from '@/lib/record/record';
import { UnitName } from './unit-name';

/**
 * What the chain holds of a tender: one line for each closed stage, of the whole and of each unit.
 * @param countKnown whether the number of bids is public already
 */
export function ClosedStages({ process, countKnown }: { process: Process; countKnown: boolean }) {
  const t = useTranslations('tender.chain');
  const stages = useTranslations('common.stage');
  const locale = useLocale();
  const { closures } = process.chain;
  if (closures.length === 0) return <p className="text-ink-soft">{t('none')}</p>;
  const count = (c: Closure) => (c.stage === 2 && !countKnown ? t('withReport') : String(c.count));
  const notice = closures.some((c) => c.unit !== null) ? tender(process) : null;
  return (
    <Table<Closure>
      caption={t('caption')}
      captionHidden
      rows={closures}
      rowKey={(c) => `${c.key}-${c.stage}-${c.round}`}
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
              {c.unit && notice ? (
                <span className="block text-sm font-normal">
                  <UnitName notice={notice} unit={c.unit} />
                </span>
              ) : null}
              {c.reason ? (
                <span className="block text-sm font-normal text-ink-soft">{t('empty')}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'time',
          header: t('closed'),
          // Wide enough for a line of the date and a line of the time.
          cell: (c) => <span className="inline-block min-w-32">{formatExactTime(c.time, locale)}</span>,
        },
        { key: 'count', header: t('records'), numeric: true, cell: count },
        ...(notice ? [{ key: 'key', header: t('key'), cell: (c: Closure) => <Hash value={c.key} /> }] : []),
        { key: 'root', header: t('root'), cell: (c) => <Hash value={c.rootHash} /> },
        { key: 'anchor', header: t('anchor'), numeric: true, cell: (c) => c.anchorIndex },
        { key: 'tx', header: t('transaction'), cell: (c) => <Hash value={c.transactionHash} /> },
      ]}
    />
  );
}
