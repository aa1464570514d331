'use client';

import { useTranslations } from 'next-intl';
import { nodesOf, type LeafProof, type TreeNode } from '@/lib/browser/tree/model';
import { classNames } from '../ui/class-names';
import { short } from './short';

const COLUMN = 80;
const ROW = 58;
const BOX = { width: 68, height: 26 };
const TOP = 24;

interface TreePictureProps {
  tree: TreeNode;
  changed: ReadonlySet<string>;
  proof: LeafProof;
  /** A leaf was pressed. The buttons beside the documents do the same for the keyboard. */
  onChoose: (index: number) => void;
}

/** The tree as a drawing of fixed size, which scrolls inside its own box where the screen is narrow. */
export function TreePicture({ tree, changed, proof, onChoose }: TreePictureProps) {
  const t = useTranslations('treePlay');
  const nodes = nodesOf(tree);
  const width = Math.max(tree.end, 3) * COLUMN;
  const height = tree.height * ROW + TOP + BOX.height + 28;
  // A tree of one or two leaves stands in the middle.
  const shift = (width - tree.end * COLUMN) / 2;
  const x = (node: TreeNode) => shift + node.x * COLUMN;
  const y = (node: TreeNode) => TOP + (tree.height - node.height) * ROW + BOX.height / 2;
  const path = new Set(proof.path);
  const neighbours = new Set(proof.neighbours);
  const counts = { leaves: tree.end, root: short(tree.hash), changed: changed.size, nodes: nodes.length };
  return (
    <figure className="min-w-0">
      <div
        role="region"
        aria-label={t('picture')}
        tabIndex={0}
        className="overflow-x-auto rounded-lg border border-line bg-surface p-3 sm:p-5 print:overflow-visible"
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="img"
          aria-label={t('pictureAlt', counts)}
          className="mx-auto max-w-none print:h-auto print:max-w-full"
        >
          {nodes.flatMap((node) =>
            (node.children ?? []).map((child) => (
              <path
                key={child.key}
                d={`M${x(child)} ${y(child)}V${y(node) + ROW / 2}H${x(node)}V${y(node)}`}
                fill="none"
                strokeWidth={path.has(child.key) ? 2.5 : 1.25}
                className={path.has(child.key) ? 'stroke-accent' : 'stroke-line-strong'}
              />
            )),
          )}
          {nodes.map((node) => (
            <NodeBox
              key={node.key}
              node={node}
              x={x(node)}
              y={y(node)}
              look={{
                changed: changed.has(node.key),
                path: path.has(node.key),
                neighbour: neighbours.has(node.key),
              }}
              onPress={node.children === null ? () => onChoose(node.start) : undefined}
            />
          ))}
          <text x={x(tree)} y={14} textAnchor="middle" fontSize="13" className="fill-ink-soft">
            {t('root')}
          </text>
        </svg>
      </div>
      <Legend />
    </figure>
  );
}

interface Look {
  changed: boolean;
  path: boolean;
  neighbour: boolean;
}

/** Fill says whether it changed, edge and its weight how it belongs to the proof; a broken edge says changed without colour. */
function boxClass({ changed, path, neighbour }: Look): string {
  const edge = path || neighbour ? 'stroke-accent' : changed ? 'stroke-bad' : 'stroke-line-strong';
  const fill = changed ? 'fill-bad-soft' : neighbour ? 'fill-accent-soft' : 'fill-surface';
  return `${fill} ${edge}`;
}

interface NodeBoxProps {
  node: TreeNode;
  x: number;
  y: number;
  look: Look;
  onPress: (() => void) | undefined;
}

function NodeBox({ node, x, y, look, onPress }: NodeBoxProps) {
  return (
    <g onClick={onPress} className={onPress ? 'cursor-pointer' : undefined} data-node={node.key}>
      <rect
        x={x - BOX.width / 2}
        y={y - BOX.height / 2}
        width={BOX.width}
        height={BOX.height}
        rx="3"
        strokeWidth={look.path ? 2.5 : 1.25}
        strokeDasharray={look.changed ? '5 2' : undefined}
        className={classNames('transition-colors duration-500', boxClass(look))}
      />
      <text
        x={x}
        y={y + 4.5}
        textAnchor="middle"
        fontSize="13"
        fontWeight={look.changed ? 700 : 400}
        className={classNames('font-mono', look.changed ? 'fill-bad' : 'fill-ink')}
      >
        {short(node.hash)}
      </text>
      {node.children === null ? (
        <text x={x} y={y + BOX.height / 2 + 17} textAnchor="middle" fontSize="13" className="fill-ink-soft">
          {node.start + 1}
        </text>
      ) : null}
    </g>
  );
}

const SAMPLES: Record<'path' | 'neighbour' | 'changed', Look> = {
  path: { path: true, neighbour: false, changed: false },
  neighbour: { path: false, neighbour: true, changed: false },
  changed: { path: false, neighbour: false, changed: true },
};

function Legend() {
  const t = useTranslations('treePlay');
  return (
    <figcaption className="mt-2 text-sm text-ink-soft">
      <span className="flex flex-wrap gap-x-6 gap-y-1">
        {(['path', 'neighbour', 'changed'] as const).map((kind) => (
          <span key={kind} className="inline-flex items-center gap-2">
            <svg viewBox="0 0 28 16" aria-hidden="true" className="h-4 w-7 shrink-0">
              <rect
                x="1.5"
                y="1.5"
                width="25"
                height="13"
                rx="3"
                strokeWidth={kind === 'path' ? 2.5 : 1.25}
                strokeDasharray={kind === 'changed' ? '5 2' : undefined}
                className={boxClass(SAMPLES[kind])}
              />
            </svg>
            {t(`legend.${kind}`)}
          </span>
        ))}
      </span>
      <span className="mt-1 block md:hidden print:hidden">{t('scroll')}</span>
    </figcaption>
  );
}
