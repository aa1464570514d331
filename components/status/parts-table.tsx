import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { LocalTime } from '@/components/ui/local-time';
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

/** The word of the tag: two codes are no trouble of the part itself. */
function stateWord({ state, code }: Standing): Standing['state'] | 'unasked' | 'alarms' {
  return code === 'unasked' || code === 'alarms' ? code : state;
}

/** How each part of the registry stands, what that means, and what becomes of it: on a phone, a few lines for each. */
export function PartsTable({ parts, now }: { parts: readonly Standing[]; now: number }) {
  const t = useTranslations('status.parts');
  const columns = ['part', 'state', 'what', 'since'] as const;
  return (
    // The roles are written out because another `display` on a phone takes them away.
    <table role="table" className="block w-full border-line md:table md:border-collapse">
      <caption className="sr-only">{t('title')}</caption>
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column}
              role="columnheader"
              scope="col"
              className="border-b-2 border-line-strong px-3 py-2 text-left text-sm font-semibold text-ink-soft first:pl-0 last:pr-0"
            >
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block border-t border-line md:table-row-group md:border-t-0">
        {parts.map((part) => (
          <Row key={part.part} part={part} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ part, now }: { part: Standing; now: number }) {
  const t = useTranslations('status');
  const locale = useLocale();
  const { what, done } = healthWords(t as unknown as Lookup, part, locale);
  const { since } = part;
  return (
    <tr
      role="row"
      data-part={part.part}
      data-code={part.code}
      className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line py-3 md:table-row md:py-0"
    >
      <th
        role="rowheader"
        scope="row"
        className="min-w-0 text-left align-top font-semibold md:whitespace-nowrap md:py-3 md:pr-3"
      >
        {t(`parts.names.${part.part}`)}
      </th>
      <Cell>
        <Tag tone={tones[part.state]}>{t(`parts.states.${stateWord(part)}`)}</Tag>
      </Cell>
      <Cell className="basis-full">
        <span className="block max-w-measure [overflow-wrap:anywhere]">
          {what}
          {done === null ? null : <span className="mt-0.5 block text-ink-soft">{done}</span>}
        </span>
      </Cell>
      <Cell className="basis-full text-sm md:pr-0">
        {since === null ? null : (
          <>
            <span aria-hidden="true" className="text-ink-soft md:hidden">
              {t('parts.column.since')}{' '}
            </span>
            <LocalTime instant={new Date(since).toISOString()} />{' '}
            <span className="whitespace-nowrap text-ink-soft">({formatDuration(now - since, locale)})</span>
          </>
        )}
      </Cell>
    </tr>
  );
}

function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <td role="cell" className={classNames('align-top empty:hidden md:table-cell md:px-3 md:py-3', className)}>
      {children}
    </td>
  );
}
