'use client';

import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import { useInRoom } from './room-provider';

const tones = {
  connecting: 'bg-sunken text-ink-soft',
  live: 'bg-ok-soft text-ok',
  lost: 'bg-warn-soft text-warn',
  polling: 'bg-sunken text-ink-soft',
};

/** Whether the page hears of what happens at once. */
export function RoomLink() {
  const t = useTranslations('opening.link');
  const { link, live } = useInRoom();
  if (!live) return null;
  return (
    <p
      role="status"
      data-print="hide"
      data-link={link}
      className={classNames(
        'inline-flex items-center gap-2 rounded-sm px-2 py-0.5 text-sm font-semibold leading-snug',
        tones[link],
      )}
    >
      <span
        aria-hidden="true"
        className={classNames('size-2 rounded-full bg-current', link !== 'live' && 'opacity-50')}
      />
      {t(link)}
    </p>
  );
}
