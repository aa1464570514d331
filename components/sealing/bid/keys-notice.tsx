'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { checkKeys, type KeySetCheck } from '@/lib/browser/bid/check-keys';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import { KeySetFingerprint } from '../key-set-fingerprint';
import { usePlace, type BidPlaceProps } from './place';

/** Checks the committee's keys against the chain once for each key set; sealing checks them again. */
function useKeysCheck(props: BidPlaceProps): KeySetCheck {
  const [found, setFound] = useState<{ keyset: string; check: KeySetCheck } | null>(null);
  const { registry, ocid, keySet, keyset, signingKeys, readKeySetHash } = props;
  // What the page was given with this key set: at every rendering other objects that say the same.
  const [input, setInput] = useState({ registry, ocid, keySet, keyset, signingKeys, readKeySetHash });
  if (input.keyset !== keyset) setInput({ registry, ocid, keySet, keyset, signingKeys, readKeySetHash });
  useEffect(() => {
    let current = true;
    void checkKeys(input).then((check) => current && setFound({ keyset: input.keyset, check }));
    return () => {
      current = false;
    };
  }, [input]);
  return found?.keyset === keyset ? found.check : 'checking';
}

/** Whether the committee's keys are the chain's, and how to compare them with what a member says. */
export function KeysNotice() {
  const t = useTranslations('bid.keys');
  const errors = useTranslations('sealing.errors');
  const place = usePlace();
  const { keySet } = place;
  const check = useKeysCheck(place);
  const className = 'max-w-measure';
  if (check === 'checking') return <Notice className={className}>{t('checking')}</Notice>;
  if (check !== 'ok') {
    return (
      <Notice tone="bad" live title={t('bad')} className={className}>
        {errors(check)}
      </Notice>
    );
  }
  return (
    <div data-keys="ok">
      <Notice tone="ok" live className={className}>
        {t('ok', { k: keySet.k, n: keySet.n })}
      </Notice>
      <details className="max-w-3xl">
        <summary className="link min-h-11 w-fit cursor-pointer py-2">{t('compare')}</summary>
        <div className="pt-3">
          <KeySetFingerprint digest={toHex(keySetDigest(keySet))} />
        </div>
      </details>
    </div>
  );
}
