import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from '@/lib/server/env';
import { DEPLOYMENTS, readDeployment } from './deployment-record';
import { startReaper } from '@/lib/server/embedded/reaper';
import { startEmbeddedWorld } from './embedded-world';
import { readStartOptions, type StartOptions } from './options';
import { ensureBuild, webArgs } from './production-build';
import { takeRunLock, type RunLock } from './run-lock';
import { ensureSingleFiles } from './single-file/ensure-all';
import { runProgram, stopProgramsInProgress, supervise } from './supervise';

type Mode = 'start' | 'dev';
type Stop = () => Promise<void>;

/** What runs now, in the order of its start; stopped in reverse. */
const running: Stop[] = [];
let stopping: Promise<void> | undefined;

async function stopAll(): Promise<void> {
  await stopProgramsInProgress();
  for (const stop of running.splice(0).reverse()) {
    await stop().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  }
}

function stopOnSignals(): void {
  const ask = (signal: NodeJS.Signals) => {
    if (stopping) return;
    console.log(`\nStopping (${signal}) …`);
    stopping = stopAll().then(() => {
      console.log('Stopped.');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
}

async function confirmReset(options: StartOptions): Promise<void> {
  if (!fs.existsSync(options.dataFolder)) return;
  if (!options.yes) {
    if (!process.stdin.isTTY)
      throw new Error('--reset asks before it deletes; without a terminal add --yes.');
    const ask = readline.createInterface({ input: process.stdin, output: process.stdout });
    const answer = await ask.question(`Delete the whole registry in ${options.dataFolder}? Type yes: `);
    ask.close();
    if (answer.trim() !== 'yes') throw new Error('Nothing was deleted.');
  }
  const keep = 'run.json';
  for (const name of await fsp.readdir(options.dataFolder)) {
    if (name !== keep) await fsp.rm(path.join(options.dataFolder, name), { recursive: true, force: true });
  }
}

/** Serves the pages and runs the worker; both are started again when they crash. */
function startPrograms(
  mode: Mode,
  env: Record<string, string>,
  port: number,
  host: string,
  lock: RunLock | null,
) {
  const nodeEnv = mode === 'dev' ? 'development' : 'production';
  // Pages and worker never see the owner's address. Set to nothing, as Next would read a missing one from .env.
  const shared = { ...env, NODE_ENV: nodeEnv, NEXT_TELEMETRY_DISABLED: '1', DATABASE_OWNER_URL: '' };
  const web = supervise(
    {
      name: 'web server',
      args: webArgs(mode, host, port),
      typescript: false,
      env: shared,
      output: 'inherit',
    },
    (pid) => lock?.record('web', pid),
  );
  running.push(web.stop);
  const watch = mode === 'dev' ? ['--watch-path=lib', '--watch-preserve-output'] : [];
  const worker = supervise(
    {
      name: 'worker',
      args: [...watch, path.join('lib', 'worker', 'main.ts')],
      typescript: true,
      env: shared,
      output: 'inherit',
    },
    (pid) => lock?.record('worker', pid),
  );
  running.push(worker.stop);
}

async function untilServed(url: string): Promise<void> {
  const end = Date.now() + 120_000;
  for (;;) {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch(
      () => null,
    );
    if (answer) return;
    if (Date.now() > end || stopping) throw new Error(`The web server does not answer at ${url}.`);
    await sleep(100);
  }
}

function announceEmbedded(options: StartOptions, env: Record<string, string>): void {
  const lines = [
    '',
    `  Tenderproof   ${env.BASE_URL}`,
    '  Demonstration choose who you are in the bar at the top of any page; no account is needed',
    `  Chain         ${env.CHAIN_RPC_URL}  (number ${env.CHAIN_ID}, the operator's own, for demonstration)`,
    `  Contract      ${env.CONTRACT_ADDRESS}`,
    `  Data          ${options.dataFolder}`,
    '  Stop          Ctrl-C   (begin anew: npm start -- --reset)',
    '',
  ];
  console.log(lines.join('\n'));
}

async function runEmbedded(mode: Mode, options: StartOptions): Promise<void> {
  const lock = await takeRunLock(options.dataFolder);
  running.push(async () => lock.release());
  if (options.reset) await confirmReset(options);
  const reaper = startReaper();
  running.push(async () => reaper.close());
  await ensureSingleFiles();
  if (mode === 'start') await ensureBuild();
  const world = await startEmbeddedWorld(options, reaper, lock, running);
  for (const part of [world.postgres, world.chain]) {
    void part.ended.then(() => {
      if (stopping) return;
      // Both hold their data on disk and recover at the next start; guessing here could hide a full disk.
      console.error(
        `The embedded ${part === world.chain ? 'chain' : 'database'} ended unexpectedly. Start again.`,
      );
      stopping = stopAll().then(() => process.exit(1));
    });
  }
  startPrograms(mode, world.env, world.webPort, options.host, lock);
  await untilServed(`http://${options.host}:${world.webPort}/`);
  announceEmbedded(options, world.env);
}

async function runProduction(mode: Mode, options: StartOptions): Promise<void> {
  process.env.CONTRACT_ADDRESS ||= readDeployment(DEPLOYMENTS, Number(process.env.CHAIN_ID))?.address;
  const outcome = parseEnv({ ...process.env, NODE_ENV: 'production' });
  if (!outcome.ok) {
    const list = outcome.problems.map((problem) => `  - ${problem}`).join('\n');
    throw new Error(
      `The configuration is not complete:\n${list}\nWithout DATABASE_URL and CHAIN_RPC_URL, npm start embeds both.`,
    );
  }
  if (options.reset) throw new Error('--reset is for the embedded world only.');
  await ensureSingleFiles();
  if (mode === 'start') await ensureBuild();
  await runProgram({
    name: 'preparation',
    args: [path.join('lib', 'cli', 'prepare.ts')],
    typescript: true,
    env: { EMBEDDED_ORDER: '' },
    output: 'inherit',
  });
  const host = process.env.HOST || '0.0.0.0';
  startPrograms(mode, {}, outcome.env.PORT, host, null);
  await untilServed(`http://localhost:${outcome.env.PORT}/`);
  console.log(
    `\n  Tenderproof   ${outcome.env.BASE_URL} (port ${outcome.env.PORT}), chain ${outcome.env.CHAIN_ID}\n`,
  );
}

/** Runs everything until a signal ends it. Problems are one plain message, not a stack trace. */
export async function runApplication(mode: Mode): Promise<void> {
  stopOnSignals();
  try {
    if (fs.existsSync('.env')) process.loadEnvFile('.env');
    const options = readStartOptions(process.argv.slice(2));
    const external = Boolean(process.env.DATABASE_URL || process.env.CHAIN_RPC_URL);
    if (process.env.DEMO)
      throw new Error('DEMO is set by the start command only: remove it from the environment.');
    if (external) await runProduction(mode, options);
    else await runEmbedded(mode, options);
  } catch (error) {
    if (stopping) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.LOG_LEVEL === 'debug') console.error(error);
    stopping = stopAll();
    await stopping;
    process.exit(1);
  }
}
