import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, openedBids } from '@/lib/procedure/state';
import { giveSeed } from '@/lib/server/operations/give-seed';
import { toHex } from '@/lib/record/hex';
import { does } from '../../support/acts';
import { driveTo, type Drive } from '../../support/drive';
import { PEOPLE } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';

describe('giving seeds in the place of members who stay away', () => {
  let scene: Scene;
  let tender: Drive;
  beforeAll(async () => {
    scene = await startScene();
    tender = await driveTo(scene, 'opening');
  });
  afterAll(() => scene.close());

  const give = async (at: number, seed: string, of = at) => {
    const { tenderer } = tender.bids[at]!;
    const bid = tender.bids[of]!.receipt.commitment;
    const outcome = await giveSeed(scene.world, tenderer, tender.ocid, null, { bid, seed });
    return outcome.ok ? 'filed' : outcome.code;
  };
  const seedOf = (at: number) => toHex(tender.bids[at]!.seed);
  const given = async () => all(await scene.process(tender.id), 'seed-given').map(({ data }) => data.bid);

  it('waits until they are asked for', async () => {
    expect(await give(0, seedOf(0))).toBe('seeds-not-requested');
    const until = new Date(Math.ceil(scene.clock.now() / 1000) * 1000 + 86_400_000).toISOString();
    await does(scene, PEOPLE.officer, 'request-seeds', tender.id, { until, reason: 'Two members are ill.' });
  });

  it('refuses, before it is filed, what does not rebuild the stored header byte for byte', async () => {
    const other = '5a'.repeat(32);
    expect(await give(0, other)).toBe('seed-does-not-fit');
    expect(await give(0, seedOf(1)), 'the seed of another bid').toBe('seed-does-not-fit');
    expect(await give(0, seedOf(1), 1), 'the bid of another tenderer').toBe('bid-not-live');
    const { bids } = tender;
    const unit = { lot: '1', part: '' } as const;
    const call = { bid: bids[0]!.receipt.commitment, seed: seedOf(0) };
    const outcome = await giveSeed(scene.world, bids[0]!.tenderer, tender.ocid, unit, call);
    expect(outcome).toMatchObject({ ok: false, code: 'no-such-unit' });
    const officer = await giveSeed(scene.world, PEOPLE.officer, tender.ocid, null, call);
    expect(officer).toMatchObject({ ok: false, code: 'not-permitted' });
    expect(await given()).toEqual([]);
  });

  it('files what fits, and opens all bids with the seeds of all', async () => {
    expect(await give(0, seedOf(0))).toBe('filed');
    expect(openedBids(await scene.process(tender.id))).toEqual([]);
    expect(await give(1, seedOf(1))).toBe('filed');
    expect(await given()).toEqual(tender.bids.map(({ receipt }) => receipt.commitment));
    await scene.untilPhase(tender.id, 'evaluation');
    const opened = openedBids(await scene.process(tender.id));
    expect(opened.map(({ data }) => data.priceForm?.total).toSorted()).toEqual(
      tender.bids.map(({ total }) => total).toSorted(),
    );
  });
});
