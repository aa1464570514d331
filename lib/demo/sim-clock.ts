import type { Clock } from '@/lib/server/clock';
import type { ChainWorld } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';
import { rpc } from '@/lib/server/embedded/chain';
import { tick } from '@/lib/worker/ticks';

/** A clock that the seed moves: months pass in seconds, on the embedded chain only. */
export interface SimClock extends Clock {
  moveTo(milliseconds: number): void;
}

export function simClock(start: number): SimClock {
  let now = start;
  return {
    now: () => now,
    moveTo(milliseconds) {
      // Time never runs backwards: the log's and the chain's order would not be that of the records.
      now = Math.max(now, milliseconds);
    },
  };
}

/** Gives the embedded chain's next block the clock's time; blocks are at least a second apart. */
export function chainFollows(clock: SimClock, rpcUrl: string): () => Promise<void> {
  let last = 0;
  return async () => {
    const next = Math.max(last + 1, Math.ceil(clock.now() / 1000));
    clock.moveTo(next * 1000);
    last = next;
    await rpc(rpcUrl, 'evm_setNextBlockTimestamp', [next]);
  };
}

const MANY_ROUNDS = 400;

/** Lets the worker work, at the clock's time, until nothing is left for it to do before the next deadline. */
export async function settle(world: World & { clock: SimClock }, chain: ChainWorld): Promise<void> {
  const soon = world.env.ANCHOR_INTERVAL_SECONDS * 1000;
  for (let round = 0; round < MANY_ROUNDS; round += 1) {
    const report = await tick(world, chain, (what, error) => {
      throw new Error(`seed: ${what}`, { cause: error });
    });
    const waiting = await world.db.tender.findFirst({
      where: { wakeAt: { lte: new Date(world.clock.now() + 2_000) } },
      select: { id: true },
    });
    if (report.sequenced === 0 && report.openCalls === 0 && report.advanced === 0 && !waiting) return;
    // Nothing but an anchor's interval is awaited: let it pass.
    if (report.openCalls === 0 && report.sequenced === 0)
      world.clock.moveTo(world.clock.now() + (waiting ? soon : 1_000));
  }
  const restless = await world.db.tender.findMany({
    where: { wakeAt: { not: null } },
    select: { phase: true, title: true, wakeAt: true },
  });
  throw new Error(`seed: the worker did not come to rest: ${JSON.stringify(restless)}`);
}
