'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { growsFrom, type TreeNode } from '@/lib/browser/tree/model';
import { Notice } from '../ui/notice';

interface RootComparedProps {
  tree: TreeNode;
  anchored: TreeNode;
  changed: ReadonlySet<string>;
}

/** The root now beside the one that was anchored, and what follows from their difference. */
export function RootCompared({ tree, anchored, changed }: RootComparedProps) {
  const t = useTranslations('treePlay');
  const outcome = tree.hash === anchored.hash ? 'same' : growsFrom(tree, anchored) ? 'grown' : 'different';
  const spoken = useSettled(`${t(outcome)} ${t('now')}: ${tree.hash.slice(0, 6)}`);
  return (
    <div data-outcome={outcome} data-changed={changed.size}>
      <Notice tone={outcome === 'same' ? 'ok' : outcome === 'grown' ? 'info' : 'bad'} title={t(outcome)}>
        <dl className="mt-1 text-sm">
          <dt className="text-ink-soft">{t('anchored')}</dt>
          <dd className="break-all font-mono">{anchored.hash}</dd>
          <dt className="mt-1 text-ink-soft">{t('now')}</dt>
          <dd className="break-all font-mono">{tree.hash}</dd>
        </dl>
      </Notice>
      <p role="status" aria-live="polite" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}

/** A text once it has not changed for a second: not every key that is pressed is read out. Nothing at first. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState({ first: text, text: '' });
  useEffect(() => {
    const timer = setTimeout(
      () => setSettled((was) => (was.text === '' && was.first === text ? was : { first: '', text })),
      1000,
    );
    return () => clearTimeout(timer);
  }, [text]);
  return settled.text;
}
