import type { ChainWorld } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';
import { advanceDue } from './advance';
import { anchor } from './anchorer';
import { driveCalls } from './chain-calls';
import { sequence } from './sequencer';

export interface TickReport {
  sequenced: number;
  advanced: number;
  openCalls: number;
}

/**
 * One round of everything the worker does, in the order in which things depend on each other. The running worker and
 * the demonstration's seed, which has a clock of its own, call the same.
 */
export async function tick(
  world: World,
  chain: ChainWorld,
  onError: (what: string, error: unknown) => void,
): Promise<TickReport> {
  const sequenced = await sequence(world);
  await anchor(world);
  const advanced = await advanceDue(world, onError);
  let openCalls = 0;
  try {
    openCalls = (await driveCalls(world, chain)).open;
  } catch (error) {
    // The chain is away or slow: filing and sequencing go on, and the calls wait where they are.
    onError('chain', error);
    openCalls = -1;
  }
  return { sequenced, advanced, openCalls };
}
