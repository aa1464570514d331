import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { disconnect } from '@/lib/server/db';
import { embeddedChainId, env, forgetEnv, type Env } from '@/lib/server/env';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { startReaper } from '@/lib/server/embedded/reaper';

// What an integration test file calls in beforeAll: a database of its own, a chain of its own with the contract, a
// folder of its own, and the environment that points to them, so that env(), db() and pool() just work.

export interface TestWorld {
  env: Env;
  /** For the owner of the tables; the application itself runs under its own login (env.DATABASE_URL). */
  databaseUrl: string;
  chain: EmbeddedChain;
  /** 64 hex each; all have a balance and their role in the contract. */
  keys: { admin: string; anchorer: string; registrar: string; reviewer: string; log: string };
  contract: { address: string; blockNumber: number };
  /** Runs SQL in the test's database as its owner, a superuser, beside the application's connections. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export interface TestWorldOptions {
  /** Seconds since 1970 of the chain's first block; default: now. */
  genesisTime?: number;
  /** Further variables, e.g. ANCHOR_INTERVAL_SECONDS. */
  env?: Record<string, string>;
  /** The chain keeps the state of every block, as an archive node does (default: of the newest only). */
  history?: boolean;
  /** Whether DEMO is on (default: no). */
  demo?: boolean;
}

const templateDatabase = 'template_tenderproof';

async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** The environment of a test's world. */
export function worldVariables(made: {
  databaseUrl: string;
  rpcUrl: string;
  contract: string;
  keys: TestWorld['keys'];
  storage: string;
}): Record<string, string> {
  return {
    PORT: '3000',
    DATABASE_URL: made.databaseUrl,
    CHAIN_RPC_URL: made.rpcUrl,
    CHAIN_PUBLIC_RPC_URL: made.rpcUrl,
    CHAIN_ID: String(embeddedChainId),
    CHAIN_FINALITY: 'confirmations',
    CHAIN_CONFIRMATIONS: '1',
    CONTRACT_ADDRESS: made.contract,
    ANCHORER_KEY: made.keys.anchorer,
    REGISTRAR_KEY: made.keys.registrar,
    LOG_KEY: made.keys.log,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    REGISTRY_ORIGIN: 'test.example/registry',
    BASE_URL: 'http://localhost:3000',
    STORAGE_DIR: made.storage,
    ANCHOR_QUIET_SECONDS: '2',
    LOG_LEVEL: 'silent',
    DEMO: '0',
  };
}

export function newKeys() {
  const key = () => randomBytes(32).toString('hex');
  return { admin: key(), anchorer: key(), registrar: key(), reviewer: key(), log: key() };
}

async function copyTemplate(postgresUrl: string, name: string): Promise<void> {
  const create = `CREATE DATABASE "${name}" TEMPLATE "${templateDatabase}"`;
  // Two files that copy the template at once: PostgreSQL refuses while another session is connected to it.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await query(`${postgresUrl}postgres`, create);
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Starts a world. Call its stop() in afterAll; should the test process die, the chain is stopped all the same. */
export async function startTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const postgresUrl = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const databaseUrl = `${postgresUrl}${name}`;
  await copyTemplate(postgresUrl, name);
  const reaper = startReaper();
  const genesisTime = options.genesisTime ?? Math.floor(Date.now() / 1000);
  const history = options.history ?? false;
  const chain = await startChain({ folder: null, port: 0, genesisTime, history, reaper });
  const keys = newKeys();
  const contract = await deployEmbeddedLedger(chain.rpcUrl, keys, null);
  const storage = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-storage-'));
  Object.assign(process.env, {
    ...worldVariables({
      databaseUrl: `${inject('applicationUrl')}${name}`,
      rpcUrl: chain.rpcUrl,
      contract: contract.address,
      keys,
      storage,
    }),
    DEMO: options.demo ? '1' : '0',
    ...options.env,
  });
  forgetEnv();
  const stop = async () => {
    await disconnect();
    await chain.stop();
    reaper.close();
    await query(`${postgresUrl}postgres`, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await fs.rm(storage, { recursive: true, force: true });
  };
  return {
    env: env(),
    databaseUrl,
    chain,
    keys,
    contract,
    sql: (...args) => query(databaseUrl, ...args),
    stop,
  };
}
