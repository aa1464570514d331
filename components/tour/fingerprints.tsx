'use client';

import { useTranslations } from 'next-intl';
import { differences } from '@/lib/browser/tour/fingerprint';
import { Digest } from './digest';
import { Play } from './play';

/** Both files' fingerprints, one under the other. */
export function Fingerprints() {
  const t = useTranslations('tourPlay');
  return (
    <Play action={t('compute')}>
      {({ original, twin }) => (
        <>
          <dl className="flex flex-col gap-4" data-tour="fingerprints">
            <Digest label={t('original')} value={original} />
            <Digest label={t('twin')} value={twin} other={original} />
          </dl>
          <p className="mt-4">{t('differ', { count: differences(twin, original), length: twin.length })}</p>
        </>
      )}
    </Play>
  );
}
