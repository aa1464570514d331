import { randomInt } from 'node:crypto';
import { fileCover } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';
import { sequencerHealth } from './chain-health';
import { reporter, ROUND, type Duty } from './duty';
import { COVER_EVERY, sequenceWaiting } from './sequencer';

/** Sequences what waits, and now and then files a cover commitment. */
export function sequencerDuty(world: World): Duty {
  const report = reporter(world, async () => [await sequencerHealth(world)]);
  return {
    name: 'sequence',
    part: 'sequencer',
    every: ROUND,
    async round(signal) {
      if (randomInt(Math.ceil((COVER_EVERY * 1000) / ROUND)) === 0)
        await fileCover(world.db, world.clock.now());
      await sequenceWaiting(world, signal);
      await report();
    },
  };
}
