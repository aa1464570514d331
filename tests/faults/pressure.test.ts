import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOne } from './filers';
import { expectPromisesKept } from './promises';
import { startRegistry, type Registry } from './registry';
import { keepWorkers, type Workers } from './workers';

const FILERS = 1_000;

describe('a thousand people who file at the same moment', () => {
  let registry: Registry;
  let workers: Workers;
  beforeAll(async () => {
    registry = await startRegistry();
    workers = keepWorkers(registry.folder, 1);
  });
  afterAll(async () => {
    await workers?.stop();
    await registry?.stop();
  });

  it('are all acknowledged, and all in the log', async () => {
    const { world } = registry.scene;
    const began = performance.now();
    const outcomes = await Promise.allSettled(Array.from({ length: FILERS }, () => fileOne(world)));
    const took = `after ${Math.round(performance.now() - began)} ms`;
    const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [String(o.reason)] : []));
    expect(refused.length, `${took} refused, of ${FILERS}: ${refused[0]}`).toBe(0);
    const acknowledged = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
    expect(new Set(acknowledged.map((a) => a.commitment)).size).toBe(FILERS);
    await expectPromisesKept(registry, acknowledged);
  });
});
