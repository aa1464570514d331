import { disconnect } from '@/lib/server/db';
import { logHead } from '@/lib/server/log-store';
import { world as theWorld } from '@/lib/server/world';
import { keep } from '@/lib/worker/duty';
import { sequencerDuty } from '@/lib/worker/sequencer-duty';

// The worker's sequencer in a process of its own, as it runs beside the pages. Tells its parent after each round how long
// the log is, and when that was known.

export interface Grown {
  size: number;
  /** Milliseconds since the epoch, from the clock that all processes of a machine share. */
  at: number;
}

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(signal, () => stopping.abort());

const world = theWorld();
const duty = sequencerDuty(world);
let known = -1;
const told = {
  ...duty,
  async round(signal: AbortSignal) {
    await duty.round(signal);
    const at = performance.timeOrigin + performance.now();
    const size = (await logHead(world.db))?.size ?? 0;
    if (size !== known) process.send?.({ size, at } satisfies Grown);
    known = size;
  },
};
await keep(told, world, stopping.signal);
await disconnect();
if (process.connected) process.disconnect();
