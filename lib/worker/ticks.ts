import type { ChainWorld } from '@/lib/server/chain-world';
import { raiseTo, systemClock } from '@/lib/server/clock';
import type { World } from '@/lib/server/world';
import { advanceDue } from './advance';
import { anchor } from './anchorer';
import { driveCalls } from './chain-calls';
import { recheckRound } from './recheck';
import { sequence } from './sequencer';

type OnError = (what: string, error: unknown) => void;

export interface ChainReport {
  advanced: number;
  /** How many calls were under way; -1 when the chain could not be asked. */
  openCalls: number;
}

export interface TickReport extends ChainReport {
  sequenced: number;
}

/** A machine whose clock was set back before this process began learns from the newest anchor that its time has passed. */
export async function raiseClock(world: World): Promise<void> {
  if (world.clock !== systemClock) return;
  const newest = await world.db.anchor.findFirst({ orderBy: { index: 'desc' }, select: { time: true } });
  if (newest) raiseTo(world.clock, newest.time.getTime());
}

/** One round of everything that follows from the log and ends on the chain, in the order in which it depends on each other. */
export async function chainRound(world: World, chain: ChainWorld, onError: OnError): Promise<ChainReport> {
  await raiseClock(world);
  await anchor(world);
  const advanced = await advanceDue(world, onError);
  let openCalls = 0;
  try {
    await recheckRound(world, chain);
    openCalls = (await driveCalls(world, chain)).open;
  } catch (error) {
    // The chain is away or slow: filing and sequencing go on, and the calls wait where they are.
    onError('chain', error);
    openCalls = -1;
  }
  return { advanced, openCalls };
}

/** One round of everything, for the demonstration's seed and for tests, which have clocks of their own. */
export async function tick(world: World, chain: ChainWorld, onError: OnError): Promise<TickReport> {
  const sequenced = await sequence(world);
  return { sequenced, ...(await chainRound(world, chain, onError)) };
}
