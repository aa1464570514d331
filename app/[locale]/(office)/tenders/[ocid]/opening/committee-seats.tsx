import { useTranslations } from 'next-intl';
import { SeatName } from '@/components/procedure/seat-name';
import { Tag } from '@/components/ui/tag';
import type { Seat } from '@/lib/procedure/state';

interface CommitteeSeatsProps {
  seats: readonly Seat[];
  people: Record<string, string>;
  /** Members whose shares are in; null where the reader may not know. */
  released: readonly string[] | null;
  /** The reader's own seat. */
  mine: number | null;
  /** Before the bids are closed on chain nobody can release anything. */
  begun: boolean;
  /** The bids are open: nobody is awaited any more. */
  over: boolean;
}

/** Who sits in the opening committee, and whose key shares are in. */
export function CommitteeSeats({ seats, people, released, mine, begun, over }: CommitteeSeatsProps) {
  const t = useTranslations('office.opening.seats');
  return (
    <ul className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3">
      {seats.map((seat) => {
        const done = released?.includes(seat.person) ?? false;
        return (
          <li
            key={seat.index}
            data-seat={seat.index}
            data-released={done}
            className="flex flex-col items-start gap-1 bg-surface p-5"
          >
            <p className="font-semibold">
              <SeatName seat={seat} seats={seats} />
              {seat.index === mine ? <span className="font-normal text-ink-soft"> · {t('you')}</span> : null}
            </p>
            <p className="text-ink-soft">{seat.organization.name}</p>
            {people[seat.person] ? <p className="text-sm text-ink-soft">{people[seat.person]}</p> : null}
            {released && begun ? (
              <Tag tone={done ? 'ok' : 'neutral'} className="mt-2">
                {t(done ? 'released' : over ? 'unneeded' : 'awaited')}
              </Tag>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
