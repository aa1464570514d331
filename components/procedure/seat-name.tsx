import { useTranslations } from 'next-intl';
import type { Seat } from '@/lib/procedure/state';

interface SeatNameProps {
  seat: Seat;
  /** All of the committee: a deputy names the member that it stands in for. */
  seats: readonly Seat[];
}

/** A seat in words: "Regulator", "Deputy (Regulator, Oversight Office)". */
export function SeatName({ seat, seats }: SeatNameProps) {
  const t = useTranslations('tender.committee');
  const principal = seats.find((other) => other.index === seat.deputyFor);
  if (!principal) return <>{t(`seats.${seat.seat}`)}</>;
  const { name } = principal.organization;
  return <>{t('deputyOf', { seat: t(`seats.${principal.seat}`), organization: name })}</>;
}
