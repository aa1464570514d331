import { db } from '@/lib/server/db';
import { connectChain, type ChainWorld } from '@/lib/server/chain-world';
import { loadProcess } from '@/lib/server/load-process';
import { localStorage } from '@/lib/server/storage';
import type { World } from '@/lib/server/world';
import { phaseAt } from '@/lib/procedure/phase-at';
import type { Process } from '@/lib/procedure/state';
import type { Phase } from '@/lib/procedure/phases';
import { tick, type TickReport } from '@/lib/worker/ticks';
import { startTestWorld, type TestWorld, type TestWorldOptions } from '../harness/world';
import { testClock, type TestClock } from './clock';

/** A whole registry in one test file: database, chain, files, a clock that is set, and the worker's rounds on demand. */
export interface Scene {
  test: TestWorld;
  world: World;
  chain: ChainWorld;
  clock: TestClock;
  /** What rounds reported as failed, oldest first. */
  errors: { what: string; error: unknown }[];
  tick(): Promise<TickReport>;
  /** Rounds, a second of the clock after each, until `done`. @throws after `rounds` of them */
  until(done: () => Promise<boolean>, rounds?: number): Promise<void>;
  untilPhase(tenderId: string, phase: Phase): Promise<void>;
  process(tenderId: string): Promise<Process>;
  phase(tenderId: string): Promise<Phase>;
  close(): Promise<void>;
}

/**
 * The embedded chain's clock follows the test's: each block is dated when it is sent. @returns what to run before a
 * call is sent.
 */
export function chainFollows(clock: TestClock, call: TestWorld['chain']['call']): () => Promise<void> {
  return async () => {
    const latest = (await call('eth_getBlockByNumber', 'latest', false)) as { timestamp: string };
    const time = Math.max(Math.floor(clock.now() / 1000), Number(latest.timestamp));
    await call('evm_setNextBlockTimestamp', time);
  };
}

export interface SceneOptions extends TestWorldOptions {
  /** How many workers run each round at the same time (default 1). */
  workers?: number;
}

export async function startScene({ workers = 1, ...options }: SceneOptions = {}): Promise<Scene> {
  const started = Math.floor(Date.now() / 1000) * 1000;
  const test = await startTestWorld({
    ...options,
    genesisTime: options.genesisTime ?? started / 1000 - 3600,
    env: { ANCHOR_INTERVAL_SECONDS: '2', ...options.env },
  });
  const clock = testClock(started + 60_000);
  const world: World = { db: db(), clock, storage: localStorage(test.env.STORAGE_DIR), env: test.env };
  const chain = connectChain(test.env, chainFollows(clock, test.chain.call));
  const errors: Scene['errors'] = [];
  const oneRound = () => tick(world, chain, (what, error) => errors.push({ what, error }));
  const round = async () => {
    const [report] = await Promise.all([oneRound(), ...Array.from({ length: workers - 1 }, oneRound)]);
    return report;
  };
  const process = async (tenderId: string) => {
    const found = await loadProcess(world.db, world, tenderId);
    if (!found) throw new Error(`No process ${tenderId}`);
    return found;
  };
  const phase = async (tenderId: string) => phaseAt(await process(tenderId), clock.now());
  const until = async (done: () => Promise<boolean>, rounds = 60) => {
    if (await done()) return;
    for (let i = 0; i < rounds; i += 1) {
      await round();
      if (await done()) return;
      clock.advance(1000);
    }
    const seen = errors.slice(-3).map((e) => `${e.what}: ${String(e.error)}`);
    throw new Error(`Not reached in ${rounds} rounds. ${seen.join(' | ')}`);
  };
  return {
    test,
    world,
    chain,
    clock,
    errors,
    tick: round,
    until,
    untilPhase: (tenderId, wanted) => until(async () => (await phase(tenderId)) === wanted),
    process,
    phase,
    async close() {
      chain.close();
      await test.stop();
    },
  };
}
