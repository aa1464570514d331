import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from '@/lib/cli/supervise';

/** `npm run witness` as a process of its own. */
export interface WitnessProcess {
  vkey: string;
  /** Its submission prefix; empty without a server. */
  url: string;
  /** The folder of its state. */
  folder: string;
  /** Everything it said since it was started. */
  said(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

async function until<T>(look: () => T | null | undefined): Promise<T> {
  for (let i = 0; i < 1200; i += 1) {
    const seen = look();
    if (seen != null) return seen;
    await sleep(25);
  }
  throw new Error('It did not happen within 30 seconds.');
}

/** Starts a witness and waits until it is ready. @throws Error with what it said when it ends instead */
export async function startWitness(folder: string, name: string, args: string[]): Promise<WitnessProcess> {
  const output = path.join(folder, `${path.basename(folder)}-${Date.now()}.txt`);
  fs.mkdirSync(folder, { recursive: true });
  const file = fs.openSync(output, 'a');
  const child = startProgram({
    name: 'witness',
    args: [path.join('lib', 'cli', 'witness.ts'), '--name', name, '--state', folder, ...args],
    typescript: true,
    env: {},
    output: file,
  });
  fs.closeSync(file);
  const said = () => fs.readFileSync(output, 'utf8');
  const serves = args.includes('--port');
  const ready = serves ? /^Listens +(\S+)\/add-checkpoint$/m : /^(Watches) /m;
  const [, url = ''] = await until(() => {
    if (child.exitCode !== null) throw new Error(said());
    return ready.exec(said());
  });
  const [, vkey = ''] = /^Verifier key +(\S+)$/m.exec(said()) ?? [];
  const kill = async () => {
    child.kill('SIGKILL');
    await ended(child);
  };
  return { vkey, url: serves ? url : '', folder, said, kill };
}
