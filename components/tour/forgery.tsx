'use client';

import { useTranslations } from 'next-intl';
import { climb, forge } from '@/lib/browser/tour/climb';
import { Notice } from '../ui/notice';
import { Digest } from './digest';
import { Play } from './play';
import { useTour } from './tour-provider';

/** The same way with a record that names the altered copy: it ends at another root. */
export function Forgery() {
  const t = useTranslations('tourPlay');
  const { recorded, log } = useTour().facts;
  return (
    <Play action={t('forge')}>
      {({ saltedEntry, twin, neighbours, way }) => {
        const forged = climb(forge(saltedEntry, recorded, twin), neighbours);
        return (
          <div className="flex flex-col gap-4">
            <dl className="flex flex-col gap-4">
              <Digest label={t('forgedLeaf')} value={forged.leaf} other={way.leaf} />
              <Digest label={t('forgedRoot')} value={forged.root} other={log.rootHash} />
              <Digest label={t('trueRoot')} value={log.rootHash} />
            </dl>
            {forged.root === log.rootHash ? null : <Notice tone="bad" title={t('elsewhere')} />}
          </div>
        );
      }}
    </Play>
  );
}
