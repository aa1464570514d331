import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import { dropPlan, isPlanned, planKill, stepsSeen } from './fault-files';
import { startFilers, type Acknowledged } from './filers';
import { expectPromisesKept } from './promises';
import { isOpened, publishTender } from './publish-tender';
import { eventually, startRegistry, type Registry } from './registry';
import { keepWorkers, type Workers } from './workers';

const long = process.env.FAULTS === 'long';

/**
 * What the short form kills at: both sides of the log's commit, of a tile, of the intention, of signing, of sending, of
 * what the chain confirms. A pattern names a kind of step, so that the list outlives names of functions.
 */
const SAMPLE = [
  /^after sequencer.* log_tiles insert/,
  /^before .*sequenc.* commit/,
  /^after .*sequenc.* commit/,
  /^after .* signCall/,
  /^before .* broadcast/,
  /^after .* broadcast/,
  /^after .* (outcome|confirmation) mined/,
  /^after .*call-facts.* commit/,
];

/** This very step. */
const exactly = (step: string) => new RegExp(`^${step.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}$`);

describe('a worker that is killed', () => {
  let registry: Registry;
  let workers: Workers;
  const acknowledged: Acknowledged[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
    // The second waits to be elected, and takes over.
    workers = keepWorkers(registry.folder, 2);
  });
  afterAll(async () => {
    await workers?.stop();
    await registry?.stop();
  });

  /** People file and a tender is published, until `done`. */
  async function work(done: (filed: number) => boolean): Promise<void> {
    const { scene } = registry;
    const filers = startFilers(scene.world, 6, 20);
    try {
      for (let tenders = 0; tenders < 4; tenders += 1) {
        const tender = await publishTender(scene);
        const isDone = () => done(filers.acknowledged.length);
        await eventually(
          'the tender is opened on the chain',
          async () => isDone() || (await isOpened(scene, tender)),
        );
        if (isDone()) return;
      }
    } finally {
      await filers.stop();
      acknowledged.push(...filers.acknowledged);
    }
  }

  it('while none is killed, keeps every promise in time', async () => {
    // Past the first whole tile, which is the first to be written down.
    await work((filed) => filed > TILE_WIDTH + 50);
    await expectPromisesKept(registry, acknowledged);
    const seen = stepsSeen(registry.folder);
    for (const pattern of SAMPLE)
      expect(seen.filter((s) => pattern.test(s)).length, String(pattern)).toBeGreaterThan(0);
  });

  it('keeps every promise wherever it is killed', { timeout: long ? 3_600_000 : 400_000 }, async () => {
    const steps = long ? stepsSeen(registry.folder).map(exactly) : SAMPLE;
    const missed: string[] = [];
    for (const step of steps) {
      const before = workers.ended.killed;
      planKill(registry.folder, step);
      await work(() => !isPlanned(registry.folder));
      if (isPlanned(registry.folder)) missed.push(step.source);
      // The plan goes a moment before the worker, and the news of its end comes later still.
      else await eventually(`the end of the worker: ${step}`, async () => workers.ended.killed > before, 10);
      dropPlan(registry.folder);
      await expectPromisesKept(registry, acknowledged).catch((error: unknown) => {
        throw new Error(`After a kill at: ${step}`, { cause: error });
      });
    }
    // Every kind of step comes again; one that only some chance led to may not.
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(long ? Math.floor(steps.length / 5) : 0);
    expect(workers.ended.failed).toBe(0);
  });
});
