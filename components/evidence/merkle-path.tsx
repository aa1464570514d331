'use client';

import { useTranslations } from 'next-intl';
import type { Evidence } from '@/lib/evidence/format';
import { leafHash } from '@/lib/merkle/hash';
import { walkInclusion } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';

const ROW = 34;
const WIDTH = 300;
const MIDDLE = WIDTH / 2;
const SIDE = 96;
const BOX = { width: 62, height: 22 };

/** The walk from the record's leaf up to the root, with the neighbour that joins at each step. */
export function MerklePath({ evidence, commitment }: { evidence: Evidence; commitment: string }) {
  const t = useTranslations('verify.path');
  const { index, treeSize, rootHash, inclusionProof } = evidence.log;
  const leaf = leafHash(fromHex(commitment, 32));
  const walk = walkInclusion({
    leafHash: leaf,
    index,
    treeSize,
    rootHash: fromHex(rootHash, 32),
    proof: inclusionProof.map((hash) => fromHex(hash, 32)),
  });
  // A path that leads elsewhere is not drawn: the failed step says so, and a picture would suggest otherwise.
  if (!walk.ok) return null;
  const nodes = [leaf, ...walk.steps.map(({ result }) => result)].map(toHex);
  const height = nodes.length * ROW + 16;
  const y = (level: number) => height - 20 - level * ROW;
  const caption = t('caption', { index, size: treeSize, count: walk.steps.length });
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={caption} className="w-full max-w-80">
        {walk.steps.map(({ side, sibling }, level) => {
          const x = side === 'left' ? MIDDLE - SIDE : MIDDLE + SIDE;
          return (
            <g key={level}>
              <path
                d={`M${MIDDLE} ${y(level)}V${y(level + 1)}M${x} ${y(level)}L${MIDDLE} ${y(level + 1)}`}
                className="stroke-line-strong"
                fill="none"
              />
              <Node x={x} y={y(level)} label={toHex(sibling).slice(0, 6)} tone="sibling" />
            </g>
          );
        })}
        {nodes.map((hash, level) => (
          <Node
            key={hash}
            x={MIDDLE}
            y={y(level)}
            label={hash.slice(0, 6)}
            tone={level === 0 || level === nodes.length - 1 ? 'end' : 'path'}
          />
        ))}
        <Word x={MIDDLE} y={y(0)} shown={walk.steps[0]?.side === 'right' ? 'before' : 'after'}>
          {t('leaf')}
        </Word>
        {nodes.length > 1 ? (
          <Word x={MIDDLE} y={y(nodes.length - 1)} shown="after">
            {t('root')}
          </Word>
        ) : null}
      </svg>
      <figcaption className="mt-2 text-sm text-ink-soft">{caption}</figcaption>
    </figure>
  );
}

interface NodeProps {
  x: number;
  y: number;
  label: string;
  tone: 'end' | 'path' | 'sibling';
}

const fills: Record<NodeProps['tone'], string> = {
  end: 'fill-accent stroke-accent',
  path: 'fill-accent-soft stroke-accent',
  sibling: 'fill-surface stroke-line-strong',
};

function Node({ x, y, label, tone }: NodeProps) {
  return (
    <g>
      <rect
        x={x - BOX.width / 2}
        y={y - BOX.height / 2}
        width={BOX.width}
        height={BOX.height}
        rx="3"
        className={fills[tone]}
      />
      <text
        x={x}
        y={y + 4}
        textAnchor="middle"
        className={`font-mono text-[11px] ${tone === 'end' ? 'fill-accent-ink' : 'fill-ink'}`}
      >
        {label}
      </text>
    </g>
  );
}

function Word({
  x,
  y,
  shown,
  children,
}: {
  x: number;
  y: number;
  shown: 'before' | 'after';
  children: string;
}) {
  const gap = BOX.width / 2 + 6;
  return (
    <text
      x={shown === 'after' ? x + gap : x - gap}
      y={y + 4}
      textAnchor={shown === 'after' ? 'start' : 'end'}
      className="fill-ink-soft text-[12px]"
    >
      {children}
    </text>
  );
}
