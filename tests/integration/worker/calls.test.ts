import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '@/lib/server/chain/transactions';
import { driveTo, startDrive, step, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

describe('chain calls after a crash', () => {
  let scene: Scene;
  let tender: Drive;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  const open = async () =>
    scene.world.db.chainCall.findFirstOrThrow({ where: { tenderId: tender.id, method: 'openTender' } });
  const nonce = () => scene.chain.transactions.minedNonce(addressOf(scene.test.env.REGISTRAR_KEY));

  /** A tender whose openTender is written down, signed by the registrar, and not sent. */
  async function signedOnly(): Promise<string> {
    tender = await startDrive(scene);
    await step(scene, tender, 'approval');
    await step(scene, tender, 'publishing');
    // The worker is killed between signing and sending.
    const { transactions } = scene.chain;
    const broadcast = transactions.broadcast;
    transactions.broadcast = async (raw) => {
      const call = await scene.world.db.chainCall.findFirstOrThrow({ where: { raw } });
      if (call.tenderId === tender.id) throw new Error('killed before it was sent');
      return broadcast(raw);
    };
    const signed = { tenderId: tender.id, status: 'signed' };
    try {
      await scene.until(async () => (await scene.world.db.chainCall.count({ where: signed })) === 1);
    } finally {
      transactions.broadcast = broadcast;
    }
    return (await open()).raw ?? '';
  }

  it('sends the very bytes that were signed and not sent', async () => {
    const raw = await signedOnly();
    const before = await nonce();
    expect(await scene.phase(tender.id)).toBe('publishing');
    await scene.untilPhase(tender.id, 'open');
    expect((await open()).raw).toBe(raw);
    expect((await open()).status).toBe('final');
    expect(await nonce()).toBeGreaterThan(before);
  });

  it('sends again what the node forgot', async () => {
    const raw = await signedOnly();
    await scene.world.db.chainCall.updateMany({ where: { tenderId: tender.id }, data: { status: 'sent' } });
    await scene.untilPhase(tender.id, 'open');
    expect(await open()).toMatchObject({ raw, status: 'final' });
  });

  it('finds what was mined before it could be written down', async () => {
    const raw = await signedOnly();
    await scene.chain.beforeSend();
    await scene.chain.transactions.broadcast(raw);
    const mined = await nonce();
    await scene.tick();
    await scene.tick();
    expect((await open()).status).toBe('final');
    expect(await scene.phase(tender.id)).toBe('open');
    // The closing of planning comes after it; the opening itself was not sent twice.
    const sent = await scene.world.db.chainCall.count({
      where: { role: 'registrar', nonce: { gte: mined } },
    });
    expect((await nonce()) - mined).toBeLessThanOrEqual(sent);
  });

  it('signs anew when another transaction took the nonce', async () => {
    const raw = await signedOnly();
    const { address, privateKey } = scene.chain.keys.registrar;
    const taken = (await open()).nonce ?? 0;
    const other = await scene.chain.transactions.signCall({
      privateKey,
      to: address,
      data: '0x',
      nonce: taken,
      gasLimit: 50_000n,
    });
    await scene.chain.beforeSend();
    await scene.chain.transactions.broadcast(other.raw);
    await scene.untilPhase(tender.id, 'open');
    const call = await open();
    expect(call.status).toBe('final');
    expect(call.raw).not.toBe(raw);
    expect(call.nonce).toBeGreaterThan(taken);
  });

  it('goes on from any phase after the rounds stopped for a day', async () => {
    const late = await driveTo(scene, 'closing');
    scene.clock.advance(86_400_000);
    await scene.untilPhase(late.id, 'opening');
  });
});
