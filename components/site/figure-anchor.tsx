import { useTranslations } from 'next-intl';
import { Caption, Figure } from './figure';

const anchors = [96, 186, 294];

/** A growing log above, a chain of blocks below, and three anchors between them. */
export function FigureAnchor() {
  const t = useTranslations('how.anchor');
  const leaves = Array.from({ length: 27 }, (_, index) => 16 + index * 12);
  return (
    <Figure label={t('picture')} height={236}>
      <Caption x={16} y={22} anchor="start">
        {t('log')}
      </Caption>
      {leaves.map((x, index) => (
        <rect
          key={x}
          x={x}
          y="44"
          width="8"
          height="30"
          rx="1.5"
          className={x < 294 ? 'fill-line-strong' : 'fill-line'}
          opacity={0.55 + (index % 4) * 0.15}
        />
      ))}
      {anchors.map((x) => (
        <g key={x}>
          <path d={`M16 82V88H${x}V82`} fill="none" className="stroke-line-strong" strokeWidth="1.25" />
          <path d={`M${x} 88V142`} className="stroke-accent" strokeWidth="2.5" />
          <path d={`m${x - 6} 136 6 8 6-8`} fill="none" className="stroke-accent" strokeWidth="2.5" />
        </g>
      ))}
      <path d="M8 172H352" className="stroke-ink" strokeWidth="2" />
      {[42, 96, 141, 186, 240, 294, 340].map((x) => {
        const anchored = anchors.includes(x);
        return (
          <rect
            key={x}
            x={x - 16}
            y="154"
            width="32"
            height="36"
            rx="3"
            className={anchored ? 'fill-accent stroke-accent' : 'fill-surface stroke-ink'}
            strokeWidth="1.75"
          />
        );
      })}
      {anchors.map((x) => (
        <path
          key={x}
          d={`m${x - 7} 172 5 5.5 9-10`}
          fill="none"
          className="stroke-accent-ink"
          strokeWidth="2.25"
        />
      ))}
      <Caption x={16} y={220} anchor="start">
        {t('chain')}
      </Caption>
    </Figure>
  );
}
