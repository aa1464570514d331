import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recheckChain } from '@/lib/worker/recheck';
import { statesDuty } from '@/lib/worker/states-duty';
import { mine, settled } from '../../support/chain-trouble';
import { startDrive, step, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';
import { evidenceOf, never, proven, stateRound, storedStates } from '../../support/states';

describe('the storage proofs of closed stages, on a chain that takes its time and loses blocks', () => {
  let scene: Scene;
  let tender: Drive;
  const DEEP = 5;
  beforeAll(async () => {
    scene = await startScene();
    tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    await scene.until(async () => (await scene.world.db.stageClosure.count()) === 1);
    await settled(scene);
    scene.chain.finality = { rule: 'confirmations', confirmations: DEEP };
  });
  afterAll(() => scene.close());

  const served = async () => {
    const { filed } = await scene.process(tender.id);
    return evidenceOf(scene, filed.find((f) => f.stage === 0)!.id);
  };

  it('shows nothing before its block is final, and then the very same, though the worker died in between', async () => {
    await stateRound(scene);
    const [taken, ...others] = await storedStates(scene);
    expect(others).toEqual([]);
    expect(taken).toMatchObject({ stage: 0, confirmedAt: null });
    expect(await served()).not.toHaveProperty('state');
    await mine(scene, DEEP - 2);
    await stateRound(scene);
    expect(await served()).not.toHaveProperty('state');
    await mine(scene);
    await stateRound(scene);
    const { confirmedAt, ...row } = (await storedStates(scene))[0]!;
    expect({ ...row, confirmedAt: null }).toEqual(taken);
    expect(confirmedAt).not.toBeNull();
    const state = proven(scene, await served());
    expect(state.block).toMatchObject({ number: taken!.blockNumber, hash: taken!.blockHash });
  });

  it('takes it anew when a reorganisation removed its block before it was final', async () => {
    await scene.world.db.stageState.deleteMany();
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await mine(scene, 2);
    await stateRound(scene);
    const [lost] = await storedStates(scene);
    await scene.test.chain.call('evm_revert', snapshot);
    // Others in their place: a block of this number there is again.
    scene.clock.advance(2_000);
    await scene.chain.beforeSend();
    await mine(scene, DEEP + 1);
    expect(await scene.chain.transactions.blockHash(lost!.blockNumber)).not.toBe(lost!.blockHash);
    await stateRound(scene);
    await stateRound(scene);
    const [again] = await storedStates(scene);
    expect(again!.blockNumber).toBeGreaterThan(lost!.blockNumber);
    expect(await served()).not.toHaveProperty('state');
    await mine(scene, DEEP);
    await stateRound(scene);
    const { block } = proven(scene, await served());
    expect(block.hash).toBe(await scene.chain.transactions.blockHash(block.number));
  });

  it('takes back what was final, and is shown no more, when the chain loses that block after all', async () => {
    await scene.world.db.stageState.deleteMany();
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await mine(scene, 2);
    await stateRound(scene);
    await mine(scene, DEEP);
    await stateRound(scene);
    const lost = proven(scene, await served()).block;
    await scene.test.chain.call('evm_revert', snapshot);
    scene.clock.advance(2_000);
    await scene.chain.beforeSend();
    await mine(scene, DEEP + 3);
    const duty = statesDuty(scene.world, scene.chain);
    await duty.round(never);
    expect(await served()).not.toHaveProperty('state');
    await duty.round(never);
    await mine(scene, DEEP);
    await duty.round(never);
    const { block } = proven(scene, await served());
    expect(block.hash).not.toBe(lost.hash);
    expect(block.hash).toBe(await scene.chain.transactions.blockHash(block.number));
  });

  it('does not believe one look at a node that lacks a final block, and two', async () => {
    const { transactions } = scene.chain;
    const blockHash = transactions.blockHash;
    const duty = statesDuty(scene.world, scene.chain);
    transactions.blockHash = async () => null;
    try {
      await duty.round(never);
      expect(await served()).toHaveProperty('state');
      await duty.round(never);
      expect(await served()).not.toHaveProperty('state');
    } finally {
      transactions.blockHash = blockHash;
    }
    await duty.round(never);
    expect(await served()).toHaveProperty('state');
  });

  it('loses it with the closing that it proves, and takes that of the next one', async () => {
    scene.chain.finality = { rule: 'confirmations', confirmations: 1 };
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await step(scene, tender, 'closing');
    await scene.untilPhase(tender.id, 'opening');
    await stateRound(scene);
    const before = await storedStates(scene);
    expect(before.map((row) => row.stage)).toEqual([0, 1, 2]);
    await scene.test.chain.call('evm_revert', snapshot);
    expect(await recheckChain(scene.world, scene.chain)).toBeGreaterThan(0);
    expect((await storedStates(scene)).map((row) => row.stage)).toEqual([0]);
    await scene.untilPhase(tender.id, 'opening');
    await settled(scene);
    await stateRound(scene);
    await stateRound(scene);
    expect((await storedStates(scene)).map((row) => row.stage)).toEqual([0, 1, 2]);
    for (const { blockNumber, blockHash, confirmedAt } of await storedStates(scene)) {
      expect(confirmedAt).not.toBeNull();
      expect(await scene.chain.transactions.blockHash(blockNumber)).toBe(blockHash);
    }
  });
});
