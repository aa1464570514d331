import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveTo, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

describe('two workers at once, as while one takes over from the other', () => {
  let scene: Scene;
  let tender: Drive;
  beforeAll(async () => {
    scene = await startScene({ workers: 2 });
    tender = await driveTo(scene, 'implementation');
  });
  afterAll(() => scene.close());

  it('bring a tender through all its phases, every call once', async () => {
    const calls = await scene.world.db.chainCall.findMany({ where: { tenderId: tender.id } });
    expect(
      calls.filter((c) => c.status !== 'final').map((c) => `${c.method} ${c.status} ${c.error}`),
    ).toEqual([]);
    const methods = calls.map((c) => c.method).sort();
    expect(methods).toEqual(['announceAward', ...Array<string>(7).fill('closeStage'), 'openTender']);
  });

  it('file every act of the machine once', async () => {
    const { filed } = await scene.process(tender.id);
    for (const type of ['opening-report', 'scores-sealed', 'ranking', 'award-announced'])
      expect(
        filed.filter((f) => f.type === type),
        type,
      ).toHaveLength(1);
    expect(filed.filter((f) => f.type === 'bid-opened')).toHaveLength(2);
  });

  it('give every commitment one index, without a gap, and every anchor its own place', async () => {
    const leaves = await scene.world.db.leaf.findMany({ orderBy: { index: 'asc' } });
    expect(leaves.map((l) => Number(l.index))).toEqual(leaves.map((_, i) => i));
    const anchors = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
    expect(anchors.map((a) => a.index)).toEqual(anchors.map((_, i) => i));
    expect(await scene.chain.ledger.anchorCount()).toBe(anchors.length);
  });
});
