import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { supervise } from '@/lib/cli/supervise';
import { processIdentity } from '@/lib/server/embedded/processes';
import { temporaryFolder } from '../../harness/temporary-folder';

async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (let i = 0; i < 400; i += 1) {
    const seen = look();
    if (seen) return seen;
    await sleep(25);
  }
  throw new Error('It did not happen within ten seconds.');
}

describe('supervised programs', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
  });
  afterEach(() => remove());
  const script = () => {
    const file = path.join(folder, 'program.mjs');
    fs.writeFileSync(
      file,
      `process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000);`,
    );
    return file;
  };

  it('are started again after a crash, and not after a stop', async () => {
    const pids: number[] = [];
    const program = {
      name: 'probe',
      args: [script()],
      typescript: false,
      env: {},
      output: 'inherit' as const,
    };
    const supervised = supervise(program, (pid) => void pids.push(pid));
    const [first = 0] = pids;
    await sleep(300);
    process.kill(first, 'SIGKILL');
    const second = await until(() => pids[1]);
    await sleep(300);
    await supervised.stop();
    await sleep(1_500);
    expect(pids).toEqual([first, second]);
    expect(processIdentity(second)).toBeNull();
  });

  it('end when their starter is killed', async () => {
    const starter = path.join(folder, 'starter.ts');
    const supervisor = path.resolve('lib/cli/supervise.ts');
    fs.writeFileSync(
      starter,
      `import { startProgram } from ${JSON.stringify(supervisor)};
       const child = startProgram({ name: 'probe', args: [${JSON.stringify(script())}], typescript: false, env: {}, output: 'inherit' });
       console.log('child ' + child.pid);`,
    );
    const tsx = ['--import', 'tsx'];
    const parent = spawn(process.execPath, [...tsx, starter], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const child = await until(() => Number(/child (\d+)/.exec(said)?.[1]) || undefined);
    await sleep(500);
    expect(processIdentity(child)).not.toBeNull();
    parent.kill('SIGKILL');
    await until(() => processIdentity(child) === null);
  });
});
