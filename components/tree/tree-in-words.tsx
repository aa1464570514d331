'use client';

import { useTranslations } from 'next-intl';
import type { TreeNode } from '@/lib/browser/tree/model';
import { short } from './short';

interface TreeInWordsProps {
  tree: TreeNode;
  changed: ReadonlySet<string>;
}

/** The same tree as a list in lists, for those who do not see the picture. */
export function TreeInWords({ tree, changed }: TreeInWordsProps) {
  const t = useTranslations('treePlay');
  return (
    <details data-print="hide">
      <summary className="link min-h-11 cursor-pointer py-2.5">{t('list')}</summary>
      <ul className="mt-1 overflow-x-auto text-sm">
        <NodeInWords tree={tree} changed={changed} />
      </ul>
    </details>
  );
}

function NodeInWords({ tree, changed }: TreeInWordsProps) {
  const t = useTranslations('treePlay');
  const hash = short(tree.hash);
  return (
    <li className="py-0.5">
      {tree.children === null
        ? t('leaf', { hash, number: tree.end })
        : t('node', { hash, first: tree.start + 1, last: tree.end })}
      {changed.has(tree.key) ? <strong className="text-bad"> · {t('nodeChanged')}</strong> : null}
      {tree.children === null ? null : (
        <ul className="border-l border-line pl-4">
          {tree.children.map((child) => (
            <NodeInWords key={child.key} tree={child} changed={changed} />
          ))}
        </ul>
      )}
    </li>
  );
}
