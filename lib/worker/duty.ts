import { setTimeout as sleep } from 'node:timers/promises';
import { reportHealth, type Part, type PartReport } from '@/lib/server/health';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';

/** Between rounds, in milliseconds: a filing waits this long at most (`queueFilings` says why none wakes the worker). */
export const ROUND = 250;
/** After a round that failed, in milliseconds. */
export const AFTER_FAILURE = 2000;
/** At least this often each part says how it stands, in milliseconds. */
const REPORT_EVERY = 10_000;

/** One thing that the worker does again and again. Each has a loop of its own, so that none waits for another's trouble. */
export interface Duty {
  name: string;
  /** Where its failures are told; a duty without one only writes them to the log. */
  part?: Part;
  /** Milliseconds between rounds. */
  every: number;
  round(signal: AbortSignal): Promise<void>;
}

/** Sleeps, less when the signal is given. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Does a duty until the signal. What fails is told once, and tried again. */
export async function keep(duty: Duty, world: World, signal: AbortSignal) {
  let said = '';
  while (!signal.aborted) {
    let failed = false;
    try {
      await duty.round(signal);
      if (said !== '') logger().info({ duty: duty.name }, 'worker: goes on');
      said = '';
    } catch (error) {
      failed = true;
      const message = messageOf(error);
      if (message !== said) logger().warn({ duty: duty.name, err: error }, 'worker: will try again');
      said = message;
      if (duty.part) {
        const report = { part: duty.part, state: 'down', code: 'failing' } as const;
        await reportHealth(world.db, report, world.clock.now()).catch(() => undefined);
      }
    }
    await pause(failed ? AFTER_FAILURE : duty.every, signal);
  }
}

/** Writes down how parts stand: now and then, and at once when `news` differs from the last. */
export function reporter(world: World, collect: () => Promise<PartReport[]>) {
  let last = { at: -Infinity, news: '' };
  return async (news = '') => {
    if (performance.now() - last.at < REPORT_EVERY && news === last.news) return;
    last = { at: performance.now(), news };
    for (const report of await collect()) await reportHealth(world.db, report, world.clock.now());
  };
}
