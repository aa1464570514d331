'use client';

import { useTranslations } from 'next-intl';
import { Digest } from './digest';
import { Play } from './play';
import { useTour } from './tour-provider';

/** The record's own fingerprint, and the leaf that it becomes. */
export function Leaf() {
  const t = useTranslations('tourPlay');
  const { log } = useTour().facts;
  return (
    <Play action={t('computeLeaf')}>
      {({ way, saltedEntry }) => (
        <dl className="flex flex-col gap-4">
          <Digest label={t('commitment', { bytes: saltedEntry.length })} value={way.commitment} />
          <Digest label={t('leaf', { index: log.index })} value={way.leaf} />
        </dl>
      )}
    </Play>
  );
}
