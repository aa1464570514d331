import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOne, startFilers } from './filers';
import { expectPromisesKept } from './promises';
import { eventually, startRegistry, type Registry } from './registry';
import { keepWorkers, type Workers } from './workers';

/** A file system small enough to fill: PostgreSQL's own files and its journal take some 90 MB. */
const SIZE = '200m';
/** What the test itself puts there and takes away again is all of the rest but this, in bytes. */
const ROOM = 200_000;

const run = (program: string, ...args: string[]) =>
  spawnSync(program, args, { encoding: 'utf8' }).status === 0;

/** Mounts a small file system, which takes root. @returns the folder, or null where it cannot be done */
function smallDisk(): string | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-disk-'));
  if (run('mount', '-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', folder)) return folder;
  fs.rmdirSync(folder);
  return null;
}

const disk = smallDisk();

// Without root no small file system can be mounted: then this is left out, and the report says that it is.
describe.skipIf(disk === null)('a disk that is full', () => {
  const folder = disk ?? '';
  const ballast = path.join(folder, 'ballast');
  let registry: Registry;
  let workers: Workers;
  beforeAll(async () => {
    registry = await startRegistry({ postgresFolder: path.join(folder, 'postgres') });
    workers = keepWorkers(registry.folder, 1);
  });
  afterAll(async () => {
    await workers?.stop();
    await registry?.stop();
    run('umount', folder);
    fs.rmdirSync(folder);
  });

  function fill(): void {
    const { bavail, bsize } = fs.statfsSync(folder);
    const handle = fs.openSync(ballast, 'a');
    const block = Buffer.alloc(64 * 1024, 1);
    for (let left = bavail * bsize - ROOM; left > 0; left -= block.length) fs.writeSync(handle, block);
    fs.closeSync(handle);
  }

  it('refuses filings with the reason, leaves nothing half written, and goes on once there is room', async () => {
    const { world } = registry.scene;
    const filers = startFilers(world, 4, 10);
    try {
      await eventually('the log grows', async () => (await world.db.leaf.count()) > 0);
      fill();
      await eventually('a filing is refused', async () => filers.refused.length > 0, 90);
      // The sequencer too comes to its limit, amid its tiles.
      await sleep(3_000);
      fs.rmSync(ballast);
      await eventually('filing goes on', async () => (await fileOne(world)).ended > 0, 60);
    } finally {
      fs.rmSync(ballast, { force: true });
      await filers.stop();
    }
    const reasons = filers.refused.map((error) => JSON.stringify(error, Object.getOwnPropertyNames(error)));
    expect(
      reasons.some((reason) => /No space left|could not extend|53100/.test(reason)),
      reasons[0],
    ).toBe(true);
    await expectPromisesKept(registry, filers.acknowledged, { inTime: false });
  });
});
