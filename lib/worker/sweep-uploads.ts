import { removeExpired } from '@/lib/server/expired-uploads';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';
import type { Duty } from './duty';

/** Milliseconds between two rounds: what goes was left alone for days, an hour more does not matter. */
const EVERY = 3_600_000;

/** Removes uploads that were begun, or finished, and never became part of anything. */
export function sweepDuty(world: World): Duty {
  return {
    name: 'sweep uploads',
    every: EVERY,
    async round() {
      const { uploads, files } = await removeExpired(world);
      if (uploads + files > 0) logger().info({ uploads, files }, 'uploads that nobody used were removed');
    },
  };
}
