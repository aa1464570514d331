import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { embeddedChainId } from '@/lib/server/env';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { newConfig, readConfig, writeConfig, type EmbeddedConfig } from '@/lib/server/embedded/config';
import { startPostgres, type EmbeddedPostgres } from '@/lib/server/embedded/postgres';
import { freePort, portIsFree } from '@/lib/server/embedded/processes';
import type { Reaper } from '@/lib/server/embedded/reaper';
import type { StartOptions } from './options';
import type { RunLock } from './run-lock';
import { runProgram } from './supervise';

// The embedded world: database, chain, contract and demonstration, on this machine alone.

export interface EmbeddedWorld {
  env: Record<string, string>;
  webPort: number;
  postgres: EmbeddedPostgres;
  chain: EmbeddedChain;
}

const databaseName = 'tenderproof';

const contractSchema = z.object({ address: z.string(), blockNumber: z.number() });
type Contract = z.output<typeof contractSchema>;

async function chooseWebPort(options: StartOptions): Promise<number> {
  if (options.port === null) return freePort(3000, options.host);
  if (options.port === 0) return freePort(0, options.host);
  if (await portIsFree(options.port, options.host)) return options.port;
  throw new Error(
    `Port ${options.port} is taken. Stop what listens there, or choose another: PORT=3100 npm start`,
  );
}

function environment(
  config: EmbeddedConfig,
  options: StartOptions,
  databaseUrl: string,
  chain: EmbeddedChain,
) {
  const { web } = config.ports;
  const given = (name: string, usual: string) => process.env[name] || usual;
  return {
    NODE_ENV: 'production',
    PORT: String(web),
    BASE_URL: given('BASE_URL', `http://localhost:${web}`),
    DATABASE_URL: databaseUrl,
    CHAIN_RPC_URL: chain.rpcUrl,
    CHAIN_PUBLIC_RPC_URL: chain.rpcUrl,
    CHAIN_ID: String(embeddedChainId),
    CHAIN_FINALITY: 'confirmations',
    CHAIN_CONFIRMATIONS: '1',
    CONTRACT_ADDRESS: config.contract?.address ?? '',
    ANCHORER_KEY: config.keys.anchorer,
    REGISTRAR_KEY: config.keys.registrar,
    LOG_KEY: config.keys.log,
    AUTH_SECRET: config.authSecret,
    REGISTRY_ORIGIN: given('REGISTRY_ORIGIN', 'localhost/tenderproof'),
    STORAGE_DIR: path.join(options.dataFolder, 'storage'),
    ANCHOR_INTERVAL_SECONDS: given('ANCHOR_INTERVAL_SECONDS', '5'),
    ANCHOR_QUIET_SECONDS: '2',
    LOG_LEVEL: given('LOG_LEVEL', 'warn'),
    DEMO: '1',
  };
}

/** Removes everything but secrets, ports and the empty cluster: what an interrupted first start left. */
async function clearHalfMade(options: StartOptions, postgres: EmbeddedPostgres): Promise<void> {
  await postgres.dropDatabase(databaseName);
  await fs.rm(path.join(options.dataFolder, 'chain'), { recursive: true, force: true });
  await fs.rm(path.join(options.dataFolder, 'storage'), { recursive: true, force: true });
}

/** Migrates, deploys and seeds in a process of its own, so that its memory is given back. */
async function prepare(
  env: Record<string, string>,
  config: EmbeddedConfig,
  seed: boolean,
): Promise<Contract> {
  let contract: Contract | null = null;
  const script = path.join('lib', 'cli', 'prepare.ts');
  await runProgram(
    {
      name: 'preparation',
      args: [script, ...(seed && !config.complete ? ['--seed'] : [])],
      typescript: true,
      env: { ...env, EMBEDDED_ORDER: JSON.stringify({ keys: config.keys, contract: config.contract }) },
      output: 'inherit',
    },
    (message) => {
      const said = z.object({ contract: contractSchema }).safeParse(message);
      if (said.success) contract = said.data.contract;
    },
  );
  if (contract === null) throw new Error('The preparation did not name the contract.');
  return contract;
}

async function startDatabase(
  config: EmbeddedConfig,
  folder: string,
  reaper: Reaper,
): Promise<EmbeddedPostgres> {
  return startPostgres({
    folder: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    port: config.ports.postgres,
    password: config.postgresPassword,
    durable: true,
    reaper,
  });
}

/**
 * Starts database and chain and completes them.
 * @param stops gets what stops each part as soon as that part runs, so that a signal in between stops it too
 */
export async function startEmbeddedWorld(
  options: StartOptions,
  reaper: Reaper,
  lock: RunLock,
  stops: (() => Promise<void>)[],
): Promise<EmbeddedWorld> {
  const { dataFolder } = options;
  const config = (await readConfig(dataFolder)) ?? newConfig(new Date(), { history: options.seed });
  // Written before the database is made: the cluster's password must not be lost.
  await writeConfig(dataFolder, config);
  const webPort = await chooseWebPort(options);
  const postgres = await startDatabase(config, dataFolder, reaper);
  stops.push(postgres.stop);
  lock.record('postgres', postgres.pid);
  if (!config.complete) await clearHalfMade(options, postgres);
  await postgres.createDatabase(databaseName);
  const folder = path.join(dataFolder, 'chain');
  const chain = await startChain({
    folder,
    port: config.ports.chain,
    genesisTime: config.genesisTime,
    allowOrigin: new URL(process.env.BASE_URL || `http://localhost:${webPort}`).origin,
    reaper,
  });
  stops.push(chain.stop);
  lock.record('chain', chain.pid);
  const ports = { web: webPort, postgres: postgres.port, chain: chain.port };
  const present: EmbeddedConfig = { ...config, ports, contract: config.complete ? config.contract : null };
  const env = environment(present, options, await postgres.applicationUrl(databaseName), chain);
  const owner = { DATABASE_OWNER_URL: postgres.url(databaseName) };
  const contract = await prepare({ ...env, ...owner }, present, options.seed);
  // An unfinished first start is made anew, so its blocks were not worth keeping one by one.
  if (!config.complete) await chain.save();
  chain.keep();
  await writeConfig(dataFolder, { ...present, contract, complete: true });
  return { env: { ...env, CONTRACT_ADDRESS: contract.address }, webPort, postgres, chain };
}
