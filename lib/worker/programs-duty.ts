import { logger } from '@/lib/server/log';
import { builtPrograms, publishProgram } from '@/lib/server/operations/publish-programs';
import type { World } from '@/lib/server/world';
import type { Duty } from './duty';

/** Milliseconds between two looks: a build may replace the files while the worker runs. */
const EVERY = 60_000;

/**
 * Publishes the offline verifier and sealer in the log when there are new ones. The worker does it, not the web servers:
 * it files whatever the registry itself files, one of it works, and a page never writes.
 */
export function programsDuty(world: World, root = process.cwd()): Duty {
  return {
    name: 'programs',
    every: EVERY,
    async round() {
      for (const program of await builtPrograms(root)) {
        const recordId = await publishProgram(world, program);
        const { name, version } = program;
        if (recordId !== null) logger().info({ program: name, version, recordId }, 'a program was published');
      }
    },
  };
}
