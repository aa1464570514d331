import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedChainId, forgetEnv } from '@/lib/server/env';
import { disconnect } from '@/lib/server/db';
import { readConfig } from '@/lib/server/embedded/config';
import { world, type World } from '@/lib/server/world';

const root = path.resolve(import.meta.dirname, '..', '..');

/** What `npm start` runs, in a folder of its own and without the demonstration's history. */
export interface RunningApplication {
  baseUrl: string;
  /** The same database and files, for making accounts and counting afterwards. */
  world: World;
}

function start(folder: string, log: number): ChildProcess {
  const guard = path.join(root, 'lib', 'cli', 'stop-with-parent.mjs');
  const script = path.join('lib', 'cli', 'start.ts');
  const args = ['--import', guard, '--import', 'tsx', script, '--data', folder, '--port', '0', '--no-seed'];
  return spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, TENDERPROOF_STARTER: String(process.pid) },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
}

/** Waits for the address that the starter announces; a build may come before. */
async function addressOf(child: ChildProcess, logFile: string): Promise<string> {
  for (const end = Date.now() + 15 * 60_000; Date.now() < end; await sleep(200)) {
    const address = /^ +Tenderproof +(\S+)$/m.exec(fs.readFileSync(logFile, 'utf8'))?.[1];
    if (address) return address;
    if (child.exitCode !== null || child.signalCode !== null) break;
  }
  throw new Error(`The application did not start:\n${fs.readFileSync(logFile, 'utf8').slice(-4000)}`);
}

/** The address of the application's login, which the web server was started with. */
function databaseOf(pid: number): string {
  const variables = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const found = variables.find((variable) => variable.startsWith('DATABASE_URL='));
  if (!found) throw new Error('The web server has no database');
  return found.slice('DATABASE_URL='.length);
}

/** Starts the production build with its database, chain and worker. What was started is in `stops`. */
export async function startApplication(
  folder: string,
  stops: (() => Promise<void>)[],
): Promise<RunningApplication> {
  const logFile = path.join(folder, 'start.log');
  const log = fs.openSync(logFile, 'a');
  const data = path.join(folder, 'data');
  const child = start(data, log);
  fs.closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  stops.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const baseUrl = await addressOf(child, logFile);
  const config = await readConfig(data);
  const run = JSON.parse(fs.readFileSync(path.join(data, 'run.json'), 'utf8')) as {
    children: { name: string; pid: number }[];
  };
  const web = run.children.find(({ name }) => name === 'web');
  if (!config?.contract || !web) throw new Error('The application runs, and its data folder does not say so');
  const { keys, contract, ports, authSecret } = config;
  Object.assign(process.env, {
    DATABASE_URL: databaseOf(web.pid),
    CHAIN_RPC_URL: `http://127.0.0.1:${ports.chain}`,
    CHAIN_ID: String(embeddedChainId),
    CHAIN_CONFIRMATIONS: '1',
    CONTRACT_ADDRESS: contract.address,
    ANCHORER_KEY: keys.anchorer,
    REGISTRAR_KEY: keys.registrar,
    LOG_KEY: keys.log,
    AUTH_SECRET: authSecret,
    REGISTRY_ORIGIN: 'localhost/tenderproof',
    BASE_URL: baseUrl,
    STORAGE_DIR: path.join(data, 'storage'),
    LOG_LEVEL: 'silent',
    DEMO: '1',
  });
  forgetEnv();
  stops.push(disconnect);
  return { baseUrl, world: world() };
}
