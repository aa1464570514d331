import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditClean, auditDatabase } from '../../support/audit';
import { driveTo } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

describe('an audit of an honest registry', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  it('finds nothing wrong in a whole main job, at any moment of it', async () => {
    for (const phase of ['approval', 'open', 'opening', 'unsuccessful', 'implementation'] as const) {
      await driveTo(scene, phase);
      expect(await auditClean(scene.world, scene.chain), phase).toEqual([]);
    }
    const { counts } = await auditDatabase(scene.world, scene.chain);
    expect(counts.processes).toBe(5);
    expect(counts.records).toBeGreaterThan(60);
    expect(counts.leaves).toBe(await scene.world.db.leaf.count());
    expect(counts.anchors).toBe(await scene.chain.ledger.anchorCount());
  });
});
