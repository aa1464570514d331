import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  encodeAnnounceAward,
  encodeChangeCommittee,
  encodeCloseStage,
  encodeExtendBidsDue,
  encodeHold,
  encodeOpenTender,
  encodeOpenUnit,
  encodeRelease,
  encodeReopen,
  encodeRetire,
} from '@/lib/server/chain/calls';
import { EMPTY_ROOT, GENESIS, sha256, startWorld, type World } from './world';

const DUE = GENESIS + 3_600;
const STANDSTILL = 600;
const [notice, keyset, reason] = ['notice', 'keyset', 'reason'].map(sha256) as [string, string, string];
const process = sha256('ocds-213czf-000-00009');
const [lot1, lot2] = [sha256('lot 1'), sha256('lot 2')];

describe('units, holds, rounds and retirement', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  const mined = { reverted: false, refusal: null };
  const refusedWith = (code: string) => ({ reverted: true, refusal: { code } });
  const hold = encodeHold({ key: process, commitment: reason });
  const release = encodeRelease({ key: process, commitment: reason });
  const close = (key: string, stage: number, anchorIndex: number, at?: number) =>
    world.send('registrar', encodeCloseStage({ key, stage, root: EMPTY_ROOT, count: 0, anchorIndex }), at);

  it('lists every process and unit', async () => {
    expect(await world.ledger.processCount()).toBe(0);
    const tender = { process, notice, bidsDue: DUE, standstill: STANDSTILL, keyset };
    await world.send('registrar', encodeOpenTender(tender), GENESIS + 10);
    const first = encodeOpenUnit({ process, unit: lot1, after: null });
    expect(await world.send('registrar', first)).toMatchObject(mined);
    const second = encodeOpenUnit({ process, unit: lot2, after: lot1 });
    expect(await world.send('registrar', second)).toMatchObject(mined);
    expect(await world.ledger.processCount()).toBe(1);
    expect(await world.ledger.processAt(0)).toBe(process);
    expect(await world.ledger.unitCount(process)).toBe(2);
    expect(await world.ledger.unitAt(process, 1)).toBe(lot2);
    expect(await world.ledger.unitOf(lot1)).toMatchObject({ process, after: null });
    expect(await world.ledger.unitOf(lot2)).toMatchObject({ process, after: lot1 });
    expect(await world.ledger.unitOf(process)).toBeNull();
    const beyond = { code: 'refused', refusal: { code: 'UnknownVersion' } };
    await expect(world.ledger.processAt(1)).rejects.toMatchObject(beyond);
    await expect(world.ledger.unitAt(process, 2)).rejects.toMatchObject(beyond);
  });

  it('changes the committee', async () => {
    const other = sha256('keyset 2');
    await world.send('registrar', encodeChangeCommittee({ process, keyset: other }));
    expect(await world.ledger.committeeAt(process, 0)).toMatchObject({ keyset });
    expect(await world.ledger.committeeAt(process, 1)).toMatchObject({ keyset: other });
  });

  it('stops the due time while on hold, and lets the review body take the hold over', async () => {
    expect(await world.ledger.holdCount(process)).toBe(0);
    expect(await world.send('registrar', hold, GENESIS + 100)).toMatchObject(mined);
    expect(await world.ledger.holdAt(process, 0)).toEqual({
      commitment: reason,
      since: GENESIS + 100,
      release: null,
      releasedAt: null,
      byReviewer: false,
    });
    expect(await close(process, 0, 0)).toMatchObject(refusedWith('OnHold'));
    expect(await world.send('reviewer', hold, GENESIS + 200)).toMatchObject(mined);
    expect(await world.send('registrar', release)).toMatchObject(refusedWith('ReviewersHold'));
    expect(await world.send('reviewer', release, GENESIS + 400)).toMatchObject(mined);
    expect(await world.ledger.holdCount(process)).toBe(2);
    expect(await world.ledger.holdAt(process, 0)).toMatchObject({
      release: reason,
      releasedAt: GENESIS + 200,
    });
    expect(await world.ledger.holdAt(process, 1)).toMatchObject({ since: GENESIS + 200, byReviewer: true });
    expect(await world.ledger.tenderOf(process)).toMatchObject({ bidsDue: DUE + 300, dueTimes: 2 });
    expect(await world.ledger.bidsDueAt(process, 1)).toMatchObject({ bidsDue: DUE + 300, amendment: reason });
  });

  it('has a way out when the last bids missed the first anchor', async () => {
    const due = DUE + 300;
    await world.anchor(4, due + 5);
    await world.anchor(6, due + 65);
    await close(process, 0, 1);
    await close(process, 1, 1);
    const later = encodeExtendBidsDue({ process, newDue: due + 600, amendment: reason });
    expect(await world.send('registrar', later, due + 70)).toMatchObject(refusedWith('BidsAlreadyDue'));
    expect(await world.send('reviewer', hold)).toMatchObject(mined);
    expect(await world.send('registrar', later, due + 100)).toMatchObject(mined);
    expect(await world.send('reviewer', release, due + 150)).toMatchObject(mined);
    const moved = due + 650;
    expect(await world.ledger.tenderOf(process)).toMatchObject({ bidsDue: moved });
    await world.anchor(9, moved + 1);
    expect(await world.ledger.firstAnchorFrom(moved)).toMatchObject({ index: 2 });
    expect(await close(process, 2, 2)).toMatchObject(mined);
  });

  it('opens and awards by units', async () => {
    expect(await close(process, 3, 2)).toMatchObject(refusedWith('ProcessHasUnits'));
    expect(await close(lot2, 3, 2)).toMatchObject(refusedWith('UnitNotEvaluated'));
    await close(lot1, 3, 2);
    await close(lot1, 4, 2);
    expect(await close(lot2, 3, 2)).toMatchObject(mined);
    const now = (await world.ledger.latestBlock()).time;
    const award = { key: lot1, commitment: notice, standstillEnds: now + 2 * STANDSTILL };
    await world.send('registrar', encodeAnnounceAward(award), now + 1);
    await world.send('reviewer', hold, now + 10);
    await world.send('reviewer', release, now + 60);
    expect(await world.ledger.awardOf(lot1)).toMatchObject({ standstillEnds: now + 2 * STANDSTILL + 50 });
    expect(await close(lot1, 5, 2, now + 2 * STANDSTILL + 50)).toMatchObject(mined);
  });

  it('begins a new round', async () => {
    const again = encodeReopen({ key: lot1, stage: 4, commitment: reason });
    expect(await world.send('registrar', again)).toMatchObject(refusedWith('NotReopenable'));
    expect(await world.ledger.reopeningAt(lot1, 4, 1)).toBeNull();
    expect(await world.send('reviewer', again)).toMatchObject(mined);
    expect(await world.ledger.roundOf(lot1, 4)).toBe(1);
    expect(await world.ledger.stageOf(lot1, 4)).toBeNull();
    expect(await world.ledger.stageAt(lot1, 4, 0)).toMatchObject({ anchorIndex: 2 });
    expect(await world.ledger.awardOf(lot1)).toBeNull();
    expect(await world.ledger.awardAt(lot1, 0)).toMatchObject({ commitment: notice });
    expect(await world.ledger.reopeningAt(lot1, 4, 1)).toMatchObject({
      commitment: reason,
      byReviewer: true,
    });
  });

  it('is retired by the admin', async () => {
    expect(await world.ledger.retirement()).toBeNull();
    const successor = world.address('stranger');
    const outcome = await world.send('admin', encodeRetire({ successor, lastGoodAnchor: 2 }));
    expect(await world.ledger.retirement()).toEqual({
      successor,
      lastGoodAnchor: 2,
      announcedAt: outcome.time,
      effectiveAt: outcome.time + 7 * 86_400,
    });
    expect(await world.anchor(10, outcome.time + 60)).toMatchObject(mined);
    expect(await world.anchor(11, outcome.time + 7 * 86_400)).toMatchObject(refusedWith('Retired'));
  });
});
