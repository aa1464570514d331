import { useTranslations } from 'next-intl';
import { Caption, Figure } from './figure';

function Key({ x, y, used }: { x: number; y: number; used: boolean }) {
  const stroke = used ? 'stroke-accent' : 'stroke-line-strong';
  return (
    <g transform={`translate(${x} ${y})`} fill="none" strokeWidth={used ? 3 : 2}>
      <circle cx="44" cy="0" r="9" className={stroke} />
      <path d="M35 0H2M8 0v8M15 0v6" className={stroke} />
    </g>
  );
}

function Person({ x, y, used }: { x: number; y: number; used: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`} className={used ? 'fill-accent' : 'fill-line-strong'}>
      <circle cx="0" cy="-8" r="7" />
      <path d="M-13 14a13 12 0 0 1 26 0z" />
    </g>
  );
}

/** A sealed envelope and three shares of its key, of which two are enough. */
export function FigureSealed() {
  const t = useTranslations('how.sealed');
  const people = [46, 112, 178];
  return (
    <Figure label={t('picture')} height={268}>
      <g transform="translate(14 66)">
        <rect
          x="0"
          y="0"
          width="132"
          height="92"
          rx="4"
          className="fill-sunken stroke-ink"
          strokeWidth="1.75"
        />
        <path d="M1 2 66 52 131 2" fill="none" className="stroke-ink" strokeWidth="1.75" />
        <path d="M0 91 48 39M132 91 84 39" fill="none" className="stroke-line-strong" strokeWidth="1.25" />
        <circle cx="66" cy="52" r="17" className="fill-accent stroke-surface" strokeWidth="3" />
        <rect x="59.5" y="50" width="13" height="10" rx="1.5" className="fill-accent-ink" />
        <path d="M62 50v-3.5a4 4 0 0 1 8 0V50" fill="none" className="stroke-accent-ink" strokeWidth="2" />
      </g>
      <Caption x={80} y={182}>
        {t('bid')}
      </Caption>
      {people.map((y, index) => (
        <g key={y}>
          <path
            d={`M154 112C196 112 196 ${y} 232 ${y}`}
            fill="none"
            className={index < 2 ? 'stroke-accent' : 'stroke-line-strong'}
            strokeWidth={index < 2 ? 2.5 : 1.5}
            strokeDasharray={index < 2 ? undefined : '3 5'}
          />
          <Key x={236} y={y} used={index < 2} />
          <Person x={322} y={y} used={index < 2} />
        </g>
      ))}
      <Caption x={180} y={230}>
        {t('members')}
      </Caption>
      <Caption x={180} y={250} soft>
        {t('rule')}
      </Caption>
    </Figure>
  );
}
