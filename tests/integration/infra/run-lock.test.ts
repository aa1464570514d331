import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyRunning, takeRunLock } from '@/lib/cli/run-lock';
import { processIdentity } from '@/lib/server/embedded/processes';
import { temporaryFolder } from '../../harness/temporary-folder';

describe('the lock of a data folder', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
  });
  afterEach(() => remove());
  const file = () => path.join(folder, 'run.json');

  it('refuses a second start while the first runs, and is free after it', async () => {
    const lock = await takeRunLock(folder);
    await expect(takeRunLock(folder)).rejects.toBeInstanceOf(AlreadyRunning);
    lock.release();
    (await takeRunLock(folder)).release();
  });

  it('is not kept by a dead process, nor by another that got its number', async () => {
    const owner = { name: 'start', pid: process.pid, identity: 'an earlier boot/1' };
    fs.writeFileSync(file(), JSON.stringify({ owner, children: [] }));
    (await takeRunLock(folder)).release();
    fs.writeFileSync(file(), '{"owner":{"na');
    (await takeRunLock(folder)).release();
  });

  it('stops what a killed start left running, and only that', async () => {
    const left = spawn('sleep', ['600'], { stdio: 'ignore' });
    const other = spawn('sleep', ['600'], { stdio: 'ignore' });
    const gone = new Promise((resolve) => left.once('exit', resolve));
    const entry = (name: string, pid: number, identity: string | null) => ({ name, pid, identity });
    const children = [
      entry('worker', left.pid ?? 0, processIdentity(left.pid ?? 0)),
      entry('chain', other.pid ?? 0, 'an earlier boot/1'),
    ];
    const owner = { name: 'start', pid: 2 ** 22 - 1, identity: 'gone' };
    fs.writeFileSync(file(), JSON.stringify({ owner, children }));
    (await takeRunLock(folder)).release();
    await gone;
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill('SIGKILL');
  });
});
