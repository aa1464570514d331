import type { PoolClient } from 'pg';
import type { ChainWorld } from '@/lib/server/chain-world';
import { pool } from '@/lib/server/db';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';
import { anchorerHealth, chainHealth, chainTrouble } from './chain-health';
import { AFTER_FAILURE, keep, messageOf, pause, reporter, ROUND, type Duty } from './duty';
import { monitorDuty } from './monitor-duty';
import { witnessDuties } from './push-witnesses';
import { recheckChain } from './recheck';
import { sequencerDuty } from './sequencer-duty';
import { statesDuty } from './states-duty';
import { sweepDuty } from './sweep-uploads';
import { chainRound, raiseClock } from './ticks';

/** Whoever holds this advisory lock is the one worker; the others wait for it. */
const WORKER_LOCK = 7_300;

export interface WorkerOptions {
  world: World;
  chain: ChainWorld;
  /** Ends the worker after the rounds under way. */
  signal: AbortSignal;
  /** Called once this process is the one worker. */
  onElected?: () => void;
  /** More loops, for instance the demonstration's robots. */
  duties?: readonly Duty[];
}

/** Waits until this process is elected. The lock lasts as long as the connection: a dead worker's lock is free at once. */
async function elected(signal: AbortSignal): Promise<PoolClient | null> {
  const client = await pool().connect();
  client.on('error', () => undefined);
  while (!signal.aborted) {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      WORKER_LOCK,
    ]);
    if (rows[0]?.got) return client;
    await pause(1000, signal);
  }
  client.release();
  return null;
}

/** Tells each trouble once, however often it comes again, and that it is over. */
function troubles() {
  const told = new Map<string, string>();
  return {
    tell(what: string, error: unknown) {
      const name = chainTrouble(error) ?? messageOf(error);
      if (told.get(what) === name) return;
      told.set(what, name);
      logger().warn({ what, err: error }, 'worker: will try again');
    },
    over(what: string) {
      if (told.delete(what)) logger().info({ what }, 'worker: goes on');
    },
  };
}

function chainDuty(world: World, chain: ChainWorld): Duty {
  const { tell, over } = troubles();
  let trouble: unknown = null;
  const report = reporter(world, async () => [
    await anchorerHealth(world),
    ...(await chainHealth(world, chain, trouble)),
  ]);
  return {
    name: 'chain',
    part: 'anchorer',
    every: ROUND,
    async round(signal) {
      trouble = null;
      const { openCalls } = await chainRound(world, chain, (what, error) => {
        if (what === 'chain') trouble = error;
        tell(what, error);
      });
      if (openCalls !== -1) over('chain');
      await report(trouble === null ? '' : (chainTrouble(trouble) ?? messageOf(trouble)));
      if (openCalls === -1) await pause(AFTER_FAILURE, signal);
    },
  };
}

/**
 * The worker: waits to be elected, then does every duty until the signal or until the election is lost, for which it
 * throws. Several may be started; one works.
 */
export async function runWorker({
  world,
  chain,
  signal,
  onElected,
  duties = [],
}: WorkerOptions): Promise<void> {
  const client = await elected(signal);
  if (!client) return;
  const lost = new AbortController();
  let reason: unknown;
  // A lost connection loses the election too: another may be working already.
  client.on('error', (error) => {
    reason = error;
    lost.abort();
  });
  try {
    await raiseClock(world);
    // What a killed chain lost is found before anything new is sent; a chain that is away is looked at again later.
    await recheckChain(world, chain).catch((error: unknown) =>
      logger().warn({ err: error }, 'the chain could not be rechecked'),
    );
    logger().info('worker: elected');
    onElected?.();
    const until = AbortSignal.any([signal, lost.signal]);
    const own = [sequencerDuty(world), chainDuty(world, chain), monitorDuty(world, chain), sweepDuty(world)];
    const all = [...own, statesDuty(world, chain), ...witnessDuties(world), ...duties];
    await Promise.all(all.map((duty) => keep(duty, world, until)));
  } finally {
    client.release(true);
  }
  if (lost.signal.aborted && !signal.aborted) {
    throw new Error('The connection that held the election was lost', { cause: reason });
  }
}
