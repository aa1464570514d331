import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { last, shares } from '@/lib/procedure/state';
import { does } from '../../support/acts';
import { release, sharesInput } from '../../support/bids';
import { driveTo } from '../../support/drive';
import { PEOPLE, type Person } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';

const [one, two, three] = PEOPLE.members as [Person, Person, Person];
const keyOf = (ocid: string) => createHash('sha256').update(ocid).digest('hex');

describe('opening', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  const rounds = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      await scene.tick();
      scene.clock.advance(1000);
    }
  };
  const recordTypes = async (id: string) => (await scene.process(id)).filed.map((f) => f.type);

  it('never opens a tender with fewer bids than the rules want: cancelled on chain, nothing opened', async () => {
    const tender = await driveTo(scene, 'unsuccessful', { prices: ['900.25'] });
    const key = keyOf(tender.ocid);
    await scene.until(async () => (await scene.chain.ledger.cancellationOf(key)) !== null);
    await rounds(3);
    const process = await scene.process(tender.id);
    const why = last(process, 'tender-unsuccessful');
    expect(why?.data).toEqual({ reason: 'fewer-than-minimum', bids: 1, minimum: 2 });
    expect(await recordTypes(tender.id)).not.toEqual(expect.arrayContaining(['bid-opened']));
    expect(process.filed.some((f) => f.type === 'opening-report')).toBe(false);
    const cancellation = await scene.chain.ledger.cancellationOf(key);
    expect(cancellation).toMatchObject({ commitment: why?.commitment });
    expect(await scene.chain.ledger.stageOf(key, 2)).toMatchObject({ count: 1 });
    expect(await scene.chain.ledger.stageOf(key, 3)).toMatchObject({ count: 1 });
    expect(await scene.chain.ledger.stageOf(key, 4)).toBeNull();
    const [call] = await scene.world.db.chainCall.findMany({
      where: { tenderId: tender.id, method: 'cancel' },
    });
    expect(call?.status).toBe('final');
  });

  it('ends a tender without any bid in the same way', async () => {
    const tender = await driveTo(scene, 'unsuccessful', { prices: [] });
    const key = keyOf(tender.ocid);
    await scene.until(async () => (await scene.chain.ledger.cancellationOf(key)) !== null);
    expect(await scene.chain.ledger.stageOf(key, 2)).toMatchObject({ count: 0 });
    const closed = await scene.world.db.stageClosure.findFirst({ where: { tenderId: tender.id, stage: 2 } });
    expect(closed).toMatchObject({ count: 0, leaves: [], reason: 'no-records' });
  });

  it('opens nothing with fewer shares than the threshold, however long it waits', async () => {
    const tender = await driveTo(scene, 'opening');
    await release(scene, tender, [one]);
    await rounds(8);
    expect(await scene.phase(tender.id)).toBe('opening');
    expect((await recordTypes(tender.id)).filter((t) => t.startsWith('bid-'))).toEqual([]);
    await release(scene, tender, [three]);
    await scene.untilPhase(tender.id, 'evaluation');
  });

  it('stays undecided over a wrong share until a third member releases, and then opens all', async () => {
    const tender = await driveTo(scene, 'opening');
    const right = await sharesInput(scene, tender, one);
    const wrong = { unopenable: [], shares: right.shares.map((s) => ({ ...s, share: '5a'.repeat(32) })) };
    await does(scene, one, 'release-shares', tender.id, wrong);
    await release(scene, tender, [two]);
    const failed = scene.errors.length;
    await rounds(12);
    expect(await scene.phase(tender.id)).toBe('opening');
    expect(
      scene.errors
        .slice(failed)
        .map((e) => String(e.error))
        .join(),
    ).toMatch(/undecided/i);
    expect((await recordTypes(tender.id)).filter((t) => t.startsWith('bid-'))).toEqual([]);
    const { stuck } = await scene.world.db.tender.findUniqueOrThrow({ where: { id: tender.id } });
    expect(stuck).toMatch(/undecided/);
    await release(scene, tender, [three]);
    await scene.untilPhase(tender.id, 'evaluation');
    const process = await scene.process(tender.id);
    expect(shares(process)).toHaveLength(3);
    expect(last(process, 'opening-report')?.data.bids.map((b) => b.outcome)).toEqual(['valid', 'valid']);
    expect((await scene.world.db.tender.findUniqueOrThrow({ where: { id: tender.id } })).stuck).toBeNull();
  });

  it('excludes what no shares open only after the time of the rule, and says so', async () => {
    const tender = await driveTo(scene, 'opening');
    const right = await sharesInput(scene, tender, one);
    const [kept, spoilt] = right.shares as [(typeof right.shares)[0], (typeof right.shares)[0]];
    const shown = { unopenable: [], shares: [kept, { ...spoilt, share: '5a'.repeat(32) }] };
    await does(scene, one, 'release-shares', tender.id, shown);
    await release(scene, tender, [two]);
    await rounds(12);
    expect(await scene.phase(tender.id)).toBe('opening');
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    scene.clock.set(due + 601_000);
    await rounds(12);
    const process = await scene.process(tender.id);
    expect(last(process, 'bid-opened')?.data.bid).toBe(kept.bid);
    expect(last(process, 'bid-invalid')?.data).toMatchObject({
      bid: spoilt.bid,
      code: 'undecided',
      seed: null,
    });
    expect(
      last(process, 'opening-report')
        ?.data.bids.map((b) => b.outcome)
        .sort(),
    ).toEqual(['invalid', 'valid']);
  });
});
