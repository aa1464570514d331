import { clockOff, stepKeeper } from './fault-files';
import { withSteps } from './steps';

// The product's worker in a process of its own, with its steps told and the machine's clock in the test's hands.

const folder = process.env.FAULT_FOLDER ?? '';
const machine = Date.now.bind(Date);
// Before anything of the product is loaded: its own clock reads what stands here then.
Date.now = () => machine() + clockOff(folder);

const { connectChain } = await import('@/lib/server/chain-world');
const { disconnect } = await import('@/lib/server/db');
const { world: theWorld } = await import('@/lib/server/world');
const { runWorker } = await import('@/lib/worker/run');

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(signal, () => stopping.abort());

const plain = theWorld();
const { world, chain } = withSteps(plain, connectChain(plain.env), stepKeeper(folder));
try {
  await runWorker({
    world,
    chain,
    signal: stopping.signal,
    onElected: () => void process.send?.('elected'),
  });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
chain.close();
await disconnect().catch(() => undefined);
if (process.connected) process.disconnect();
