import type { ReactNode } from 'react';

interface FigureProps {
  /** The whole picture in a sentence, for those who do not see it. */
  label: string;
  height: number;
  children: ReactNode;
}

/** A drawing of 360 units' width: its texts stay readable on a phone. */
export function Figure({ label, height, children }: FigureProps) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4 sm:p-6">
      <svg viewBox={`0 0 360 ${height}`} role="img" aria-label={label} className="mx-auto w-full max-w-md">
        {children}
      </svg>
    </div>
  );
}

interface CaptionProps {
  x: number;
  y: number;
  anchor?: 'start' | 'middle' | 'end';
  soft?: boolean;
  children: string;
}

/** A word in a drawing. */
export function Caption({ x, y, anchor = 'middle', soft = false, children }: CaptionProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize="13"
      fontWeight={soft ? 400 : 600}
      className={soft ? 'fill-ink-soft' : 'fill-ink'}
    >
      {children}
    </text>
  );
}

/** A sheet of paper, 22 by 28, from its upper left corner. */
export function Paper({
  x,
  y,
  lit = false,
  needed = false,
}: {
  x: number;
  y: number;
  lit?: boolean;
  needed?: boolean;
}) {
  const look = lit
    ? 'fill-accent stroke-accent'
    : needed
      ? 'fill-accent-soft stroke-accent'
      : 'fill-surface stroke-line-strong';
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M0 2a2 2 0 0 1 2-2h13l7 7v19a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2z"
        className={look}
        strokeWidth="1.25"
      />
      <path
        d="M5 12h12M5 17h12M5 22h7"
        className={lit ? 'stroke-accent-ink' : 'stroke-line-strong'}
        strokeWidth="1.4"
      />
    </g>
  );
}
