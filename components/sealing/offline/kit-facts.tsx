'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hash } from '@/components/ui/hash';
import { formatDateTime } from '@/lib/i18n/format';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { KeySetFingerprint } from '../key-set-fingerprint';

/** What the kit says: which tender, until when, and to whose keys is sealed, to be compared by people. */
export function KitFacts({ kit }: { kit: SealingKit }) {
  const t = useTranslations('sealer.kit');
  const { keyset, keysetHash, chainId, contract, origin } = kit;
  return (
    <div className="flex flex-col gap-8">
      <dl className="max-w-3xl divide-y divide-line border-y border-line">
        <Fact label={t('tender')}>
          <strong lang={kit.language}>{kit.title}</strong>
        </Fact>
        <Fact label={t('ocid')}>
          <code className="font-mono text-sm break-all">{kit.ocid}</code>
        </Fact>
        <Fact label={t('registry')}>{origin}</Fact>
        <Fact label={t('due')}>
          <Due instant={kit.bidsDue} />
        </Fact>
        <Fact label={t('committee')}>{t('committeeOf', { k: keyset.k, n: keyset.n })}</Fact>
      </dl>
      <section aria-labelledby="compare" className="flex flex-col gap-4">
        <h3 id="compare" className="text-lg">
          {t('compareTitle')}
        </h3>
        <p className="max-w-measure">{t('compare')}</p>
        <KeySetFingerprint digest={toHex(keySetDigest(keyset))} />
        <details className="max-w-3xl">
          <summary className="link min-h-11 w-fit cursor-pointer py-2">{t('onChain')}</summary>
          <dl className="mt-2 divide-y divide-line border-y border-line">
            <Fact label={t('hash')}>
              <Hash value={keysetHash} full />
            </Fact>
            <Fact label={t('contract')}>
              <code className="font-mono text-sm break-all">{contract}</code>
            </Fact>
            <Fact label={t('chain')}>{chainId}</Fact>
          </dl>
          <p className="mt-3 max-w-measure text-sm text-ink-soft">{t('onChainHint')}</p>
        </details>
      </section>
    </div>
  );
}

/** In the reader's zone, and in UTC where that is another: nobody can be asked here which of them the notice means. */
function Due({ instant }: { instant: string }) {
  const locale = useLocale();
  const here = formatDateTime(instant, locale, null);
  const utc = formatDateTime(instant, locale);
  return (
    <>
      <strong>
        <time dateTime={instant}>{here}</time>
      </strong>{' '}
      {here === utc ? null : <span className="text-sm whitespace-nowrap text-ink-soft">({utc})</span>}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,15rem)_1fr]">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
