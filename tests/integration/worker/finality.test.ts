import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorsAgree, extensions, growLog, mine, settled } from '../../support/chain-trouble';
import { startDrive, step } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

/** Deeper than the embedded chain's `finalized` tag lies below its head. */
const DEEP = 70;

describe('on a chain that takes its time to be sure of a block', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ env: { CHAIN_FINALITY: 'finalized', ANCHOR_INTERVAL_SECONDS: '10' } });
  });
  afterAll(() => scene.close());

  const statuses = async () => (await extensions(scene)).map((call) => call.status);

  it('anchors go on at their interval, each from where the last ended, and count once the chain says final', async () => {
    for (let i = 0; i < 3; i += 1) {
      await growLog(scene);
      await scene.tick();
      scene.clock.advance(11_000);
    }
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
    expect(await scene.world.db.anchor.count()).toBe(0);
    expect(await scene.chain.ledger.anchorCount()).toBe(3);
    await mine(scene, DEEP);
    await scene.tick();
    expect(await statuses()).toEqual(['final', 'final', 'final']);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('one that is not mined is not overtaken', async () => {
    await scene.test.chain.call('evm_setAutomine', false);
    await growLog(scene);
    scene.clock.advance(11_000);
    await growLog(scene);
    expect((await statuses()).filter((s) => s === 'sent')).toHaveLength(1);
    await scene.test.chain.call('evm_setAutomine', true);
    await mine(scene);
    await scene.tick();
    await scene.tick();
    expect((await statuses()).filter((s) => s === 'sent')).toHaveLength(2);
    await mine(scene, DEEP);
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('a reorganisation before that returns an anchor to the node, and it is mined again', async () => {
    await growLog(scene);
    scene.clock.advance(11_000);
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await growLog(scene);
    await scene.tick();
    const call = (await extensions(scene)).at(-1)!;
    expect(call).toMatchObject({ status: 'sent', blockNumber: expect.any(Number) });
    await scene.test.chain.call('evm_revert', snapshot);
    await mine(scene);
    await scene.tick();
    await scene.tick();
    const again = (await extensions(scene)).at(-1)!;
    expect(again).toMatchObject({ id: call.id, hash: call.hash, status: 'sent' });
    expect(again.blockNumber).toBeGreaterThan(call.blockNumber ?? 0);
    await mine(scene, DEEP);
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('a stage closes against a final anchor only', async () => {
    const tender = await startDrive(scene);
    await step(scene, tender, 'approval');
    await step(scene, tender, 'publishing');
    // Rounds, and so many blocks after each that everything mined in it is final.
    const closure = () => scene.world.db.stageClosure.findFirst({ where: { tenderId: tender.id } });
    for (let i = 0; i < 40 && (await closure()) === null; i += 1) {
      await scene.tick();
      await mine(scene, DEEP);
      scene.clock.advance(1000);
    }
    const stage = await closure();
    if (!stage) throw new Error('Planning did not close');
    const anchor = await scene.world.db.anchor.findUniqueOrThrow({ where: { index: stage.anchorIndex } });
    expect(anchor.blockNumber).toBeLessThanOrEqual(stage.blockNumber - 64);
  });
});
