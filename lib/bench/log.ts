import type { Bench } from './figure';
import { startBenchWorld } from './database';
import { filing } from './log-filing';
import { sequencing } from './log-sequencing';

/** The registry's log: sequencing, latency, filing and proofs, in a PostgreSQL that writes through to the disk. */
export const logBench: Bench = {
  about: 'sequencing, filing and proofs of the log, beside bare writes into the same PostgreSQL',
  async run(stops) {
    const bench = await startBenchWorld(stops);
    try {
      return [...(await filing(bench))];
    } finally {
      await bench.stop();
    }
  },
};
