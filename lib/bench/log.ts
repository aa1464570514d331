import { startBenchWorld, type BenchWorld } from './database';
import type { Bench, Figure } from './figure';
import { filing } from './log-filing';
import { latency } from './log-latency';
import { proofs } from './log-proofs';
import { sequencing } from './log-sequencing';

/** In this order: each part counts what it adds to the log, and the proofs want a log that is long already. */
const PARTS: ((bench: BenchWorld) => Promise<Figure[]>)[] = [sequencing, filing, latency, proofs];

/** The registry's log, in a PostgreSQL that writes through to the disk. */
export const logBench: Bench = {
  about: 'sequencing, latency, filing and proofs of the log, beside bare writes into the same PostgreSQL',
  async run(stops, tell) {
    const bench = await startBenchWorld(stops);
    const figures: Figure[] = [];
    for (const part of PARTS) {
      const measured = await part(bench);
      tell(measured);
      figures.push(...measured);
    }
    return figures;
  },
};
