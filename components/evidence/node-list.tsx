'use client';

import { useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';
import type { ChainReport, NodeReport } from '@/lib/browser/verify/agreeing-reader';
import { Notice } from '../ui/notice';

/** Address of the node that the registry offers; null when it offers none. */
export const OwnNode = createContext<string | null>(null);

/** Which nodes were asked about the chain, and what each of them said. */
export function NodeList({ report }: { report: ChainReport }) {
  const t = useTranslations('verify.nodes');
  const own = useContext(OwnNode);
  const { nodes, question } = report;
  return (
    <section data-nodes={question === null ? 'agree' : 'disagree'}>
      <h3 className="mb-2 text-lg">{t('title', { count: nodes.length })}</h3>
      {question === null ? null : (
        <Notice tone="bad" className="mb-3">
          <p>{t('disagree')}</p>
          <p className="mt-1 text-sm break-all">{t('question', { question })}</p>
        </Notice>
      )}
      <ul className="divide-y divide-line border-y border-line">
        {nodes.map((node) => (
          <li key={node.name} className="py-3">
            <p className="font-semibold break-all">{node.name}</p>
            {node.name === own ? <p className="text-sm text-ink-soft">{t('own')}</p> : null}
            <Said node={node} block={report.block} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ node, block }: { node: NodeReport; block: number | null }) {
  const t = useTranslations('verify.nodes');
  const { fault, head, blockHash, answer } = node;
  if (fault !== null && head === null)
    return <p className="text-sm text-bad break-words">{t('fault', { reason: fault })}</p>;
  const compared = block ?? head;
  return (
    <div className="text-sm">
      {head === null ? null : <p>{t('head', { head })}</p>}
      {blockHash === null || compared === null ? null : (
        <p className="break-all">
          {t('block', { block: compared })} <code className="font-mono">{blockHash}</code>
        </p>
      )}
      {fault === null ? null : <p className="break-words">{t('partly', { reason: fault })}</p>}
      {answer === null ? null : (
        <p className="break-all">
          {t('answer')} <code className="font-mono">{answer}</code>
        </p>
      )}
    </div>
  );
}
