import type { Bound, Judged } from './figure';

const number = (value: number) =>
  value >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });

function boundText({ of, atLeast, atMost, below }: Bound, unit: string): string {
  const most = below === undefined ? `≤ ${number(atMost ?? NaN)}` : `< ${number(below)}`;
  const limit = atLeast === undefined ? most : `≥ ${number(atLeast)}`;
  return of === 'ratio' ? `ratio ${limit}` : `${limit} ${unit}`;
}

/** A figure beside its floor, in a few lines. */
export function figureText(figure: Judged): string {
  const { name, unit, value, runs, floor, floorValue, ratio, wanted, met, note } = figure;
  const spread = runs.length > 1 ? `   (runs: ${runs.map(number).join(', ')})` : '';
  const lines = [`${met ? '✓' : '✗'} ${name}: ${number(value)} ${unit}${spread}`];
  if (floor && floorValue !== null && ratio !== null)
    lines.push(`    floor, ${floor.name}: ${number(floorValue)} ${unit}   ratio ${ratio.toFixed(2)}`);
  if (wanted.length > 0)
    lines.push(`    wanted: ${wanted.map((bound) => boundText(bound, unit)).join(' and ')}`);
  if (note) lines.push(`    ${note}`);
  return lines.join('\n');
}
