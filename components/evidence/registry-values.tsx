'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Hash } from '../ui/hash';
import { Notice } from '../ui/notice';
import { SummaryList } from '../ui/summary-list';

interface RegistryValuesProps {
  registry: RegistryDescriptor;
  embedded: boolean;
  /** Whose word the values are. */
  source?: ReactNode;
  /** What the reader can do about it. */
  children?: ReactNode;
}

/** What proofs are checked against, said openly. It stands in the page before any program runs. */
export function RegistryValues({ registry, embedded, source, children }: RegistryValuesProps) {
  const t = useTranslations('verify');
  const rows = [
    { key: 'origin', label: t('registry.origin'), value: registry.origin },
    {
      key: 'logKey',
      label: t('registry.logKey'),
      value: <code className="break-all font-mono text-sm">{registry.logKey}</code>,
    },
    { key: 'chainId', label: t('registry.chainId'), value: String(registry.chainId) },
    { key: 'contract', label: t('registry.contract'), value: <Hash value={registry.contract} full /> },
    { key: 'codeHash', label: t('registry.codeHash'), value: <Hash value={registry.codeHash} full /> },
    { key: 'confirmations', label: t('registry.confirmations'), value: String(registry.confirmations) },
  ];
  return (
    <section aria-labelledby="trusted" className="flex flex-col gap-5 border-t border-line pt-8">
      <h2 id="trusted" className="text-xl">
        {t('registry.title')}
      </h2>
      {embedded ? <Notice tone="warn">{t('registry.embedded')}</Notice> : null}
      <div className="prose">
        <p>{t('registry.intro')}</p>
        <p>{t('registry.honest')}</p>
      </div>
      {source}
      <SummaryList rows={rows} />
      {children}
      <p>
        <a href="/spec/evidence.md" className="link">
          {t('registry.specification')}
        </a>
      </p>
    </section>
  );
}
