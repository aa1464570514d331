import { useTranslations } from 'next-intl';
import type { COMMITTEE_SEATS } from '@/lib/record/catalogue';

/** A seat as records have it, or as a room shows it. */
interface Named {
  index: number;
  seat: string;
  deputyFor?: number | null | undefined;
  organization: { name: string } | string;
}

interface SeatNameProps {
  seat: Named;
  /** All of the committee: a deputy names the member that it stands in for. */
  seats: readonly Named[];
}

/** A seat in words: "Regulator", "Deputy (Regulator, Oversight Office)". */
export function SeatName({ seat, seats }: SeatNameProps) {
  const t = useTranslations('tender.committee');
  const principal = seats.find((other) => other.index === seat.deputyFor);
  const inWords = ({ seat: kind }: Named) => t(`seats.${kind as (typeof COMMITTEE_SEATS)[number]}`);
  if (!principal) return <>{inWords(seat)}</>;
  const { organization } = principal;
  const name = typeof organization === 'string' ? organization : organization.name;
  return <>{t('deputyOf', { seat: inWords(principal), organization: name })}</>;
}
