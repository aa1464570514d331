import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENV_NAMES } from '@/lib/server/env';
import packageJson from '../../package.json' with { type: 'json' };

// `npm start` as somebody types it, in a process of its own: what package.json's script runs.

const root = path.resolve(import.meta.dirname, '..', '..');
/** Ends the command with the test that started it, however that ends. */
const guard = path.join(root, 'lib', 'cli', 'stop-with-parent.mjs');

export interface Started {
  pid: number;
  /** Where the pages are served. */
  address: string;
  /** From the command to its announcement, in milliseconds. */
  took: number;
  /** Everything it printed so far. */
  said(): string;
  /** Asks it to end. @returns its exit code */
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  /** Kills it and everything that it started, at once, with SIGKILL. @returns whom */
  killAll(): Promise<number[]>;
}

export interface StartOptions {
  args: readonly string[];
  /** Of the product's configuration it gets this and nothing else. */
  env?: Record<string, string>;
  /** Where its output goes. */
  logFile: string;
}

/** Of every process, its parent. */
function parents(): Map<number, number> {
  if (fs.existsSync('/proc/self/stat')) {
    const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return new Map(
      pids.flatMap((pid) => {
        try {
          // The name, in parentheses, may hold anything.
          const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
          return [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
        } catch {
          return [];
        }
      }),
    );
  }
  const lines = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}

/** A process and all that descends from it. */
export function familyOf(pid: number): number[] {
  const parentOf = parents();
  const family = [pid];
  for (const member of family)
    for (const [child, parent] of parentOf) if (parent === member) family.push(child);
  return family;
}

/** Whether a process runs; one that has ended and waits for its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  if (!fs.existsSync('/proc/self/stat')) return true;
  return fs.existsSync(stat) && !/\) Z /.test(fs.readFileSync(stat, 'utf8'));
}

/** Starts it, and waits until it says where the pages are. @throws with what it said when it ends before */
export async function startCommand({ args, env = {}, logFile }: StartOptions): Promise<Started> {
  const [node, script, ...more] = packageJson.scripts.start.split(' ');
  if (node !== 'node' || script === undefined) throw new Error('npm start is no Node program');
  const ours = new Set([...ENV_NAMES, 'NODE_OPTIONS', 'HOST']);
  const kept = Object.entries(process.env).filter(([name]) => !ours.has(name));
  const inherited = Object.fromEntries(kept) as NodeJS.ProcessEnv;
  const log = fs.openSync(logFile, 'a');
  const from = fs.fstatSync(log).size;
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', guard, script, ...more, ...args], {
    cwd: root,
    env: { ...inherited, TENDERPROOF_STARTER: String(process.pid), ...env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  fs.closeSync(log);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const said = () => fs.readFileSync(logFile, 'utf8').slice(from);
  const announced = () => /^ +Tenderproof +(\S+)/m.exec(said())?.[1];
  const end = Date.now() + 120_000;
  while (announced() === undefined) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      child.kill('SIGTERM');
      throw new Error(`It did not start:\n${said().slice(-4000)}`);
    }
    await sleep(50);
  }
  const pid = child.pid as number;
  return {
    pid,
    address: announced() ?? '',
    took: performance.now() - began,
    said,
    async stop(signal) {
      child.kill(signal);
      return ended;
    },
    async killAll() {
      const family = familyOf(pid);
      for (const member of family) {
        try {
          process.kill(member, 'SIGKILL');
        } catch {
          // It ended with the one before it.
        }
      }
      await ended;
      return family;
    },
  };
}
