import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { Table, type Column } from '@/components/ui/table';
import { Tag, type Tone } from '@/components/ui/tag';
import { formatDuration } from '@/lib/i18n/format';
import type { Standing } from '@/lib/server/queries/standings';
import { healthWords, type Lookup } from './health-words';

const tones: Record<Standing['state'], Tone> = {
  ok: 'ok',
  warning: 'warn',
  down: 'bad',
  silent: 'warn',
};

/** How each part of the registry stands, what that means, and what becomes of it. */
export function PartsTable({ parts, now }: { parts: readonly Standing[]; now: number }) {
  const t = useTranslations('status');
  const locale = useLocale();
  const words = (part: Standing) => healthWords(t as unknown as Lookup, part, locale);
  const columns: Column<Standing>[] = [
    {
      key: 'part',
      header: t('parts.column.part'),
      rowHeader: true,
      cell: ({ part }) => <span className="md:whitespace-nowrap">{t(`parts.names.${part}`)}</span>,
    },
    {
      key: 'state',
      header: t('parts.column.state'),
      cell: ({ state }) => <Tag tone={tones[state]}>{t(`parts.states.${state}`)}</Tag>,
    },
    { key: 'what', header: t('parts.column.what'), cell: (part) => <Words {...words(part)} /> },
    {
      key: 'since',
      header: t('parts.column.since'),
      cell: ({ since }) => (since === null ? '–' : <Since instant={since} now={now} />),
    },
  ];
  return (
    <Table
      caption={t('parts.title')}
      captionHidden
      prose
      columns={columns}
      rows={parts}
      rowKey={({ part }) => part}
    />
  );
}

function Words({ what, done }: { what: string; done: string | null }) {
  return (
    <span className="block max-w-measure">
      {what}
      {done === null ? null : <span className="mt-0.5 block text-ink-soft">{done}</span>}
    </span>
  );
}

/** An instant and how long ago it was. */
function Since({ instant, now }: { instant: number; now: number }) {
  const locale = useLocale();
  return (
    <span className="text-sm md:block md:min-w-36">
      <LocalTime instant={new Date(instant).toISOString()} />{' '}
      <span className="whitespace-nowrap text-ink-soft">({formatDuration(now - instant, locale)})</span>
    </span>
  );
}
