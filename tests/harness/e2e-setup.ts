import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// The browser tests' world: what `npm start` brings up, in a folder of its own, with short intervals.

const root = path.resolve(import.meta.dirname, '..', '..');

function start(dataFolder: string, log: number): ChildProcess {
  const guard = path.join(root, 'lib', 'cli', 'stop-with-parent.mjs');
  const script = path.join('lib', 'cli', 'start.ts');
  const seed = process.env.E2E_SEED === '0' ? ['--no-seed'] : [];
  const args = ['--import', guard, '--import', 'tsx', script, '--data', dataFolder, '--port', '0', ...seed];
  const given = { ...process.env, TENDERPROOF_STARTER: String(process.pid), ANCHOR_INTERVAL_SECONDS: '3' };
  const { NODE_OPTIONS: _, ...env } = given as NodeJS.ProcessEnv;
  return spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
}

async function untilAnnounced(child: ChildProcess, logFile: string): Promise<string> {
  const end = Date.now() + 15 * 60_000;
  for (;;) {
    const said = fs.readFileSync(logFile, 'utf8');
    const address = /^ +Tenderproof +(\S+)$/m.exec(said)?.[1];
    if (address) return address;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      throw new Error(`The application did not start:\n${said.slice(-4000)}`);
    }
    await sleep(200);
  }
}

export default async function setup(): Promise<() => Promise<void>> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-e2e-'));
  const logFile = path.join(dataFolder, 'start.log');
  const log = fs.openSync(logFile, 'a');
  const child = start(dataFolder, log);
  fs.closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const teardown = async () => {
    child.kill('SIGTERM');
    await ended;
    const kept = path.join(root, 'test-results');
    fs.mkdirSync(kept, { recursive: true });
    fs.copyFileSync(logFile, path.join(kept, 'e2e-server.log'));
    fs.rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    process.env.E2E_BASE_URL = await untilAnnounced(child, logFile);
    process.env.E2E_DATA = dataFolder;
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
