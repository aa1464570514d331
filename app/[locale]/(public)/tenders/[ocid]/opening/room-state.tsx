'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { formatDuration, formatExactTime } from '@/lib/i18n/format';
import { sharesIn } from '@/lib/procedure/opening-room';
import { useInRoom } from './room-provider';

/** Where the opening stands, in words that can be read from the back of the room. */
export function RoomState() {
  return (
    <section
      aria-live="polite"
      data-testid="room-state"
      className="flex flex-col gap-3 rounded-lg border border-line border-l-4 border-l-accent bg-surface p-5 sm:p-8"
    >
      <Standing />
      <PutOffs />
    </section>
  );
}

function Words({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <>
      <p className="text-2xl font-semibold sm:text-3xl">{title}</p>
      <p className="max-w-measure text-ink-soft">{children}</p>
    </>
  );
}

function Standing() {
  const t = useTranslations('opening.state');
  const { room, now, report, read } = useInRoom();
  const { state, bidsDue, needed, replaced } = room;
  // The stream tells of the due time a moment after it.
  if (state === 'open' && now < Date.parse(bidsDue)) return <UntilDue />;
  if (state === 'open' || state === 'closing') return <Words title={t('closing')}>{t('closingBody')}</Words>;
  if (state === 'shares')
    return (
      <Words title={t('shares', { count: sharesIn(room), needed })}>
        {t('sharesBody', { needed })} {replaced ? t('replaced') : null}
      </Words>
    );
  if (state === 'opening')
    return (
      <Words title={t('opening')}>
        {t('openingBody')} {replaced ? t('replaced') : null}
      </Words>
    );
  if (state !== 'opened') return <Words title={t(state)}>{t(`${state}Body`)}</Words>;
  const count = report?.bids.length ?? 0;
  return read < count ? (
    <ReadingOut read={read} count={count} />
  ) : (
    <Words title={t('opened')}>{t('openedBody', { count })}</Words>
  );
}

/** The countdown, by the server's clock: read out by nobody, as it changes every second. */
function UntilDue() {
  const t = useTranslations('opening.state');
  const locale = useLocale();
  const { room, now } = useInRoom();
  return (
    <>
      <p className="text-lg text-ink-soft">{t('open')}</p>
      <p
        role="timer"
        aria-live="off"
        suppressHydrationWarning
        className="text-3xl font-semibold tracking-tight sm:text-4xl"
      >
        {formatDuration(Date.parse(room.bidsDue) - now, locale)}
      </p>
      <p className="text-ink-soft">
        <time dateTime={room.bidsDue}>{t('due', { time: formatExactTime(room.bidsDue, locale) })}</time>
        <span aria-live="off" data-print="hide" suppressHydrationWarning className="block">
          {t('now', { time: formatExactTime(now, locale) })}
        </span>
      </p>
    </>
  );
}

function ReadingOut({ read, count }: { read: number; count: number }) {
  const t = useTranslations('opening.state');
  const { showAll } = useInRoom();
  return (
    // The bids themselves are read to those who listen, one by one; the counting would only talk over them.
    <div aria-live="off" className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="flex flex-col gap-3">
        <Words title={t('reading', { read, count })}>{t('readingBody')}</Words>
      </div>
      <Button variant="secondary" onClick={showAll}>
        {t('showAll')}
      </Button>
    </div>
  );
}

/** Postponed, or the tenderers are asked for their seeds: said while it still holds. */
function PutOffs() {
  const t = useTranslations('opening.state');
  const { room, now } = useInRoom();
  if (room.state !== 'shares' && room.state !== 'opening') return null;
  return (['postponed', 'seedsRequested'] as const).map((which) => {
    const found = room[which];
    if (!found || Date.parse(found.until) <= now) return null;
    return (
      <p key={which} className="max-w-measure rounded-md bg-warn-soft px-4 py-3">
        {t.rich(which, { time: () => <LocalTime instant={found.until} />, reason: found.reason })}
      </p>
    );
  });
}
