'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Climb, Join } from '@/lib/browser/tour/climb';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { JoinPicture, SHOWN } from './join-picture';
import { Play } from './play';
import { useTour } from './tour-provider';

const short = (hash: string) => `${hash.slice(0, SHOWN)}…`;

/** The way from the leaf to the root, a step at a time. */
export function PathWalk() {
  const t = useTranslations('tourPlay');
  return <Play action={t('begin')}>{({ way }) => <Walk way={way} />}</Play>;
}

function Walk({ way: { leaf, joins, root } }: { way: Climb }) {
  const t = useTranslations('tourPlay');
  const { index, treeSize } = useTour().facts.log;
  const [taken, setTaken] = useState(1);
  const arrived = taken >= joins.length;
  return (
    <div className="flex flex-col gap-5">
      <p>{t('start', { index, size: treeSize, leaf: short(leaf) })}</p>
      <ol className="flex flex-col gap-6">
        {joins.map((join, at) => (
          // On paper there is nothing to press: all of them are there.
          <li key={join.result} className={at < taken ? undefined : 'hidden print:list-item'}>
            <JoinPicture join={join} />
            <Sentence join={join} step={at + 1} />
          </li>
        ))}
      </ol>
      {arrived ? (
        <Notice tone="ok" title={t('arrived', { count: joins.length })}>
          <p className="break-all font-mono text-sm">{root}</p>
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {arrived ? (
          <Button variant="secondary" onClick={() => setTaken(1)}>
            {t('again')}
          </Button>
        ) : (
          <>
            <Button onClick={() => setTaken(taken + 1)}>{t('next')}</Button>
            <Button variant="secondary" onClick={() => setTaken(joins.length)}>
              {t('all')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Sentence({ join, step }: { join: Join; step: number }) {
  const t = useTranslations('tourPlay');
  const side = join.ours === 'left' ? 'right' : 'left';
  return (
    <p className="mt-2 text-sm">
      {t('join', {
        step,
        side,
        ours: short(join[join.ours]),
        neighbour: short(join[side]),
        result: short(join.result),
      })}
    </p>
  );
}
