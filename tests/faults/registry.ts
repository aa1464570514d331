import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { phaseAt } from '@/lib/procedure/phase-at';
import { connectChain } from '@/lib/server/chain-world';
import { steadyClock } from '@/lib/server/clock';
import { db, disconnect } from '@/lib/server/db';
import { env, forgetEnv } from '@/lib/server/env';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { startPostgres, type EmbeddedPostgres } from '@/lib/server/embedded/postgres';
import { stopPid } from '@/lib/server/embedded/processes';
import { startReaper } from '@/lib/server/embedded/reaper';
import { loadProcess } from '@/lib/server/load-process';
import { migrate } from '@/lib/server/migrate';
import { localStorage } from '@/lib/server/storage';
import { newKeys, worldVariables } from '../harness/world';
import type { Scene } from '../support/scene';
import { clockOff } from './fault-files';

/**
 * A registry whose parts are processes of their own and can be killed one by one: a durable PostgreSQL, a chain that keeps
 * its state, and (see workers.ts) workers. The test's process is the web server: it files.
 */
export interface Registry {
  /** Where the test talks to its workers (fault-files.ts), and where they write their log. */
  folder: string;
  /** For the helpers of tests/support; its rounds are the workers', in their own time. */
  scene: Scene;
  chain(): EmbeddedChain;
  /** Kills PostgreSQL with SIGKILL, its children die of that; it stays away until started. */
  killPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  /** Kills the chain with SIGKILL; what it had not written down is lost. */
  killChain(): Promise<void>;
  startChain(): Promise<void>;
  stop(): Promise<void>;
}

export interface RegistryOptions {
  /** Further variables of the environment. */
  env?: Record<string, string>;
  /** Another place for PostgreSQL's files than the registry's folder. */
  postgresFolder?: string;
}

/** Asks until it is so, every tenth of a second. @throws after `seconds`, with what `told` says */
export async function eventually(
  what: string,
  done: () => Promise<boolean>,
  seconds = 60,
  told: () => Promise<string> = async () => '',
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await done().catch(() => false))) {
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s. ${await told()}`);
    await sleep(100);
  }
}

/** Starts something again on the port that it had. */
async function onSamePort<T extends { port: number; stop(): Promise<void> }>(
  port: number,
  start: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await start().catch((error: unknown) => error);
    if (!(started instanceof Error) && (started as T).port === port) return started as T;
    if (!(started instanceof Error)) await (started as T).stop();
    // PostgreSQL's orphans hold its memory, and the system a port, for a moment longer.
    if (attempt === 40) throw new Error('It does not start again', { cause: started });
    await sleep(250);
  }
}

function sceneOf(folder: string, databaseUrl: string, parts: Pick<Scene['test'], 'keys' | 'contract'>) {
  const now = steadyClock(
    () => Date.now() + clockOff(folder),
    () => performance.now(),
  );
  const settings = env();
  const never = () => {
    throw new Error('Time passes by itself here');
  };
  const clock = { now: now.now, set: never, advance: never, run: never, stop: never };
  const world = { db: db(), clock, storage: localStorage(settings.STORAGE_DIR), env: settings };
  const process: Scene['process'] = async (id) => {
    const found = await loadProcess(world.db, world, id);
    if (!found) throw new Error(`No process ${id}`);
    return found;
  };
  const phase: Scene['phase'] = async (id) => phaseAt(await process(id), clock.now());
  const until: Scene['until'] = (done, rounds = 60) => eventually('what the test waits for', done, rounds);
  const sql: Scene['test']['sql'] = async (text, values = []) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  return {
    world,
    clock,
    chain: connectChain(settings),
    errors: [],
    until,
    untilPhase: (id: string, wanted: string) =>
      eventually(`phase ${wanted}`, async () => (await phase(id)) === wanted, 120),
    process,
    phase,
    tick: async () => never(),
    test: { ...parts, env: settings, databaseUrl, sql },
  };
}

export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-faults-'));
  // PostgreSQL may run as another user, who must pass through.
  await fs.chmod(folder, 0o755);
  const reaper = startReaper();
  const bringPostgres = (port: number): Promise<EmbeddedPostgres> =>
    startPostgres({
      folder: options.postgresFolder ?? path.join(folder, 'postgres'),
      logFile: path.join(folder, 'postgres.log'),
      port,
      password: 'of-a-test',
      durable: true,
      reaper,
    });
  const genesisTime = Math.floor(Date.now() / 1000) - 60;
  const bringChain = async (port: number): Promise<EmbeddedChain> => {
    const started = await startChain({ folder: path.join(folder, 'chain'), port, genesisTime, reaper });
    started.keep();
    return started;
  };
  let postgres = await bringPostgres(0);
  let chain = await bringChain(0);
  await postgres.createDatabase('registry');
  await migrate(postgres.url('registry'));
  const keys = newKeys();
  const contract = await deployEmbeddedLedger(chain.rpcUrl, keys, null);
  await chain.save();
  const storage = path.join(folder, 'files');
  const databaseUrl = await postgres.applicationUrl('registry');
  const made = { databaseUrl, rpcUrl: chain.rpcUrl, contract: contract.address, keys, storage };
  Object.assign(process.env, worldVariables(made), {
    ANCHOR_INTERVAL_SECONDS: '1',
    LOG_LEVEL: 'info',
    ...options.env,
  });
  forgetEnv();
  const scene = sceneOf(folder, postgres.url('registry'), { keys, contract });
  const stop = async () => {
    scene.chain.close();
    await disconnect().catch(() => undefined);
    await chain.stop();
    await postgres.stop();
    reaper.close();
    await fs.rm(folder, { recursive: true, force: true });
  };
  return {
    folder,
    // A getter: after a restart the chain is another process.
    scene: {
      ...scene,
      test: {
        ...scene.test,
        get chain() {
          return chain;
        },
        stop,
      },
      close: stop,
    },
    chain: () => chain,
    async killPostgres() {
      await stopPid(postgres.pid, 'SIGKILL');
      await postgres.ended;
    },
    async startPostgres() {
      const { port } = postgres;
      postgres = await onSamePort(port, () => bringPostgres(port));
    },
    async killChain() {
      await stopPid(chain.pid, 'SIGKILL');
      await chain.stop();
    },
    async startChain() {
      const { port } = chain;
      chain = await onSamePort(port, () => bringChain(port));
    },
    stop,
  };
}
