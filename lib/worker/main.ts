import { connectChain } from '@/lib/server/chain-world';
import { disconnect } from '@/lib/server/db';
import { logger } from '@/lib/server/log';
import { world as theWorld } from '@/lib/server/world';
import { runWorker, type Duty } from './run';

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
  return [{ name: 'robots', every: 250, wakes: true, round: () => play() }];
}

async function run(): Promise<void> {
  const world = theWorld();
  const chain = connectChain(world.env);
  try {
    const duties = await robots(world);
    const onElected = () => void process.send?.('ready');
    await runWorker({ world, chain, signal: stopping.signal, onElected, duties });
  } finally {
    chain.close();
  }
}

run()
  .catch((error: unknown) => {
    logger().fatal({ err: error }, 'worker: stopped');
    process.exitCode = 1;
  })
  .finally(() => disconnect().then(() => (process.connected ? process.disconnect() : undefined)));
