import { useLocale, useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import { formatDuration } from '@/lib/i18n/format';
import type { RegistryStatus } from '@/lib/server/queries/status';

interface Station {
  key: 'filed' | 'log' | 'chain';
  /** What stands here. */
  value: string;
  /** How old, or what waits to go on. */
  notes: string[];
  /** Nothing waits longer here than it may. */
  fine: boolean;
}

/** The way of a record from filing to the chain, with what waits at each station: across a wide screen, down a phone. */
export function RecordWay({ status }: { status: RegistryStatus }) {
  const t = useTranslations('status.way');
  const locale = useLocale();
  const { filings, oldestFiling, treeSize, checkpointTime, lastAnchor, unanchored, oldestUnanchored } =
    status;
  const span = (time: number) => formatDuration(status.now - time, locale);
  const lateParts = status.parts.filter(({ state }) => state === 'down').map(({ part }) => part);
  const stations: Station[] = [
    {
      key: 'filed',
      value:
        oldestFiling === null
          ? t('filed.none')
          : t('filed.waiting', { count: filings, duration: span(oldestFiling) }),
      notes: [],
      fine: !lateParts.includes('sequencer'),
    },
    {
      key: 'log',
      value: t('log.size', { count: treeSize }),
      notes: checkpointTime === null ? [] : [t('log.checkpoint', { duration: span(checkpointTime) })],
      fine: !lateParts.includes('anchorer') && !lateParts.includes('chain'),
    },
    {
      key: 'chain',
      value: lastAnchor ? t('chain.size', { count: lastAnchor.treeSize }) : t('chain.none'),
      notes: [
        ...(lastAnchor ? [t('chain.ago', { duration: span(lastAnchor.time) })] : []),
        ...(oldestUnanchored === null
          ? treeSize > 0
            ? [t('chain.all')]
            : []
          : [t('chain.waiting', { count: unanchored, duration: span(oldestUnanchored) })]),
      ],
      fine: true,
    },
  ];
  return (
    <ol aria-label={t('title')} className="flex flex-col md:flex-row">
      {stations.map((station, index) => (
        <Stop key={station.key} station={station} last={index === stations.length - 1} />
      ))}
    </ol>
  );
}

function Stop({ station: { key, value, notes, fine }, last }: { station: Station; last: boolean }) {
  const t = useTranslations('status.way');
  return (
    <li className="relative flex min-w-0 gap-4 pb-6 last:pb-0 md:flex-1 md:flex-col md:gap-3 md:pb-0 md:pr-6 md:last:pr-0">
      {last ? null : (
        // The way on from here: whole where it is open, broken where something does not get through.
        <span
          aria-hidden="true"
          className={classNames(
            'absolute bottom-0 left-[0.5625rem] top-4 border-l-2 md:bottom-auto md:left-4 md:right-0 md:top-[0.5625rem] md:border-l-0 md:border-t-2',
            fine ? 'border-accent' : 'border-dashed border-bad',
          )}
        />
      )}
      <span
        aria-hidden="true"
        className={classNames(
          'z-10 mt-0 size-5 shrink-0 rounded-full border-[5px] bg-surface',
          fine ? 'border-accent' : 'border-bad',
        )}
      />
      <div className="min-w-0">
        <p className="text-sm font-semibold text-ink-soft">{t(`${key}.title`)}</p>
        <p className="font-semibold">{value}</p>
        {notes.map((note) => (
          <p key={note} className="text-sm text-ink-soft">
            {note}
          </p>
        ))}
      </div>
    </li>
  );
}
