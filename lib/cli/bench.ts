import { parseArgs } from 'node:util';
import { BENCHES } from '@/lib/bench/benches';
import { judge, type Figure } from '@/lib/bench/figure';
import { figureText } from '@/lib/bench/report';
import { stopOnSignals } from './signals';

// `npm run bench -- <name> [--json]`: measures, beside the floor, and says whether what is wanted is reached. Exit code
// 0: it is; 1: it is not, or the bench failed; 2: no such bench.

async function usage(): Promise<never> {
  console.error('Usage: npm run bench -- <name> [--json]\n');
  for (const [name, load] of Object.entries(BENCHES)) console.error(`  ${name}: ${(await load()).about}`);
  process.exit(2);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name = '', ...more] = positionals;
  const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!load || more.length > 0) return usage();
  const stops: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  // Once: a signal ends the bench as well, which then waits for the same end.
  const stopAll = () =>
    (stopped ??= (async () => {
      for (const stop of stops.toReversed()) await stop();
    })());
  stopOnSignals(stopAll);
  const bench = await load();
  const told = new Set<Figure>();
  const tell = (measured: readonly Figure[]) => {
    if (values.json) return;
    for (const figure of measured.filter((one) => !told.has(one)))
      console.log(`${figureText(judge(figure))}\n`);
    for (const figure of measured) told.add(figure);
  };
  const measured = await bench.run(stops, tell).finally(stopAll);
  tell(measured);
  const figures = measured.map(judge);
  if (values.json) console.log(JSON.stringify({ bench: name, node: process.version, figures }, null, 2));
  return figures.every(({ met }) => met) ? 0 : 1;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
