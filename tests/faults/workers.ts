import { type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startProgram } from '@/lib/cli/supervise';
import { stopChild } from '@/lib/server/embedded/processes';

/** Workers of one registry: as many as wanted are kept running, whatever ends them. */
export interface Workers {
  /** Kills one with SIGKILL: the elected one, if one is. */
  killElected(): Promise<void>;
  /** How many have ended by a kill, and how many by an error of their own. */
  ended: { killed: number; failed: number };
  stop(): Promise<void>;
}

export function keepWorkers(folder: string, count: number): Workers {
  const running = new Set<ChildProcess>();
  const ended = { killed: 0, failed: 0 };
  let elected: ChildProcess | undefined;
  let stopping = false;
  const start = () => {
    const output = fs.openSync(path.join(folder, 'worker.log'), 'a');
    const args = [path.join('tests', 'faults', 'worker-process.ts')];
    const child = startProgram({
      name: 'worker',
      args,
      typescript: true,
      env: { FAULT_FOLDER: folder, NODE_ENV: 'production' },
      output,
    });
    fs.closeSync(output);
    running.add(child);
    child.on('message', () => (elected = child));
    child.on('error', () => undefined);
    child.once('exit', (_code, signal) => {
      running.delete(child);
      if (elected === child) elected = undefined;
      if (stopping) return;
      ended[signal === 'SIGKILL' ? 'killed' : 'failed'] += 1;
      // A worker that cannot reach the database ends at once: not a thousand times a second.
      setTimeout(() => !stopping && start(), signal === 'SIGKILL' ? 0 : 500);
    });
  };
  for (let i = 0; i < count; i += 1) start();
  return {
    ended,
    async killElected() {
      const child = elected ?? [...running][0];
      if (!child) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      stopping = true;
      await Promise.all([...running].map((child) => stopChild(child, 'SIGTERM', 10_000)));
    },
  };
}
