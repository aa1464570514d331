import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recheckChain } from '@/lib/worker/recheck';
import { runWorker } from '@/lib/worker/run';
import { fileCover } from '@/lib/server/log-store';
import { anchorsAgree, extensions, growLog, mine, settled } from '../../support/chain-trouble';
import { startDrive, step } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

describe('a chain that loses blocks which were final', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  it('has them again, three deep, while the worker runs', async () => {
    const stopping = new AbortController();
    scene.clock.run();
    let elected = () => undefined as void;
    const ready = new Promise<void>((resolve) => (elected = resolve));
    const { world, chain } = scene;
    const running = runWorker({ world, chain, signal: stopping.signal, onElected: elected });
    await ready;
    const anchors = () => world.db.anchor.count();
    const grow = async () => {
      const before = await anchors();
      await fileCover(world.db, scene.clock.now());
      await expect.poll(anchors, { timeout: 15_000, interval: 50 }).toBe(before + 1);
    };
    await grow();
    const snapshot = await scene.test.chain.call('evm_snapshot');
    for (let i = 0; i < 3; i += 1) await grow();
    const before = await extensions(scene);
    await scene.test.chain.call('evm_revert', snapshot);
    expect(await chain.ledger.anchorCount()).toBe(1);
    // Something new comes meanwhile, and builds on what the chain no longer holds.
    await fileCover(world.db, scene.clock.now());
    await expect.poll(() => anchorsAgree(scene), { timeout: 40_000, interval: 200 }).toBe(true);
    await expect.poll(anchors, { timeout: 20_000 }).toBe(5);
    const after = await extensions(scene);
    expect(after.slice(0, 4).map((c) => c.raw)).toEqual(before.map((c) => c.raw));
    expect(after.every((c) => c.status === 'final')).toBe(true);
    expect(await anchorsAgree(scene)).toBe(true);
    stopping.abort();
    await running;
    scene.clock.stop();
  }, 120_000);

  it('has them again when other blocks took the place of those', async () => {
    const snapshot = await scene.test.chain.call('evm_snapshot');
    const height = (await scene.chain.ledger.latestBlock()).number;
    for (let i = 0; i < 3; i += 1) {
      scene.clock.advance(3000);
      await growLog(scene);
      await settled(scene);
    }
    const lost = await scene.world.db.anchor.findMany({ orderBy: { index: 'desc' }, take: 3 });
    await scene.test.chain.call('evm_revert', snapshot);
    await mine(scene, 8);
    for (const { blockNumber, blockHash } of lost) {
      expect(blockNumber).toBeGreaterThan(height);
      expect(await scene.chain.transactions.blockHash(blockNumber)).not.toBe(blockHash);
    }
    expect(await recheckChain(scene.world, scene.chain)).toBeGreaterThanOrEqual(3);
    expect(await scene.world.db.anchor.count()).toBe(await scene.chain.ledger.anchorCount());
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
    expect(await recheckChain(scene.world, scene.chain)).toBe(0);
  });

  it('takes back what a tender had come to, and comes to it again', async () => {
    const tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing'] as const) await step(scene, tender, phase);
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await step(scene, tender, 'open');
    const opening = () => scene.world.db.chainOpening.findUnique({ where: { tenderId: tender.id } });
    expect(await opening()).not.toBeNull();
    await scene.test.chain.call('evm_revert', snapshot);
    expect(await recheckChain(scene.world, scene.chain)).toBeGreaterThan(0);
    expect(await opening()).toBeNull();
    expect(await scene.phase(tender.id)).toBe('publishing');
    await scene.untilPhase(tender.id, 'open');
    await settled(scene);
    const calls = await scene.world.db.chainCall.findMany({
      where: { tenderId: tender.id, method: 'openTender' },
    });
    expect(calls).toHaveLength(1);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('is not believed at the first look: a node behind a balancer may lag', async () => {
    await growLog(scene);
    await settled(scene);
    const { transactions } = scene.chain;
    const blockHash = transactions.blockHash;
    const count = await scene.world.db.anchor.count();
    transactions.blockHash = async () => null;
    try {
      scene.chain.memory.recheckedAt = null;
      await scene.tick();
    } finally {
      transactions.blockHash = blockHash;
    }
    expect(await scene.world.db.anchor.count()).toBe(count);
    scene.chain.memory.recheckedAt = null;
    await scene.tick();
    expect(scene.chain.memory.suspicions).toBe(0);
  });

  it('shows an anchor of our log that our table lacks', async () => {
    const before = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
    await scene.world.db.anchor.deleteMany({ where: { index: { gte: before.length - 2 } } });
    scene.chain.memory.recheckedAt = null;
    await scene.tick();
    expect(await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } })).toEqual(before);
  });
});
