'use client';

import { useTranslations } from 'next-intl';
import type { NamedNodes } from '@/lib/browser/verify/ask-nodes';
import { Button } from '../ui/button';
import { TextArea } from '../ui/text-area';

export interface NodesFieldProps {
  /** Addresses of nodes as the reader wrote them, one a line. */
  nodes: string;
  named: NamedNodes;
  /** The registry's own node; null when it offers none. */
  ownNode: string | null;
  onNodes: (text: string) => void;
}

/** The nodes that are asked about the chain: the reader's choice, and what the registry's own one is worth. */
export function NodesField({ nodes, named, ownNode, onNodes }: NodesFieldProps) {
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
