import { useTranslations } from 'next-intl';
import { Caption, Figure, Paper } from './figure';

/** The first nibbles of two fingerprints that have nothing in common although one byte of the file differs. */
const recorded = [9, 3, 12, 6, 15, 1, 8, 11, 4, 13, 2, 7];
const altered = [2, 14, 5, 10, 1, 9, 13, 3, 15, 6, 11, 4];

function Bars({ x, y, values, tone }: { x: number; y: number; values: readonly number[]; tone: string }) {
  return values.map((value, index) => (
    <rect
      key={index}
      x={x + index * 7}
      y={y + 30 - value * 1.8}
      width="5"
      height={2 + value * 1.8}
      className={tone}
    />
  ));
}

function Verdict({ x, y, same }: { x: number; y: number; same: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`} fill="none" strokeWidth="2.5">
      <circle
        r="13"
        className={same ? 'fill-ok-soft stroke-ok' : 'fill-bad-soft stroke-bad'}
        strokeWidth="1.75"
      />
      <path
        d={same ? 'm-6 0 4.5 5L6.5-5' : 'm-5-5L5 5M5-5L-5 5'}
        className={same ? 'stroke-ok' : 'stroke-bad'}
      />
    </g>
  );
}

/** Two files beside the fingerprint on the chain: the same one, and one that differs by a byte. */
export function FigureCheck() {
  const t = useTranslations('how.check');
  return (
    <Figure label={t('picture')} height={250}>
      <Caption x={206} y={24}>
        {t('onChain')}
      </Caption>
      <rect x="156" y="34" width="100" height="46" rx="3" className="fill-accent" />
      <Bars x={165} y={41} values={recorded} tone="fill-accent-ink" />
      {[112, 184].map((y, index) => (
        <g key={y}>
          <Paper x={84} y={y + 2} lit={index === 0} />
          <path
            d={`M114 ${y + 16}h26m-7-6 7 6-7 6`}
            fill="none"
            className="stroke-line-strong"
            strokeWidth="1.75"
          />
          <rect
            x="156"
            y={y - 7}
            width="100"
            height="46"
            rx="3"
            className="fill-bg stroke-line-strong"
            strokeWidth="1.25"
          />
          <Bars
            x={165}
            y={y}
            values={index === 0 ? recorded : altered}
            tone={index === 0 ? 'fill-accent' : 'fill-ink-soft'}
          />
          <Verdict x={288} y={y + 16} same={index === 0} />
          <Caption x={72} y={y + 21} anchor="end" soft>
            {t(index === 0 ? 'same' : 'changed')}
          </Caption>
        </g>
      ))}
    </Figure>
  );
}
