'use client';

import { useTranslations } from 'next-intl';
import { SeatName } from '@/components/procedure/seat-name';
import { LocalTime } from '@/components/ui/local-time';
import { Tag } from '@/components/ui/tag';
import type { RoomSeat } from '@/lib/procedure/opening-room';
import { useInRoom } from './room-provider';

interface RoomSeatsProps {
  /** Names by seat, only where the reader's role may know them. */
  people: Record<number, string>;
  /** The reader's own seat. */
  mine: number | null;
}

/** Who sits in the opening committee, who of them is here, and whose key shares are in. */
export function RoomSeats({ people, mine }: RoomSeatsProps) {
  const { seats } = useInRoom().room;
  return (
    <ul className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-3">
      {seats.map((seat) => (
        <li
          key={seat.index}
          data-seat={seat.index}
          data-released={seat.released !== null}
          data-here={seat.here}
          className="flex flex-col items-start gap-1 bg-surface p-5"
        >
          <SeatHead seat={seat} mine={seat.index === mine} />
          <p className="text-ink-soft">{seat.organization}</p>
          {people[seat.index] ? <p className="text-sm text-ink-soft">{people[seat.index]}</p> : null}
          <SeatFacts seat={seat} />
        </li>
      ))}
    </ul>
  );
}

function SeatHead({ seat, mine }: { seat: RoomSeat; mine: boolean }) {
  const t = useTranslations('opening.seats');
  const { seats } = useInRoom().room;
  return (
    <div className="flex w-full flex-wrap items-baseline justify-between gap-x-3">
      <p className="font-semibold">
        <SeatName seat={seat} seats={seats} />
        {mine ? <span className="font-normal text-ink-soft"> · {t('you')}</span> : null}
      </p>
      {seat.here ? (
        <span className="inline-flex items-center gap-1.5 text-sm font-semibold text-ok" data-print="hide">
          <span aria-hidden="true" className="size-2 rounded-full bg-current" />
          {t('here')}
        </span>
      ) : null}
    </div>
  );
}

/** What of this seat is on record, and whether its shares are awaited. */
function SeatFacts({ seat }: { seat: RoomSeat }) {
  const t = useTranslations('opening.seats');
  const { state } = useInRoom().room;
  const begun = state === 'shares' || state === 'opening' || state === 'opened';
  const fact = (key: 'attended' | 'signed', instant: string | null) =>
    instant ? <li>{t.rich(key, { time: () => <LocalTime instant={instant} /> })}</li> : null;
  return (
    <>
      {begun ? (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-2 text-sm text-ink-soft">
          <Tag tone={seat.released ? 'ok' : 'neutral'}>
            {t(seat.released ? 'released' : state === 'shares' ? 'awaited' : 'unneeded')}
          </Tag>
          {seat.released ? <LocalTime instant={seat.released} /> : null}
        </p>
      ) : null}
      <ul className="text-sm text-ink-soft empty:hidden">
        {fact('attended', seat.attended)}
        {fact('signed', seat.signed)}
      </ul>
    </>
  );
}
