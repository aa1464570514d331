import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileCover, logHead } from '@/lib/server/log-store';
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
function smallDisk(size: string): string | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-disk-'));
  if (run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder)) return folder;
  fs.rmdirSync(folder);
  return null;
}

/** Takes all that is left of a disk but `room` bytes. @returns the file to remove again */
function fill(folder: string, room: number): string {
  const ballast = path.join(folder, 'ballast');
  const { bavail, bsize } = fs.statfsSync(folder);
  const handle = fs.openSync(ballast, 'a');
  const block = Buffer.alloc(bsize, 1);
  for (let left = bavail * bsize - room; left >= block.length; left -= block.length)
    fs.writeSync(handle, block);
  fs.closeSync(handle);
  return ballast;
}

const disk = smallDisk(SIZE);
/** For the tiles alone. */
const tileDisk = disk === null ? null : smallDisk('1m');

// Without root no small file system can be mounted: then this is left out, and the report says that it is.
describe.skipIf(disk === null)('a disk that is full', () => {
  const folder = disk ?? '';
  const postgresFolder = path.join(folder, 'postgres');
  let registry: Registry;
  let workers: Workers;
  beforeAll(async () => {
    registry = await startRegistry({ postgresFolder });
    workers = keepWorkers(registry.folder, 1);
  });
  afterAll(async () => {
    await workers?.stop();
    await registry?.stop();
    for (const mounted of [folder, tileDisk ?? '']) {
      run('umount', mounted);
      fs.rmdirSync(mounted);
    }
  });

  it('refuses filings with the reason, leaves nothing half written, and goes on once there is room', async () => {
    const { world } = registry.scene;
    const filers = startFilers(world, 4, 10);
    let ballast = path.join(folder, 'ballast');
    try {
      await eventually('the log grows', async () => (await world.db.leaf.count()) > 0);
      ballast = fill(folder, ROOM);
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

  it('while a tile is written takes the whole batch back, and filing goes on meanwhile', async () => {
    const { world, test } = registry.scene;
    const small = tileDisk ?? '';
    // Only tiles lie there, so that it is a tile that finds no room, after its leaves were written.
    const { uid, gid } = fs.statSync(postgresFolder);
    fs.chownSync(small, uid, gid);
    await test.sql(`CREATE TABLESPACE tiles LOCATION '${small}'`);
    await test.sql('ALTER TABLE log_tiles SET TABLESPACE tiles');
    const ballast = fill(small, 0);
    const filers = startFilers(world, 4, 10);
    const leaves = () => world.db.leaf.count();
    try {
      // More than one full tile, in one go.
      await world.db.$transaction(async (tx) => {
        for (let i = 0; i < 600; i += 1) await fileCover(tx, world.clock.now());
      });
      const log = path.join(registry.folder, 'worker.log');
      await eventually('a tile finds no room', async () =>
        /No space left|53100/.test(fs.readFileSync(log, 'utf8')),
      );
      const [before, size] = [filers.acknowledged.length, await leaves()];
      await eventually('filing goes on', async () => filers.acknowledged.length > before + 20);
      expect(await leaves()).toBe(size);
      expect((await logHead(world.db))?.size).toBe(size);
      fs.rmSync(ballast);
      await eventually('sequencing goes on', async () => (await leaves()) > size + 600);
    } finally {
      fs.rmSync(ballast, { force: true });
      await filers.stop();
    }
    await expectPromisesKept(registry, filers.acknowledged, { inTime: false });
  });
});
