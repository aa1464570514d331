'use client';

import { useTranslations } from 'next-intl';
import type { NamedNodes } from '@/lib/browser/verify/ask-nodes';
import type { Kept, Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Button } from '../ui/button';
import { TextArea } from '../ui/text-area';
import { RegistryValues } from './registry-values';
import { OwnCopy, TrustSource } from './trust-source';

interface TrustedRegistryProps {
  trust: Trust;
  kept: Kept;
  embedded: boolean;
  /** Addresses of nodes as the reader wrote them, one a line. */
  nodes: string;
  named: NamedNodes;
  /** The registry's own node; null when it offers none. */
  ownNode: string | null;
  onNodes: (text: string) => void;
  onOwn: (copy: RegistryDescriptor | null) => void;
  onPin: (registry: RegistryDescriptor) => void;
}

/** What proofs are checked against: the descriptor, whose word it is, and the nodes. The reader may change both. */
export function TrustedRegistry(props: TrustedRegistryProps) {
  const { trust, kept, embedded, onOwn, onPin } = props;
  const t = useTranslations('verify');
  return (
    <RegistryValues
      registry={trust.registry}
      embedded={embedded}
      source={
        <>
          {kept.state === 'unavailable' ? null : <p className="max-w-measure">{t('pin.limits')}</p>}
          <TrustSource trust={trust} kept={kept} />
        </>
      }
    >
      <OwnCopy trust={trust} kept={kept} onOwn={onOwn} onPin={onPin} />
      <Nodes {...props} />
    </RegistryValues>
  );
}

function Nodes({ nodes, named, ownNode, onNodes }: TrustedRegistryProps) {
  const t = useTranslations('verify.node');
  const { urls, unusable } = named;
  const onlyOwn = urls.length === 1 && urls[0] === ownNode;
  return (
    <div data-print="hide" className="flex max-w-measure flex-col items-start gap-3">
      <div className="w-full">
        <TextArea
          name="node"
          label={t('label')}
          hint={t('hint')}
          error={unusable.length > 0 ? t('invalid', { lines: unusable.join(', ') }) : undefined}
          optional
          rows={3}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={nodes}
          onChange={(event) => onNodes(event.target.value)}
        />
      </div>
      {ownNode !== null && urls.includes(ownNode) ? (
        <p className="text-sm text-ink-soft">
          <code className="break-all font-mono">{ownNode}</code>: {t('own')} {onlyOwn ? t('onlyOwn') : null}
        </p>
      ) : null}
      {ownNode !== null && !onlyOwn ? (
        <Button variant="secondary" onClick={() => onNodes(ownNode)}>
          {t('reset')}
        </Button>
      ) : null}
    </div>
  );
}
