import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { stopChild } from '@/lib/server/embedded/processes';

// Our own Node processes: started in a session of their own (a Ctrl-C in the terminal reaches only us, and we stop
// them in order), ending with us, started again when they crash.

const root = process.cwd();
const guard = path.join(root, 'lib', 'cli', 'stop-with-parent.mjs');

export interface Program {
  name: string;
  /** Arguments of node, the script first; `tsx` scripts are given by `typescript`. */
  args: string[];
  typescript: boolean;
  env: Record<string, string | undefined>;
  /** Where its output goes. */
  output: 'inherit' | number;
}

/** Starts a Node program that ends when this process does. */
export function startProgram(program: Program): ChildProcess {
  const loaders = ['--import', guard, ...(program.typescript ? ['--import', 'tsx'] : [])];
  return spawn(process.execPath, [...loaders, ...program.args], {
    cwd: root,
    env: { ...process.env, ...program.env, TENDERPROOF_STARTER: String(process.pid) } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', program.output, program.output, 'ipc'],
  });
}

const inProgress = new Set<ChildProcess>();

/** Runs a program to its end. @throws Error naming it when it fails */
export async function runProgram(program: Program, onMessage?: (message: unknown) => void): Promise<void> {
  const child = startProgram(program);
  inProgress.add(child);
  if (onMessage) child.on('message', onMessage);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`The ${program.name} failed (exit ${code}); what it said is above.`);
  } finally {
    inProgress.delete(child);
  }
}

/** Stops what runProgram still waits for. */
export async function stopProgramsInProgress(): Promise<void> {
  await Promise.all([...inProgress].map((child) => stopChild(child, 'SIGTERM')));
}

export interface Supervised {
  stop(): Promise<void>;
}

const longestPauseMs = 30_000;
/** Having run that long counts as sound: the next crash is restarted at once. */
const soundAfterMs = 60_000;

/** Keeps a program running until stopped; says when it crashed and when it is started again. */
export function supervise(program: Program, onStart: (pid: number) => void): Supervised {
  let stopping = false;
  let pauseMs = 1_000;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess;
  const begin = () => {
    const began = Date.now();
    child = startProgram(program);
    if (child.pid) onStart(child.pid);
    child.once('error', (error) => console.error(`${program.name}: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (Date.now() - began > soundAfterMs) pauseMs = 1_000;
      console.error(
        `The ${program.name} ended unexpectedly (${signal ?? `exit ${code}`}); again in ${pauseMs / 1000} s.`,
      );
      timer = setTimeout(begin, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };
  begin();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await stopChild(child, 'SIGTERM', 15_000);
    },
  };
}
