import { useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import type { Seat } from '@/lib/procedure/state';

interface KeysetFingerprintProps {
  /** 64 hex digits: what stands on chain. */
  hash: string;
  k: number;
  n: number;
  seats: readonly Seat[];
  /** Names by pseudonym; empty for the public. */
  people: Record<string, string>;
}

/** The opening committee: who holds the keys, how many must act together, and the fingerprint of their keys. */
export function KeysetFingerprint({ hash, k, n, seats, people }: KeysetFingerprintProps) {
  const t = useTranslations('tender.committee');
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-measure">{t('lead', { k, n })}</p>
      <ul className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3">
        {seats.map((seat) => (
          <li key={seat.index} className="bg-surface p-4">
            <p className="font-semibold">{t(`seats.${seat.seat as 'officer' | 'regulator' | 'observer'}`)}</p>
            <p className="text-ink-soft">{seat.organization.name}</p>
            {people[seat.person] ? <p className="text-sm text-ink-soft">{people[seat.person]}</p> : null}
          </li>
        ))}
      </ul>
      <div>
        <p className="text-sm text-ink-soft">{t('fingerprint')}</p>
        <Hash value={hash} ends={10} />
      </div>
    </div>
  );
}
