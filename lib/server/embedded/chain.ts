import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { embeddedChainId } from '../env';
import { freePort, stopChild } from './processes';
import type { Reaper } from './reaper';

// A local EVM chain (anvil) whose state survives kill -9. anvil's own --state-interval writes its file in place, so a
// kill at the wrong moment leaves half of it; here every new block makes us ask for a dump, which goes to a second
// file and is renamed over the first.

export interface EmbeddedChain {
  pid: number;
  port: number;
  rpcUrl: string;
  /** One JSON-RPC call. */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** Writes the present state down; returns when it is on disk. */
  save(): Promise<void>;
  /** From now on writes the state down after every new block. */
  keep(): void;
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ChainOptions {
  /** Absolute folder for the state; null keeps nothing (tests). */
  folder: string | null;
  /** Usual port; another is taken when it is not free. */
  port: number;
  /** Seconds since 1970 of the first block, when the chain is new. */
  genesisTime: number;
  /** The only site whose pages may ask this chain from a browser: its interface can also move time and balances. */
  allowOrigin?: string;
  /** Keeps the state of every block (tests); default: of the newest only. */
  history?: boolean;
  reaper: Reaper;
}

/** How often a new block is looked for: with the time of a dump, what kill -9 can lose. */
const saveEveryMs = 250;

function binary(): string {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'));
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  try {
    const manifest = fromPackage.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
    return path.join(path.dirname(manifest), 'bin', 'anvil');
  } catch {
    throw new Error(
      `There is no embedded chain for ${process.platform}-${process.arch}: set CHAIN_RPC_URL instead.`,
    );
  }
}

/** One JSON-RPC call over HTTP. */
export async function rpc(url: string, method: string, params: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

async function writeState(url: string, file: string): Promise<void> {
  const packed = await rpc(url, 'anvil_dumpState', []);
  const state = await promisify(gunzip)(Buffer.from(String(packed).slice(2), 'hex'));
  const handle = await fs.open(`${file}.new`, 'w');
  try {
    await handle.writeFile(state);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(`${file}.new`, file);
}

/** Writes the state after each new block, never twice at once, and rests at least four times as long as it worked. */
function keepState(url: string, file: string) {
  let saved = '';
  let running: Promise<void> | undefined;
  let ended = false;
  const save = async () => {
    while (running) await running;
    running = (async () => {
      const block = String(await rpc(url, 'eth_blockNumber', []));
      await writeState(url, file);
      saved = block;
    })().finally(() => (running = undefined));
    await running;
  };
  const loop = async () => {
    while (!ended) {
      const began = Date.now();
      try {
        if (String(await rpc(url, 'eth_blockNumber', [])) !== saved) await save();
      } catch {
        // The chain has ended or is busy: the next round tells.
      }
      await sleep(Math.max(saveEveryMs, 4 * (Date.now() - began)), undefined, { ref: false });
    }
  };
  return { save, keep: () => void loop(), end: () => (ended = true) };
}

async function launch(options: ChainOptions, port: number, stateFile: string | null): Promise<ChildProcess> {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(embeddedChainId)];
  // No well-known accounts: the only keys with a balance are those that we fund.
  args.push('--accounts', '0', '--quiet', '--no-request-size-limit');
  if (options.history !== true) args.push('--prune-history');
  if (options.allowOrigin !== undefined) args.push('--allow-origin', options.allowOrigin);
  const known = stateFile !== null && (await fs.stat(stateFile).catch(() => null)) !== null;
  if (known) args.push('--load-state', stateFile);
  else args.push('--timestamp', String(options.genesisTime));
  const child = spawn(binary(), args, { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        'The embedded chain ended at once. If its state is damaged, `npm start -- --reset` begins anew.',
      );
    }
    try {
      await rpc(url, 'eth_chainId', []);
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error('The embedded chain does not answer.', { cause: error });
      await sleep(30);
    }
  }
}

/** Starts the embedded chain, from its saved state where there is one. It mines a block per transaction. */
export async function startChain(options: ChainOptions): Promise<EmbeddedChain> {
  const stateFile = options.folder === null ? null : path.join(options.folder, 'state.json');
  if (options.folder !== null) await fs.mkdir(options.folder, { recursive: true });
  const port = await freePort(options.port);
  const child = await launch(options, port, stateFile);
  const pid = child.pid as number;
  options.reaper.watch(pid, 'TERM');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => options.reaper.forget(pid));
  const rpcUrl = `http://127.0.0.1:${port}`;
  await untilReady(child, rpcUrl);
  const keeper = stateFile === null ? null : keepState(rpcUrl, stateFile);
  const save = keeper?.save ?? (async () => undefined);
  const keep = keeper?.keep ?? (() => undefined);
  const stop = async () => {
    keeper?.end();
    if (child.exitCode === null && child.signalCode === null) await save().catch(() => undefined);
    await stopChild(child, 'SIGTERM');
  };
  return {
    pid,
    port,
    rpcUrl,
    call: (method, ...params) => rpc(rpcUrl, method, params),
    save,
    keep,
    ended,
    stop,
  };
}
