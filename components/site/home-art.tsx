/** Leaves joined in pairs up to one root, the root fixed in a chain of blocks; one leaf's path is in colour. */
export function HomeArt({ label }: { label: string }) {
  const leaves = Array.from({ length: 8 }, (_, index) => 28 + index * 46);
  const level = (below: number[]) =>
    below.flatMap((x, index) => (index % 2 === 0 ? [(x + (below[index + 1] ?? x)) / 2] : []));
  const [second, third] = [level(leaves), level(level(leaves))];
  const root = level(third)[0] ?? 0;
  const rows = [leaves, second, third, [root]];
  const y = [316, 250, 190, 132];
  const path = [5, 2, 1, 0];
  const edges = rows.slice(0, -1).flatMap((row, depth) => row.map((x, index) => ({ x, depth, index })));
  // What is lit is drawn last, over what it crosses.
  edges.sort((a, b) => Number(path[a.depth] === a.index) - Number(path[b.depth] === b.index));
  return (
    <svg viewBox="0 0 380 372" role="img" aria-label={label} className="w-full">
      {edges.map(({ x, depth, index }) => {
        const parent = rows[depth + 1]?.[Math.floor(index / 2)] ?? 0;
        const lit = path[depth] === index;
        const from = (y[depth] ?? 0) - (depth === 0 ? 14 : 0);
        const bend = (from + (y[depth + 1] ?? 0)) / 2;
        return (
          <path
            key={`${depth}-${x}`}
            d={`M${x} ${from}V${bend}H${parent}V${y[depth + 1]}`}
            fill="none"
            className={lit ? 'stroke-accent' : 'stroke-line-strong'}
            strokeWidth={lit ? 3 : 1.25}
          />
        );
      })}
      {rows
        .slice(1, -1)
        .map((row, depth) =>
          row.map((x, index) => (
            <circle
              key={`${depth}-${x}`}
              cx={x}
              cy={y[depth + 1]}
              r={path[depth + 1] === index ? 6 : 4.5}
              className={path[depth + 1] === index ? 'fill-accent' : 'fill-bg stroke-line-strong'}
              strokeWidth="1.25"
            />
          )),
        )}
      {leaves.map((x, index) => (
        <Sheet key={x} x={x} y={y[0] ?? 0} lit={path[0] === index} />
      ))}
      <path d={`M${root} ${y[3]}V66`} fill="none" className="stroke-accent" strokeWidth="3" />
      <circle cx={root} cy={y[3]} r="9" className="fill-accent" />
      <Blocks middle={root} />
    </svg>
  );
}

function Sheet({ x, y, lit }: { x: number; y: number; lit: boolean }) {
  return (
    <g transform={`translate(${x - 14} ${y - 16})`}>
      <path
        d="M1 3a2 2 0 0 1 2-2h17l7 7v26a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z"
        className={lit ? 'fill-accent stroke-accent' : 'fill-surface stroke-line-strong'}
        strokeWidth="1.25"
      />
      <path
        d="M6 14h15M6 20h15M6 26h9"
        fill="none"
        className={lit ? 'stroke-accent-ink' : 'stroke-line-strong'}
        strokeWidth="1.5"
      />
    </g>
  );
}

function Blocks({ middle }: { middle: number }) {
  const xs = [-152, -76, 0, 76, 152].map((offset) => middle + offset);
  return (
    <g>
      <path d="M0 43H380" className="stroke-line-strong" strokeWidth="1.25" strokeDasharray="3 4" />
      {xs.map((x, index) => (
        <g key={x}>
          <rect
            x={x - 22}
            y="23"
            width="44"
            height="40"
            rx="3"
            className={index === 2 ? 'fill-accent stroke-accent' : 'fill-surface stroke-line-strong'}
            strokeWidth="1.25"
          />
          {index === 2 ? (
            <path d={`m${x - 10} 43 7 7 13-14`} fill="none" className="stroke-accent-ink" strokeWidth="2.5" />
          ) : (
            <path
              d={`M${x - 13} 37h26M${x - 13} 44h26M${x - 13} 51h15`}
              className="stroke-line"
              strokeWidth="2"
            />
          )}
        </g>
      ))}
    </g>
  );
}
