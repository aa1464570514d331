import { connectChain } from '@/lib/server/chain-world';
import { checkChainWorld, checkOwnWorld, refuseProblems } from '@/lib/server/check-world';
import { disconnect } from '@/lib/server/db';
import { logger } from '@/lib/server/log';
import { world as theWorld, type World } from '@/lib/server/world';
import type { Duty } from './duty';
import { programsDuty } from './programs-duty';
import { runWorker } from './run';

const stopping = new AbortController();
const stop = () => stopping.abort();
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The start command talks over this channel: when it is gone, so are we.
process.on('disconnect', stop);

async function robots(world: ReturnType<typeof theWorld>): Promise<Duty[]> {
  if (!world.env.DEMO) return [];
  const { startRobots } = await import('@/lib/demo/robots');
  const play = startRobots(world);
  return [{ name: 'robots', every: 250, round: () => play() }];
}

/** In development the files change with every save: no registry stands for those. */
const programs = (world: World): Duty[] =>
  world.env.NODE_ENV === 'development' ? [] : [programsDuty(world)];

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
  // Beside the work: a chain that hangs must not keep filings waiting.
  const told = tellChain(world).catch((error: unknown) =>
    logger().warn({ err: error }, 'the chain could not be checked'),
  );
  const chain = connectChain(world.env);
  try {
    const duties = [...(await robots(world)), ...programs(world)];
    const onElected = () => void process.send?.('ready');
    await runWorker({ world, chain, signal: stopping.signal, onElected, duties });
  } finally {
    await told;
    chain.close();
  }
}

run()
  .catch((error: unknown) => {
    logger().fatal({ err: error }, 'worker: stopped');
    process.exitCode = 1;
  })
  .finally(() => disconnect().then(() => (process.connected ? process.disconnect() : undefined)));
