import type { Join } from '@/lib/browser/tour/climb';

const BOX = { width: 96, height: 26 };
const X = { left: 60, right: 190, result: 125 } as const;

/** Digits that a box has room for. */
export const SHOWN = 8;

/** Two hashes and what they give together; whoever does not see it reads the sentence beside it. */
export function JoinPicture({ join }: { join: Join }) {
  return (
    <svg viewBox="0 0 250 92" aria-hidden="true" className="w-full max-w-72">
      <path
        d={`M${X.left} 66V46H${X.right}V66M${X.result} 46V26`}
        fill="none"
        className="stroke-line-strong"
        strokeWidth="1.5"
      />
      {(['left', 'right', 'result'] as const).map((place) => {
        const lit = place === 'result' || place === join.ours;
        return (
          <g key={place}>
            <rect
              x={X[place] - BOX.width / 2}
              y={place === 'result' ? 1 : 65}
              width={BOX.width}
              height={BOX.height}
              rx="3"
              strokeWidth="1.25"
              className={lit ? 'fill-accent-soft stroke-accent' : 'fill-surface stroke-line-strong'}
            />
            <text
              x={X[place]}
              y={place === 'result' ? 19 : 83}
              textAnchor="middle"
              fontSize="13"
              className="fill-ink font-mono"
            >
              {join[place].slice(0, SHOWN)}…
            </text>
          </g>
        );
      })}
    </svg>
  );
}
