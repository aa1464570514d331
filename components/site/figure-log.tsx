import { useTranslations } from 'next-intl';
import { Caption, Figure, Paper } from './figure';

const rows = [0, 1, 2, 3].map((level) => {
  const width = 40 * 2 ** level;
  return Array.from({ length: 8 / 2 ** level }, (_, index) => 20 + width * index + width / 2);
});
const heights = [214, 154, 100, 46];
/** The way from the marked document up to the root, and beside it what is needed to walk it. */
const path = [2, 1, 0, 0];
const needed = [3, 0, 1];

function Joint({ level, index, x }: { level: number; index: number; x: number }) {
  const lit = path[level] === index;
  const beside = needed[level] === index;
  const look = lit
    ? 'fill-accent stroke-accent'
    : beside
      ? 'fill-accent-soft stroke-accent'
      : 'fill-surface stroke-line-strong';
  return (
    <rect
      x={x - 9}
      y={(heights[level] ?? 0) - 9}
      width="18"
      height="18"
      rx="3"
      className={look}
      strokeWidth={lit || beside ? 2 : 1.25}
    />
  );
}

/** Eight documents under one fingerprint, with the proof of one of them. */
export function FigureLog() {
  const t = useTranslations('how.log');
  return (
    <Figure label={t('picture')} height={308}>
      {rows.slice(0, 3).map((row, level) =>
        row.map((x, index) => {
          const parent = rows[level + 1]?.[Math.floor(index / 2)] ?? 0;
          const top = heights[level + 1] ?? 0;
          const bottom = heights[level] ?? 0;
          return (
            <path
              key={`${level}-${x}`}
              d={`M${x} ${bottom}V${(top + bottom) / 2}H${parent}V${top}`}
              fill="none"
              className={path[level] === index ? 'stroke-accent' : 'stroke-line-strong'}
              strokeWidth={path[level] === index ? 2.5 : 1.25}
            />
          );
        }),
      )}
      {rows
        .slice(1)
        .map((row, level) =>
          row.map((x, index) => <Joint key={`${level}-${x}`} level={level + 1} index={index} x={x} />),
        )}
      {rows[0]?.map((x, index) => (
        <Paper key={x} x={x - 11} y={206} lit={path[0] === index} needed={needed[0] === index} />
      ))}
      <Caption x={180} y={26}>
        {t('one')}
      </Caption>
      <path d="M120 240v16" className="stroke-accent" strokeWidth="2" />
      <Caption x={120} y={274}>
        {t('yours')}
      </Caption>
      <rect
        x="218"
        y="262"
        width="14"
        height="14"
        rx="3"
        className="fill-accent-soft stroke-accent"
        strokeWidth="2"
      />
      <Caption x={240} y={274} anchor="start" soft>
        {t('needed')}
      </Caption>
    </Figure>
  );
}
