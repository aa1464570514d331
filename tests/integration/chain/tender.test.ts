import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  encodeAnnounceAward,
  encodeCancel,
  encodeCloseStage,
  encodeCommitBid,
  encodeExtendBidsDue,
  encodeOpenTender,
} from '@/lib/server/chain/calls';
import { commitment, EMPTY_ROOT, GENESIS, logTree, sha256, startWorld, type World } from './world';

const DUE = GENESIS + 3_600;
const STANDSTILL = 600;
const notice = sha256('notice');
const keyset = sha256('keyset');
const root = sha256('root');

describe('a tender from publication to performance', () => {
  const process = sha256('ocds-213czf-000-00001');
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  const close = (stage: number, at: number, anchorIndex: number, count = 0) =>
    world.send(
      'registrar',
      encodeCloseStage({ key: process, stage, root: count === 0 ? EMPTY_ROOT : root, count, anchorIndex }),
      at,
    );
  const mined = { reverted: false, refusal: null };
  const refusedWith = (code: string) => ({ reverted: true, refusal: { code } });

  it('is published with its notice, due time and key set', async () => {
    expect(await world.ledger.tenderOf(process)).toBeNull();
    const call = { process, notice, bidsDue: DUE, standstill: STANDSTILL, keyset };
    const outcome = await world.send('registrar', encodeOpenTender(call), GENESIS + 100);
    expect(outcome).toMatchObject({ ...mined, time: GENESIS + 100 });
    expect(await world.ledger.tenderOf(process)).toEqual({
      notice,
      bidsDue: DUE,
      standstill: STANDSTILL,
      committees: 1,
      dueTimes: 1,
      time: GENESIS + 100,
      blockNumber: outcome.blockNumber,
    });
    expect(await world.ledger.committeeAt(process, 0)).toMatchObject({ keyset });
    await expect(world.ledger.committeeAt(process, 1)).rejects.toMatchObject({
      code: 'refused',
      refusal: { code: 'UnknownVersion' },
    });
    const again = await world.send('registrar', encodeOpenTender(call));
    expect(again).toMatchObject(refusedWith('TenderAlreadyOpen'));
  });

  it('closes planning against an anchor of a real tree', async () => {
    const anchored = await world.anchor(5, GENESIS + 200);
    expect(anchored).toMatchObject({ ...mined, anchored: { anchorIndex: 0, treeSize: 5 } });
    expect(await close(0, GENESIS + 210, 0, 2)).toMatchObject(mined);
    expect(await world.ledger.stageOf(process, 0)).toMatchObject({
      rootHash: root,
      count: 2,
      anchorIndex: 0,
    });
  });

  it('refuses to close tender and bids before bids are due, or out of order', async () => {
    expect(await close(1, DUE - 10, 0)).toMatchObject(refusedWith('BidsNotDue'));
    expect(await close(2, DUE - 9, 0)).toMatchObject(refusedWith('StageOutOfOrder'));
    expect(await close(0, DUE - 8, 0)).toMatchObject(refusedWith('StageAlreadyClosed'));
    expect(await world.ledger.stageOf(process, 1)).toBeNull();
  });

  it('takes bid commitments until the due time, from anyone', async () => {
    const call = encodeCommitBid({ process, envelope: sha256('envelope') });
    expect(await world.send('stranger', call, DUE - 5)).toMatchObject(mined);
    expect(await world.send('stranger', call, DUE - 4)).toMatchObject(mined);
    expect(await world.ledger.bidCommittedAt(process, sha256('envelope'))).toBe(DUE - 5);
    const late = encodeCommitBid({ process, envelope: sha256('late') });
    await world.anchor(9, DUE - 1);
    expect(await world.send('stranger', late, DUE)).toMatchObject(refusedWith('BidsAlreadyDue'));
    expect(await world.ledger.bidCommittedAt(process, sha256('late'))).toBeNull();
  });

  it('closes bids with the first anchor after the due time only', async () => {
    expect(await world.ledger.firstAnchorFrom(DUE)).toBeNull();
    await world.anchor(12, DUE + 1);
    await world.anchor(13, DUE + 61);
    expect(await close(1, DUE + 70, 2, 6)).toMatchObject(mined);
    expect(await close(2, DUE + 71, 1, 3)).toMatchObject(refusedWith('NotFirstAnchorAfterDue'));
    expect(await close(2, DUE + 72, 3, 3)).toMatchObject(refusedWith('NotFirstAnchorAfterDue'));
    expect(await world.ledger.firstAnchorFrom(DUE)).toMatchObject({ index: 2, anchor: { treeSize: 12 } });
    expect(await close(2, DUE + 73, 2, 13)).toMatchObject(refusedWith('CountAboveAnchor'));
    expect(await close(2, DUE + 74, 2, 3)).toMatchObject(mined);
    expect(await world.ledger.roundOf(process, 2)).toBe(0);
  });

  it('opens, evaluates, announces, waits, awards, contracts, performs', async () => {
    expect(await close(3, DUE + 80, 3, 2)).toMatchObject(mined);
    const early = encodeAnnounceAward({ key: process, commitment: notice, standstillEnds: DUE + 2_000 });
    expect(await world.send('registrar', early)).toMatchObject(refusedWith('EvaluationNotClosed'));
    expect(await close(4, DUE + 100, 3)).toMatchObject(mined);
    expect(await close(5, DUE + 101, 3)).toMatchObject(refusedWith('AwardNotAnnounced'));
    const ends = DUE + 110 + STANDSTILL;
    const tooSoon = encodeAnnounceAward({ key: process, commitment: notice, standstillEnds: ends - 1 });
    expect(await world.send('registrar', tooSoon, DUE + 110)).toMatchObject(
      refusedWith('StandstillTooShort'),
    );
    const announce = encodeAnnounceAward({ key: process, commitment: notice, standstillEnds: ends + 1 });
    expect(await world.send('registrar', announce, DUE + 111)).toMatchObject(mined);
    expect(await world.ledger.awardOf(process)).toMatchObject({
      commitment: notice,
      standstillEnds: ends + 1,
    });
    expect(await close(5, ends, 3)).toMatchObject(refusedWith('StandstillNotOver'));
    expect(await close(5, ends + 1, 3)).toMatchObject(mined);
    expect(await close(6, ends + 2, 3)).toMatchObject(mined);
    expect(await close(7, ends + 3, 3)).toMatchObject(mined);
    expect(await world.ledger.stageAt(process, 7, 0)).toMatchObject({ rootHash: EMPTY_ROOT, count: 0 });
    expect(await world.ledger.stageAt(process, 7, 1)).toBeNull();
  });

  it('proves inclusion against stored anchors', async () => {
    const proof = logTree(12).inclusion(7);
    const claim = { commitment: commitment(7), index: 7, anchorIndex: 2, proof };
    expect(await world.ledger.verifyInclusion(claim)).toBe(true);
    expect(await world.ledger.verifyInclusion({ ...claim, index: 6 })).toBe(false);
    expect(await world.ledger.verifyInclusion({ ...claim, anchorIndex: 3 })).toBe(false);
    expect(await world.ledger.verifyInclusion({ ...claim, commitment: commitment(8) })).toBe(false);
  });

  it('moves the due time, then is cancelled', async () => {
    const other = sha256('ocds-213czf-000-00002');
    const now = (await world.ledger.latestBlock()).time;
    const call = { process: other, notice, bidsDue: now + 1_000, standstill: STANDSTILL, keyset };
    await world.send('registrar', encodeOpenTender(call), now + 1);
    const later = encodeExtendBidsDue({ process: other, newDue: now + 2_000, amendment: root });
    expect(await world.send('registrar', later)).toMatchObject(mined);
    expect(await world.ledger.tenderOf(other)).toMatchObject({ bidsDue: now + 2_000, dueTimes: 2 });
    const cancel = encodeCancel({ key: other, stage: 0, root, count: 4, commitment: notice });
    expect(await world.send('stranger', cancel)).toMatchObject(
      refusedWith('AccessControlUnauthorizedAccount'),
    );
    expect(await world.ledger.cancellationOf(other)).toBeNull();
    expect(await world.send('registrar', cancel)).toMatchObject(mined);
    expect(await world.ledger.cancellationOf(other)).toMatchObject({ commitment: notice, stage: 0 });
    expect(await world.ledger.stageOf(other, 0)).toMatchObject({ rootHash: root, count: 4, anchorIndex: 3 });
    expect(await world.send('registrar', later)).toMatchObject(refusedWith('AlreadyCancelled'));
  });
});
