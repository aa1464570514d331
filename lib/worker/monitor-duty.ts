import { ChainError } from '@/lib/server/chain/chain-error';
import type { ChainWorld } from '@/lib/server/chain-world';
import { reportHealth } from '@/lib/server/health';
import type { World } from '@/lib/server/world';
import { runMonitor } from './monitor';
import type { Duty } from './duty';

/** Milliseconds between two rounds of the operator's audit. */
const EVERY = 60_000;

const OK = { state: 'ok', code: 'ok' } as const;
const ALARMS = { state: 'warning', code: 'alarms' } as const;

/** The operator's own audit, every minute, in a loop of its own: it never keeps the log or the chain waiting. */
export function monitorDuty(world: World, chain: ChainWorld): Duty {
  return {
    name: 'monitor',
    part: 'monitor',
    every: EVERY,
    async round() {
      const now = () => world.clock.now();
      try {
        const { findings } = await runMonitor(world, chain);
        const alarms = findings.length;
        const report = alarms === 0 ? OK : ALARMS;
        await reportHealth(world.db, { part: 'monitor', ...report, facts: { alarms } }, now());
      } catch (error) {
        // A chain that is away is that part's trouble, and told there: this one only waits for it.
        if (!(error instanceof ChainError)) throw error;
        await reportHealth(world.db, { part: 'monitor', state: 'warning', code: 'late' }, now());
      }
    },
  };
}
