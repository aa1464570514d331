'use client';

import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import { sharesIn, type Room } from '@/lib/procedure/opening-room';
import { useInRoom } from './room-provider';

const STEPS = ['due', 'closed', 'shares', 'opened', 'signed'] as const;
type Step = (typeof STEPS)[number];

/** How many steps are behind us in each state. */
const DONE: Record<Room['state'], number> = {
  open: 0,
  closing: 1,
  waiting: 2,
  shares: 2,
  opening: 3,
  opened: 4,
  unsuccessful: 2,
};

const signedBy = ({ seats }: Room): number => seats.filter((seat) => seat.signed !== null).length;

/** The five steps of every opening, and which of them is under way. */
export function RoomSteps() {
  const t = useTranslations('opening.steps');
  const { room } = useInRoom();
  const done = DONE[room.state];
  // Deputies stand in for somebody: one signs, and one releases, for each seat.
  const seats = room.seats.filter((seat) => seat.deputyFor === null).length;
  const note: Partial<Record<Step, string>> = {
    shares: t('count', { count: Math.min(sharesIn(room), room.needed), all: room.needed }),
    signed: t('count', { count: Math.min(signedBy(room), seats), all: seats }),
  };
  return (
    <ol aria-label={t('title')} className="grid gap-2 sm:grid-cols-5 sm:gap-3">
      {STEPS.map((step, index) => {
        const current = index === done && room.state !== 'unsuccessful';
        return (
          <li
            key={step}
            aria-current={current ? 'step' : undefined}
            className={classNames(
              'flex items-baseline justify-between gap-3 border-l-4 py-1 pl-3 sm:flex-col sm:gap-0 sm:border-l-0 sm:border-t-4 sm:pl-0 sm:pt-2',
              index < done || current ? 'border-accent' : 'border-line',
            )}
          >
            <span className={classNames('text-sm', current ? 'font-semibold' : 'text-ink-soft')}>
              {t(step)}
              {index < done ? <span aria-hidden="true"> ✓</span> : null}
            </span>
            {note[step] && index >= 2 && index <= done ? (
              <span className="text-sm text-ink-soft">{note[step]}</span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
