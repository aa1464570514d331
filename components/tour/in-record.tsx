'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '../ui/notice';
import { Digest } from './digest';
import { Play } from './play';
import { useTour } from './tour-provider';

/** Holds what was computed against what the record names. */
export function InRecord() {
  const t = useTranslations('tourPlay');
  const { facts } = useTour();
  return (
    <Play action={t('look')}>
      {({ original, twin }) => (
        <div className="flex flex-col gap-4">
          <dl>
            <Digest label={t('recorded')} value={facts.recorded} />
          </dl>
          {(['original', 'twin'] as const).map((which) => {
            const digest = which === 'original' ? original : twin;
            const found = digest === facts.recorded;
            return (
              <Notice key={which} tone={found ? 'ok' : 'bad'} title={t(which)} className="flex-1">
                <p className="break-all font-mono text-sm">{digest}</p>
                <p>{t(found ? 'found' : 'absent')}</p>
              </Notice>
            );
          })}
        </div>
      )}
    </Play>
  );
}
