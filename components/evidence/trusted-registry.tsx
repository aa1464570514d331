'use client';

import { useTranslations } from 'next-intl';
import type { Kept, Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Button } from '../ui/button';
import { Hash } from '../ui/hash';
import { Notice } from '../ui/notice';
import { SummaryList } from '../ui/summary-list';
import { TextInput } from '../ui/text-input';
import { OwnCopy, TrustSource } from './trust-source';

interface TrustedRegistryProps {
  trust: Trust;
  kept: Kept;
  embedded: boolean;
  node: string;
  nodeError: boolean;
  /** The registry's own node; null when it offers none. */
  ownNode: string | null;
  onNode: (url: string) => void;
  onOwn: (copy: RegistryDescriptor | null) => void;
  onPin: (registry: RegistryDescriptor) => void;
}

/** What proofs are checked against, said openly: the descriptor, whose word it is, and the node. The reader may change both. */
export function TrustedRegistry(props: TrustedRegistryProps) {
  const { trust, kept, embedded, node, nodeError, ownNode, onNode, onOwn, onPin } = props;
  const t = useTranslations('verify');
  const { registry } = trust;
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
        {kept.state === 'unavailable' ? null : <p>{t('pin.limits')}</p>}
      </div>
      <TrustSource trust={trust} kept={kept} />
      <SummaryList rows={rows} />
      <OwnCopy trust={trust} kept={kept} onOwn={onOwn} onPin={onPin} />
      <div data-print="hide" className="flex max-w-measure flex-col items-start gap-3">
        <div className="w-full">
          <TextInput
            name="node"
            label={t('node.label')}
            hint={t('node.hint')}
            error={nodeError ? t('node.invalid') : undefined}
            optional
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={node}
            onChange={(event) => onNode(event.target.value)}
          />
        </div>
        {ownNode !== null && ownNode !== node ? (
          <Button variant="secondary" onClick={() => onNode(ownNode)}>
            {t('node.reset')}
          </Button>
        ) : null}
      </div>
      <p>
        <a href="/spec/evidence.md" className="link">
          {t('registry.specification')}
        </a>
      </p>
    </section>
  );
}
