import { useTranslations } from 'next-intl';
import { KeySetFingerprint } from '@/components/sealing/key-set-fingerprint';
import { Hash } from '@/components/ui/hash';
import type { Seat } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { keySetDigest, type KeySet } from '@/lib/sealing/keyset';
import { SeatName } from './seat-name';

interface KeysetFingerprintProps {
  keySet: KeySet;
  /** 64 hex digits: what stands on chain. */
  hash: string;
  seats: readonly Seat[];
  /** Names by pseudonym; empty for the public. */
  people: Record<string, string>;
}

/** The opening committee: who holds the keys, how many must act together, and the fingerprint of their keys. */
export function KeysetFingerprint({ keySet, hash, seats, people }: KeysetFingerprintProps) {
  const t = useTranslations('tender.committee');
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-measure">{t('lead', { k: keySet.k, n: keySet.n })}</p>
      <ul className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3">
        {seats.map((seat) => (
          <li key={seat.index} className="bg-surface p-4">
            <p className="font-semibold">
              <SeatName seat={seat} seats={seats} />
            </p>
            <p className="text-ink-soft">{seat.organization.name}</p>
            {people[seat.person] ? <p className="text-sm text-ink-soft">{people[seat.person]}</p> : null}
          </li>
        ))}
      </ul>
      <div>
        <h3 className="mb-3 text-lg">{t('keys')}</h3>
        <KeySetFingerprint digest={toHex(keySetDigest(keySet))} />
      </div>
      <div>
        <p className="text-sm text-ink-soft">{t('fingerprint')}</p>
        <Hash value={hash} ends={10} />
      </div>
    </div>
  );
}
