import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ledgerInterface } from '@/lib/server/chain/artifact';
import { anchorerHealth, chainHealth } from '@/lib/worker/chain-health';
import { bids, plainBid } from '../../support/bids';
import {
  anchorsAgree,
  attempts,
  flow,
  growLog,
  hold,
  lastExtension,
  mine,
  settled,
} from '../../support/chain-trouble';
import { startDrive, step } from '../../support/drive';
import { PEOPLE, type Person } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';

const STUCK = 91_000;
const GWEI = 10n ** 9n;

describe('transactions that do not get into a block', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ env: { ANCHOR_QUIET_SECONDS: '30' } });
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    await flow(scene);
    await settled(scene);
    scene.clock.advance(10_000);
  });

  it('are replaced at the same nonce with a higher fee, and whichever is mined counts', async () => {
    await hold(scene);
    await growLog(scene);
    const sent = await lastExtension(scene);
    expect(sent.status).toBe('sent');
    await scene.tick();
    expect(await attempts(scene, sent)).toHaveLength(1);
    scene.clock.advance(STUCK);
    await scene.tick();
    await scene.tick();
    const [first, second, ...more] = await attempts(scene, sent);
    expect(more).toEqual([]);
    expect(second!.nonce).toBe(first!.nonce);
    expect(second!.maxFeePerGas).toBeGreaterThan(first!.maxFeePerGas);
    expect(second!.maxPriorityFeePerGas).toBeGreaterThan(first!.maxPriorityFeePerGas);
    // The chain makes no blocks at all: no fee helps against that, and it is told.
    scene.clock.advance(STUCK);
    await scene.tick();
    expect(await attempts(scene, sent)).toHaveLength(2);
    expect((await chainHealth(scene.world, scene.chain, null))[0]).toMatchObject({
      state: 'down',
      code: 'not-mining',
    });
    await mine(scene);
    await flow(scene);
    await scene.tick();
    expect(await lastExtension(scene)).toMatchObject({
      status: 'final',
      hash: second!.hash,
      raw: second!.raw,
    });
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('count though their replacement was signed and not sent, when they are mined after all', async () => {
    await hold(scene);
    await growLog(scene);
    const { transactions } = scene.chain;
    const broadcast = transactions.broadcast;
    transactions.broadcast = () => Promise.reject(new Error('killed before it was sent'));
    scene.clock.advance(STUCK);
    try {
      await scene.tick();
    } finally {
      transactions.broadcast = broadcast;
    }
    const call = await lastExtension(scene);
    const [first, second] = await attempts(scene, call);
    expect(call.hash).toBe(second!.hash);
    expect(second!.sentAt).toBeNull();
    await mine(scene);
    await flow(scene);
    await scene.tick();
    expect(await lastExtension(scene)).toMatchObject({ status: 'final', hash: first!.hash });
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('have their replacement sent after a crash between signing and sending', async () => {
    await hold(scene);
    await growLog(scene);
    const { transactions } = scene.chain;
    const broadcast = transactions.broadcast;
    transactions.broadcast = () => Promise.reject(new Error('killed before it was sent'));
    scene.clock.advance(STUCK);
    await scene.tick();
    transactions.broadcast = broadcast;
    await scene.tick();
    const [, second, ...more] = await attempts(scene, await lastExtension(scene));
    expect(more).toEqual([]);
    expect(second!.sentAt).not.toBeNull();
    await mine(scene);
    await flow(scene);
    await scene.tick();
    expect(await lastExtension(scene)).toMatchObject({ status: 'final', hash: second!.hash });
  });

  it('are sent again, the very same bytes, when the node has dropped them', async () => {
    await hold(scene);
    await growLog(scene);
    const { hash, raw } = await lastExtension(scene);
    await scene.test.chain.call('anvil_dropTransaction', hash);
    expect(await scene.chain.transactions.outcome(hash ?? '')).toBe('dropped');
    await scene.tick();
    expect(await scene.chain.transactions.outcome(hash ?? '')).toBe('pending');
    await flow(scene);
    await mine(scene);
    await scene.tick();
    expect(await lastExtension(scene)).toMatchObject({ status: 'final', hash, raw });
  });

  it('take the free nonce when the one before it was dropped by the node', async () => {
    const { transactions, keys, ledger } = scene.chain;
    const { address, privateKey } = keys.anchorer;
    await hold(scene);
    const nonce = await transactions.pendingNonce(address);
    // A transaction of this key that we know nothing of: of a lost database, for instance.
    const unknown = { privateKey, to: ledger.address, data: '0x', nonce, gasLimit: 50_000n };
    const { raw, hash } = await transactions.signCall(unknown);
    await transactions.broadcast(raw);
    await growLog(scene);
    expect((await lastExtension(scene)).nonce).toBe(nonce + 1);
    await scene.test.chain.call('anvil_dropTransaction', hash);
    await flow(scene);
    scene.clock.advance(STUCK);
    await settled(scene);
    expect(await lastExtension(scene)).toMatchObject({ status: 'final', nonce });
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('wait while a unit of gas costs more than the cap, and are told of', async () => {
    const cap = scene.chain.feeCap;
    const before = await scene.chain.transactions.minedNonce(scene.chain.keys.anchorer.address);
    scene.chain.feeCap = 1n;
    try {
      await growLog(scene);
      await scene.tick();
      expect(await lastExtension(scene)).toMatchObject({ status: 'pending', hash: null });
      expect(await scene.chain.transactions.pendingNonce(scene.chain.keys.anchorer.address)).toBe(before);
      expect(await anchorerHealth(scene.world)).toMatchObject({ state: 'warning', code: 'fees-above-cap' });
    } finally {
      scene.chain.feeCap = cap;
    }
    await settled(scene);
    expect((await anchorerHealth(scene.world)).code).toBe('ok');
  });

  it('are not replaced above the cap', async () => {
    await hold(scene);
    await growLog(scene);
    const [first] = await attempts(scene, await lastExtension(scene));
    const cap = scene.chain.feeCap;
    scene.chain.feeCap = first!.maxFeePerGas;
    scene.clock.advance(STUCK);
    await scene.tick();
    expect(await attempts(scene, await lastExtension(scene))).toHaveLength(1);
    expect(await anchorerHealth(scene.world)).toMatchObject({
      code: 'fees-above-cap',
      facts: { cap: 500 },
    });
    scene.clock.advance(STUCK);
    scene.chain.feeCap = cap;
    await scene.tick();
    expect(await attempts(scene, await lastExtension(scene))).toHaveLength(2);
    expect((await anchorerHealth(scene.world)).code).toBe('stuck');
    expect(cap).toBe(500n * GWEI);
    await mine(scene);
  });

  it('are taken back when a due time nears, so that the first anchor after it holds every bid', async () => {
    const tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    const [one, two] = PEOPLE.tenderers as [Person, Person, Person];
    await bids(scene, tender, one, plainBid('900'));
    await settled(scene);
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    scene.clock.set(due - 35_000);
    await hold(scene);
    await growLog(scene);
    const early = await lastExtension(scene);
    expect(early.status).toBe('sent');
    scene.clock.set(due - 29_000);
    await scene.tick();
    const [, second, ...more] = await attempts(scene, early);
    expect(more).toEqual([]);
    const data = (await lastExtension(scene)).data;
    const [oldSize, newSize] = ledgerInterface.decodeFunctionData('extendLog', data).toArray() as bigint[];
    expect(newSize).toBe(oldSize);
    await bids(scene, tender, two, plainBid('1000'));
    // Mined only after the due time: it stores nothing.
    scene.clock.set(due + 1000);
    await scene.test.chain.call('evm_setNextBlockTimestamp', due / 1000 + 1);
    await mine(scene);
    await flow(scene);
    await scene.untilPhase(tender.id, 'opening');
    const retired = await scene.world.db.chainCall.findUniqueOrThrow({ where: { id: early.id } });
    expect(retired).toMatchObject({ status: 'final', hash: second!.hash });
    const closed = await scene.world.db.stageClosure.findFirst({ where: { tenderId: tender.id, stage: 2 } });
    expect(closed?.count).toBe(2);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('leave a tender that cannot close, and say so, when one is mined after the due time all the same', async () => {
    const tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    await settled(scene);
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    scene.clock.set(due - 35_000);
    await hold(scene);
    await growLog(scene);
    // No worker runs during the quiet, and the chain takes until after the due time.
    scene.clock.set(due - 5_000);
    await bids(scene, tender, PEOPLE.tenderers[0]!, plainBid('900'));
    scene.clock.set(due + 1000);
    await scene.test.chain.call('evm_setNextBlockTimestamp', due / 1000 + 1);
    await mine(scene);
    await flow(scene);
    const row = () => scene.world.db.tender.findUniqueOrThrow({ where: { id: tender.id } });
    await scene.until(async () => (await row()).stuck !== null);
    expect((await row()).stuck).toMatch(
      /^Anchor \d+, the first after the due time, lacks a record of stage 2/,
    );
    expect(await scene.phase(tender.id)).toBe('closing');
  });

  it('are finished after a crash between the block and the writing down', async () => {
    scene.clock.advance(10_000);
    const { ledger } = scene.chain;
    const anchorAt = ledger.anchorAt;
    const before = await scene.world.db.anchor.count();
    ledger.anchorAt = () => Promise.reject(new Error('killed before it was written down'));
    try {
      await growLog(scene);
      await scene.tick();
    } finally {
      ledger.anchorAt = anchorAt;
    }
    const call = await lastExtension(scene);
    expect(call).toMatchObject({ status: 'sent', blockNumber: expect.any(Number) });
    expect(await scene.world.db.anchor.count()).toBe(before);
    await scene.tick();
    expect(await lastExtension(scene)).toMatchObject({ id: call.id, status: 'final', hash: call.hash });
    expect(await scene.world.db.anchor.count()).toBe(before + 1);
  });
});
