import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { processIdentity, stopPid } from '@/lib/server/embedded/processes';

// `.data/run.json` says who runs on this folder: it refuses a second start, and after kill -9 it lets the next start
// recognise what was left running. A process counts as recorded only if its start time agrees as well: numbers are reused.

const processSchema = z.object({ name: z.string(), pid: z.number().int().min(2), identity: z.string() });
const schema = z.object({ owner: processSchema, children: z.array(processSchema) });
type Run = z.output<typeof schema>;

export interface RunLock {
  /** Records a child; forget it by recording another under the same name. */
  record(name: string, pid: number): void;
  release(): void;
}

function read(file: string): Run | null {
  try {
    return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

const alive = (entry: { pid: number; identity: string }) => processIdentity(entry.pid) === entry.identity;

function describe(name: string, pid: number) {
  return { name, pid, identity: processIdentity(pid) ?? 'gone' };
}

export class AlreadyRunning extends Error {
  constructor(dataFolder: string, pid: number) {
    super(
      `Tenderproof already runs on ${dataFolder} (process ${pid}). Stop it first, or use another --data folder.`,
    );
    this.name = 'AlreadyRunning';
  }
}

/**
 * Takes the folder for this process, stopping what an earlier, killed start left behind.
 * @throws AlreadyRunning
 */
export async function takeRunLock(dataFolder: string): Promise<RunLock> {
  fs.mkdirSync(dataFolder, { recursive: true });
  const file = path.join(dataFolder, 'run.json');
  const run: Run = { owner: describe('start', process.pid), children: [] };
  const write = (flag: 'wx' | 'w') => {
    // 'wx' fails when the file is there: of two starts at the same moment one wins.
    if (flag === 'wx') return fs.writeFileSync(file, JSON.stringify(run), { flag });
    fs.writeFileSync(`${file}.new`, JSON.stringify(run));
    fs.renameSync(`${file}.new`, file);
  };
  const earlier = read(file);
  if (earlier && alive(earlier.owner)) throw new AlreadyRunning(dataFolder, earlier.owner.pid);
  for (const child of (earlier?.children ?? []).reverse()) {
    if (alive(child)) await stopPid(child.pid, child.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
  fs.rmSync(file, { force: true });
  try {
    write('wx');
  } catch {
    throw new AlreadyRunning(dataFolder, read(file)?.owner.pid ?? 0);
  }
  return {
    record: (name, pid) => {
      run.children = [...run.children.filter((child) => child.name !== name), describe(name, pid)];
      write('w');
    },
    release: () => fs.rmSync(file, { force: true }),
  };
}
