'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { holds, type LeafProof, type TreeNode } from '@/lib/browser/tree/model';
import { toHex } from '@/lib/record/hex';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { short } from './short';

interface TreeProofProps {
  index: number;
  text: string;
  /** Hash of the leaf. */
  leaf: string;
  proof: LeafProof;
  anchored: TreeNode;
}

/** The proof of one document, step by step, and what it is worth against the anchored root. */
export function TreeProof({ index, text, leaf, proof, anchored }: TreeProofProps) {
  const t = useTranslations('treePlay');
  const [asked, setAsked] = useState(false);
  const number = index + 1;
  return (
    <section aria-labelledby="tree-proof" className="flex min-w-0 flex-col gap-3">
      <h3 id="tree-proof" className="text-base font-semibold">
        {t('proof', { number })}
      </h3>
      <p>{t('fingerprint', { hash: short(leaf) })}</p>
      {proof.steps.length === 0 ? (
        <p>{t('proofOnly')}</p>
      ) : (
        <>
          <ol className="list-decimal pl-6">
            {proof.steps.map(({ side, sibling, result }) => (
              <li key={toHex(result)} className="py-1">
                {t('step', { side, neighbour: short(toHex(sibling)), result: short(toHex(result)) })}
              </li>
            ))}
          </ol>
          <p>{t('toRoot')}</p>
        </>
      )}
      <p>
        <Button onClick={() => setAsked(true)}>{t('check')}</Button>
      </p>
      <div aria-live="polite">{asked ? <Verdict anchored={anchored} index={index} text={text} /> : null}</div>
    </section>
  );
}

function Verdict({ anchored, index, text }: Pick<TreeProofProps, 'anchored' | 'index' | 'text'>) {
  const t = useTranslations('treePlay');
  const number = index + 1;
  if (index >= anchored.end) return <Notice title={t('later')} />;
  return holds(anchored, index, text) ? (
    <Notice tone="ok" title={t('holds', { number })} />
  ) : (
    <Notice tone="bad" title={t('fails', { number })} />
  );
}
