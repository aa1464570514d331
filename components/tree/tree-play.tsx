'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { changedKeys, growTree, MOST_LEAVES, nodesOf, proofOf } from '@/lib/browser/tree/model';
import { Button } from '../ui/button';
import { DocumentRows } from './document-rows';
import { RootCompared } from './root-compared';
import { TreeInWords } from './tree-in-words';
import { TreePicture } from './tree-picture';
import { TreeProof } from './tree-proof';

/** Each document keeps its identity when another one is removed: what is typed stays under the cursor. */
export interface PlayDocument {
  id: number;
  text: string;
}

const FIRST = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8'] as const;

/** A small log to alter: documents, the tree over them, the root as it was anchored, and proofs. */
export function TreePlay() {
  const t = useTranslations('treePlay');
  const first = () => FIRST.map((key, id) => ({ id, text: t(key) }));
  const [documents, setDocuments] = useState<PlayDocument[]>(first);
  const [anchored, setAnchored] = useState(() => documents.map(({ text }) => text));
  const [next, setNext] = useState<number>(FIRST.length);
  const [chosen, setChosen] = useState(2);

  const tree = useMemo(() => growTree(documents.map(({ text }) => text)), [documents]);
  const before = useMemo(() => growTree(anchored), [anchored]);
  const changed = useMemo(() => changedKeys(tree, before), [tree, before]);
  // The last one may have been removed.
  const index = Math.min(chosen, documents.length - 1);
  const proof = useMemo(() => proofOf(tree, index), [tree, index]);

  const add = (): void => {
    setDocuments([...documents, { id: next, text: t('new', { number: documents.length + 1 }) }]);
    setNext(next + 1);
  };
  const reset = (): void => {
    const fresh = first();
    setDocuments(fresh);
    setAnchored(fresh.map(({ text }) => text));
    setChosen(2);
  };
  const full = documents.length >= MOST_LEAVES;

  return (
    <div className="flex min-w-0 flex-col gap-6" data-tree={tree.hash}>
      <TreePicture tree={tree} changed={changed} proof={proof} onChoose={setChosen} />
      <RootCompared tree={tree} anchored={before} changed={changed} />
      <div className="grid gap-x-14 gap-y-8 lg:grid-cols-2">
        <div className="min-w-0">
          <DocumentRows
            documents={documents}
            chosen={index}
            onChoose={setChosen}
            onText={(id, text) => setDocuments(documents.map((d) => (d.id === id ? { id, text } : d)))}
            onRemove={(id) => setDocuments(documents.filter((d) => d.id !== id))}
          />
          <div className="mt-4 flex flex-wrap gap-3">
            <Button variant="secondary" onClick={add} disabled={full}>
              {t('add')}
            </Button>
            <Button variant="secondary" onClick={() => setAnchored(documents.map(({ text }) => text))}>
              {t('anchor')}
            </Button>
            <Button variant="quiet" onClick={reset}>
              {t('reset')}
            </Button>
          </div>
          {full ? <p className="mt-2 text-sm text-ink-soft">{t('most', { count: MOST_LEAVES })}</p> : null}
        </div>
        <TreeProof
          // What was checked was this text, at this place, against this root.
          key={`${index} ${before.hash} ${tree.hash}`}
          index={index}
          text={documents[index]?.text ?? ''}
          leaf={nodesOf(tree).find(({ key }) => key === proof.path[0])?.hash ?? ''}
          proof={proof}
          anchored={before}
        />
      </div>
      <TreeInWords tree={tree} changed={changed} />
    </div>
  );
}
