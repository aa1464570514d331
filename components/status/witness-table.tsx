import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { Table, type Column } from '@/components/ui/table';
import { formatDuration, formatNumber } from '@/lib/i18n/format';
import type { WitnessStanding } from '@/lib/server/queries/witness-status';
import { Facts } from './details';
import { witnessWords, type Lookup } from './health-words';

/** Who besides the operator has signed that the log only grew, how far, and when. */
export function WitnessTable({ witnesses }: { witnesses: readonly WitnessStanding[] }) {
  const t = useTranslations('status');
  const locale = useLocale();
  const columns: Column<WitnessStanding>[] = [
    {
      key: 'name',
      header: t('witnesses.name'),
      rowHeader: true,
      cell: ({ name, keyId }) => (
        <span className="[overflow-wrap:anywhere]">
          {name} <code className="font-mono text-sm font-normal text-ink-soft">{keyId}</code>
        </span>
      ),
    },
    {
      key: 'size',
      header: t('witnesses.size'),
      numeric: true,
      cell: ({ lastSize }) => (lastSize === null ? t('witnesses.none') : formatNumber(lastSize, locale)),
    },
    {
      key: 'time',
      header: t('witnesses.time'),
      cell: ({ lastTime }) => (lastTime === null ? '–' : <LocalTime instant={lastTime} />),
    },
    {
      key: 'state',
      header: t('witnesses.state'),
      cell: ({ error, lagSeconds }) => {
        if (error !== null) return witnessWords(t as unknown as Lookup, error);
        if (lagSeconds === 0) return t('witnesses.current');
        return t('witnesses.behind', { duration: formatDuration(lagSeconds * 1000, locale) });
      },
    },
  ];
  return (
    <Facts
      title={t('witnesses.title')}
      body={t(witnesses.length > 0 ? 'witnesses.body' : 'witnesses.nobody')}
    >
      {witnesses.length > 0 ? (
        <Table
          caption={t('witnesses.title')}
          captionHidden
          columns={columns}
          rows={witnesses}
          rowKey={({ name, keyId }) => `${name} ${keyId}`}
        />
      ) : null}
    </Facts>
  );
}
