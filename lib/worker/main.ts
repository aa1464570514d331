import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { connectChain } from '@/lib/server/chain-world';
import { checkChainWorld, checkOwnWorld, refuseProblems } from '@/lib/server/check-world';
import { disconnect, pool } from '@/lib/server/db';
import { logger } from '@/lib/server/log';
import { fileCover } from '@/lib/server/log-store';
import { world as theWorld, type World } from '@/lib/server/world';
import { recheckChain } from './recheck';
import { tick } from './ticks';

/** Whoever holds this advisory lock is the one worker; the others wait for it. */
const WORKER_LOCK = 7_300;
/** At most this long between rounds, in milliseconds; a filing wakes the worker at once. */
const ROUND = 250;
/** Mean time between cover commitments, in seconds. */
const COVER_EVERY = 300;

let stopping = false;
const wake = { resolve: () => undefined as void };
const stop = () => {
  stopping = true;
  wake.resolve();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The start command talks over this channel: when it is gone, so are we.
process.on('disconnect', stop);

/** Waits until this process is elected. The lock lasts as long as the connection: a dead worker's lock is free at once. */
async function elected(): Promise<PoolClient | null> {
  const client = await pool().connect();
  // A lost connection loses the election too.
  client.on('error', stop);
  while (!stopping) {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
      WORKER_LOCK,
    ]);
    if (rows[0]?.got) return client;
    await sleep(1000);
  }
  client.release();
  return null;
}

async function pause(milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const woken = new Promise<void>((resolve) => {
    wake.resolve = resolve;
  });
  await Promise.race([
    woken,
    sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
  ]);
  timer.abort();
}

/** Tells what is wrong with the chain; filing and sequencing go on without it. */
async function tellChain(world: World): Promise<void> {
  const { problems, away } = await checkChainWorld(world);
  for (const { code, message } of problems) logger().error({ code }, message);
  if (away !== null) logger().warn(`the chain could not be checked: ${away}`);
}

async function run(): Promise<void> {
  const world = theWorld();
  // Before anything is signed: a checkpoint under a wrong key or name can never be taken back.
  refuseProblems(await checkOwnWorld(world));
  const client = await elected();
  if (!client) return;
  await tellChain(world);
  const chain = connectChain(world.env);
  client.on('notification', () => wake.resolve());
  await client.query('LISTEN tenderproof_filed');
  await recheckChain(world, chain).catch((error: unknown) =>
    logger().warn({ err: error }, 'the chain could not be rechecked'),
  );
  const { startRobots } = world.env.DEMO ? await import('@/lib/demo/robots') : { startRobots: null };
  const robots = startRobots?.(world);
  logger().info('worker: elected');
  process.send?.('ready');
  let lastChainError = '';
  while (!stopping) {
    try {
      if (randomInt(Math.ceil((COVER_EVERY * 1000) / ROUND)) === 0)
        await fileCover(world.db, world.clock.now());
      const report = await tick(world, chain, (what, error) => {
        const message = error instanceof Error ? error.message : String(error);
        if (what !== 'chain' || message !== lastChainError)
          logger().warn({ what, err: error }, 'worker: will try again');
        if (what === 'chain') lastChainError = message;
      });
      await robots?.();
      if (report.openCalls === -1) await pause(2000);
    } catch (error) {
      logger().error({ err: error }, 'worker: round failed');
      await pause(1000);
    }
    await pause(ROUND);
  }
  chain.close();
  client.release(true);
}

run()
  .catch((error: unknown) => {
    logger().fatal({ err: error }, 'worker: stopped');
    process.exitCode = 1;
  })
  .finally(() => disconnect().then(() => (process.connected ? process.disconnect() : undefined)));
