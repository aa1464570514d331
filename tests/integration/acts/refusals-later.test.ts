import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Act } from '@/lib/procedure/permissions';
import type { Actor } from '@/lib/procedure/roles';
import { does } from '../../support/acts';
import { plainBid, sealBid, sharesInput, submission, uploadEnvelope } from '../../support/bids';
import { driveTo, evaluate, proposalInput, sheetInput, type Drive } from '../../support/drive';
import { PEOPLE, tenderer, type Person } from '../../support/people';
import type { TenderRef } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';
import { refusedUnchanged } from '../../support/unchanged';

const hex32 = 'ab'.repeat(32);
const [member] = PEOPLE.members as [Person, Person, Person];
const [first, second, third] = PEOPLE.tenderers as [Person, Person, Person];

describe('refusals after publication: the code, and nothing changed', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());
  const refused = (actor: Actor, act: Act, tender: TenderRef, input: unknown) =>
    refusedUnchanged(scene, actor, act, tender.id, input);

  it('bids: foreign, copied, second, and late by a millisecond', async () => {
    const tender = await driveTo(scene, 'open');
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    const sealed = await sealBid(scene, tender, first, plainBid('900.25'));
    expect(await refused(first, 'submit-bid', tender, submission(sealed))).toBe('upload-missing');
    expect(await uploadEnvelope(scene, tender, sealed)).toMatchObject({ ok: true });
    // Another's upload is not one's own, whoever knows its digest.
    expect(await refused(second, 'submit-bid', tender, submission(sealed))).toBe('upload-missing');
    // The very bytes of another's envelope are bound to that tenderer: they are not even stored.
    const copied = await uploadEnvelope(scene, tender, sealed, second);
    expect(copied).toMatchObject({ ok: false, code: 'envelope-of-another-tender' });
    const late = await sealBid(scene, tender, third, plainBid('1'));
    expect(await uploadEnvelope(scene, tender, late)).toMatchObject({ ok: true });
    const last = await sealBid(scene, tender, second, plainBid('990'));
    expect(await uploadEnvelope(scene, tender, last)).toMatchObject({ ok: true });

    await does(scene, first, 'submit-bid', tender.id, submission(sealed));
    expect(await refused(first, 'submit-bid', tender, submission(sealed))).toBe('upload-missing');
    const another = await sealBid(scene, tender, first, plainBid('800'));
    expect(await uploadEnvelope(scene, tender, another)).toMatchObject({ ok: true });
    const again = submission(another);
    expect(await refused(first, 'submit-bid', tender, again)).toBe('already-bid');
    // A colleague of the same organization is the same tenderer.
    const colleague = { ...first, person: 'tenderer-1-colleague' };
    expect(await uploadEnvelope(scene, tender, another, colleague)).toMatchObject({ ok: true });
    expect(await refused(colleague, 'submit-bid', tender, again)).toBe('already-bid');

    scene.clock.set(due - 1);
    await does(scene, second, 'submit-bid', tender.id, submission(last));
    scene.clock.set(due);
    const tooLate = submission(late);
    expect(await refused(third, 'submit-bid', tender, tooLate)).toBe('deadline-passed');
    scene.clock.advance(1);
    expect(await refused(third, 'submit-bid', tender, tooLate)).toBe('deadline-passed');
    const files = await scene.world.db.upload.count();
    const outsider = { ...late, tenderer: tenderer(8) };
    expect(await uploadEnvelope(scene, tender, outsider)).toMatchObject({
      ok: false,
      code: 'deadline-passed',
    });
    expect(await scene.world.db.upload.count()).toBe(files);
    const { filed } = await scene.process(tender.id);
    expect(filed.filter((f) => f.type === 'bid').map((f) => Date.parse(f.time))).toEqual([
      expect.any(Number),
      due - 1,
    ]);
  });

  it('shares: all of them, once, by a member', async () => {
    const tender = await driveTo(scene, 'opening');
    const { shares } = await sharesInput(scene, tender, member);
    expect(await refused(member, 'release-shares', tender, { unopenable: [], shares: shares.slice(1) })).toBe(
      'shares-incomplete',
    );
    const twice = { unopenable: [], shares: [shares[0], shares[0]] };
    expect(await refused(member, 'release-shares', tender, twice)).toBe('shares-incomplete');
    expect(await refused(PEOPLE.citizen, 'release-shares', tender, { shares, unopenable: [] })).toBe(
      'not-permitted',
    );
    await does(scene, member, 'release-shares', tender.id, { shares, unopenable: [] });
    expect(await refused(member, 'release-shares', tender, { shares, unopenable: [] })).toBe('already-done');
  });

  describe('evaluation', () => {
    let tender: Drive;
    const everyone = PEOPLE.evaluators.map((e) => e.person);
    const [judge, other] = PEOPLE.evaluators as [Person, Person, Person];
    beforeAll(async () => {
      tender = await driveTo(scene, 'evaluation');
    });

    it('whoever filed, asked or approved does not evaluate; an odd number of at least three does', async () => {
      for (const person of [PEOPLE.officer.person, PEOPLE.approver.person]) {
        const evaluators = [person, ...everyone.slice(1)];
        expect(await refused(PEOPLE.officer, 'appoint-evaluators', tender, { evaluators })).toBe(
          'officer-cannot-evaluate',
        );
      }
      for (const evaluators of [
        everyone.slice(1),
        [...everyone, 'evaluator-4'],
        [judge.person, judge.person, judge.person],
      ])
        expect(await refused(PEOPLE.officer, 'appoint-evaluators', tender, { evaluators })).toBe(
          'too-few-evaluators',
        );
    });

    it('interests come before scores, a conflict ends the matter, sheets are whole and filed once', async () => {
      await does(scene, PEOPLE.officer, 'appoint-evaluators', tender.id, { evaluators: everyone });
      const sheet = await sheetInput(scene, tender, judge);
      expect(await refused(judge, 'file-scores', tender, sheet)).toBe('interests-first');
      expect(await refused(judge, 'declare-interests', tender, { conflict: true, statement: '' })).toBe(
        'invalid-input',
      );
      await does(scene, judge, 'declare-interests', tender.id, { conflict: false, statement: '' });
      expect(await refused(judge, 'declare-interests', tender, { conflict: true, statement: 'x' })).toBe(
        'already-done',
      );
      expect(await refused(judge, 'file-scores', tender, { scores: sheet.scores.slice(1) })).toBe(
        'scores-incomplete',
      );
      const doubled = { scores: [...sheet.scores, sheet.scores[0]] };
      expect(await refused(judge, 'file-scores', tender, doubled)).toBe('scores-incomplete');
      const unequal = { scores: sheet.scores.map(() => sheet.scores[0]) };
      expect(await refused(judge, 'file-scores', tender, unequal)).toBe('scores-incomplete');
      const high = { scores: sheet.scores.map((s) => ({ ...s, score: 101 })) };
      expect(await refused(judge, 'file-scores', tender, high)).toBe('invalid-input');
      await does(scene, judge, 'file-scores', tender.id, sheet);
      expect(await refused(judge, 'file-scores', tender, sheet)).toBe('already-done');
      await does(scene, other, 'declare-interests', tender.id, {
        conflict: true,
        statement: 'My brother bids.',
      });
      expect(await refused(other, 'file-scores', tender, await sheetInput(scene, tender, other))).toBe(
        'conflict-declared',
      );
      const evaluators = everyone;
      expect(await refused(PEOPLE.officer, 'appoint-evaluators', tender, { evaluators })).toBe(
        'conflict-declared',
      );
      expect(await refused(PEOPLE.officer, 'propose-award', tender, { bid: hex32, reasons: 'x' })).toBe(
        'scores-not-sealed',
      );
      expect(await refused(PEOPLE.approver, 'approve-award', tender, { intended: hex32 })).toBe(
        'no-award-intended',
      );
    });
  });

  it('no file is left behind by anything that was refused', async () => {
    const kept = await scene.world.db.upload.findMany({ select: { storageKey: true, sha256: true } });
    const entries = await readdir(scene.test.env.STORAGE_DIR, { recursive: true, withFileTypes: true });
    expect(entries.filter((e) => e.isFile()).length).toBe(new Set(kept.map((k) => k.storageKey)).size);
    const [sample] = kept;
    const hash = createHash('sha256');
    for await (const piece of scene.world.storage.get(sample!.storageKey)) hash.update(piece as Uint8Array);
    expect(hash.digest('hex')).toBe(sample!.sha256);
  });

  it('award: only the first, four eyes, the ranking once', async () => {
    const tender = await driveTo(scene, 'evaluation');
    await evaluate(scene, tender);
    await scene.until(async () => (await scene.process(tender.id)).filed.some((f) => f.type === 'ranking'));
    const best = await proposalInput(scene, tender);
    const loser = tender.bids.find((b) => b.receipt.commitment !== best.bid)!.receipt.commitment;
    expect(await refused(PEOPLE.officer, 'propose-award', tender, { bid: loser, reasons: 'x' })).toBe(
      'not-ranked-first',
    );
    await does(scene, PEOPLE.officerApprover, 'propose-award', tender.id, best);
    expect(await refused(PEOPLE.officer, 'propose-award', tender, best)).toBe('already-done');
    const intended = (await scene.process(tender.id)).filed.findLast(
      (f) => f.type === 'award-intended',
    )!.commitment;
    expect(await refused(PEOPLE.officerApprover, 'approve-award', tender, { intended })).toBe(
      'self-approval',
    );
    expect(await refused(PEOPLE.approver, 'approve-award', tender, { intended: hex32 })).toBe(
      'draft-changed',
    );
    await does(scene, PEOPLE.approver, 'refuse-award', tender.id, { reason: 'Reasons are thin.' });
    expect(await refused(PEOPLE.approver, 'approve-award', tender, { intended })).toBe('no-award-intended');
  });
});
