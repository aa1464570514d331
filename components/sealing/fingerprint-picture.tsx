import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { SHAPES, type Shape } from '@/lib/sealing/fingerprint';

/** Each shape in a square of 20, filled with the current colour: told apart without colour, on paper and in the dark. */
const DRAWN: Record<Shape, ReactElement> = {
  disc: <circle cx="10" cy="10" r="7" />,
  ring: <path fillRule="evenodd" d="M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14zm0 4a3 3 0 1 1 0 6a3 3 0 1 1 0-6z" />,
  square: <path d="M4 4h12v12H4z" />,
  frame: <path fillRule="evenodd" d="M3 3h14v14H3zm4 4v6h6V7z" />,
  diamond: <path d="M10 2l8 8-8 8-8-8z" />,
  cross: <path d="M8 3h4v5h5v4h-5v5H8v-5H3V8h5z" />,
  star: <path d="M10 1l2.2 6.8L19 10l-6.8 2.2L10 19l-2.2-6.8L1 10l6.8-2.2z" />,
  dots: <path d="M3 3h5v5H3zm9 0h5v5h-5zm-9 9h5v5H3zm9 0h5v5h-5z" />,
  up: <path d="M10 3l8 14H2z" />,
  down: <path d="M10 17L2 3h16z" />,
  left: <path d="M3 10l14-8v16z" />,
  right: <path d="M17 10L3 18V2z" />,
  rows: <path d="M2 3h16v3H2zm0 5.5h16v3H2zM2 14h16v3H2z" />,
  columns: <path d="M3 2h3v16H3zm5.5 0h3v16h-3zM14 2h3v16h-3z" />,
  slope: <path d="M2 18V2l16 16z" />,
  quarter: <path d="M2 2h15A15 15 0 0 1 2 17z" />,
};

const ROWS = [0, 1, 2, 3] as const;

interface FingerprintPictureProps {
  /** Sixteen, row by row. */
  shapes: readonly Shape[];
}

/** Four rows of four shapes; who cannot see them hears their names in the same order. */
export function FingerprintPicture({ shapes }: FingerprintPictureProps) {
  const t = useTranslations('sealing.fingerprint');
  const row = (at: number) => shapes.slice(4 * at, 4 * at + 4);
  const [a, b, c, d] = ROWS.map((at) =>
    row(at)
      .map((shape) => t(`shapes.${shape}`))
      .join(t('and')),
  );
  return (
    <svg
      role="img"
      aria-label={t('picture', { a: a ?? '', b: b ?? '', c: c ?? '', d: d ?? '' })}
      data-shapes={shapes.map((shape) => SHAPES.indexOf(shape).toString(16)).join('')}
      viewBox="0 0 96 96"
      className="size-32 shrink-0 rounded-md border border-line-strong bg-surface text-accent"
    >
      {shapes.map((shape, at) => (
        <g
          key={at}
          fill="currentColor"
          transform={`translate(${4 + 23 * (at % 4)} ${4 + 23 * Math.floor(at / 4)})`}
        >
          {DRAWN[shape]}
        </g>
      ))}
    </svg>
  );
}
