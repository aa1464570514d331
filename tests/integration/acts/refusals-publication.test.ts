import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '@/lib/procedure/permissions';
import type { Actor } from '@/lib/procedure/roles';
import { performAct } from '@/lib/server/operations/perform-act';
import { createTender } from '@/lib/server/operations/create-tender';
import { does } from '../../support/acts';
import { PEOPLE, type Person } from '../../support/people';
import {
  acceptanceInput,
  approvePublication,
  committeeInput,
  completeDraft,
  keysetSignature,
  newTender,
  requestedDigest,
  seatCommittee,
  upload,
  type TenderRef,
} from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';
import { refusedUnchanged } from '../../support/unchanged';

const hex32 = 'ab'.repeat(32);
const [member, secondMember] = PEOPLE.members as [Person, Person, Person];

describe('refusals before publication: the code, and nothing changed', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());
  const refused = (actor: Actor, act: Act, tender: TenderRef, input: unknown) =>
    refusedUnchanged(scene, actor, act, tender.id, input);

  describe('drafts and the committee', () => {
    it('only an officer begins a tender, of its own entity', async () => {
      const outcome = await createTender(scene.world, PEOPLE.approver, completeDraft(scene.clock.now()));
      expect(outcome).toMatchObject({ ok: false, code: 'not-permitted' });
    });

    it('an officer of another entity edits nothing', async () => {
      const tender = await newTender(scene);
      const draft = completeDraft(scene.clock.now());
      expect(await refused(PEOPLE.strangeOfficer, 'edit-draft', tender, { draft })).toBe('not-permitted');
    });

    it('there is nothing under an unknown identifier', async () => {
      const nowhere = { id: '01900000-0000-7000-8000-000000000000', ocid: '' };
      expect(await refused(PEOPLE.officer, 'request-publication', nowhere, {})).toBe('not-found');
    });

    it('names the field of an input that is not right', async () => {
      const tender = await newTender(scene);
      const outcome = await performAct(scene.world, PEOPLE.officer, 'edit-draft', tender.id, {
        draft: { title: 3 },
      });
      expect(outcome).toMatchObject({ ok: false, code: 'invalid-input' });
      if (!outcome.ok) expect(Object.keys(outcome.fieldErrors ?? {})).toContain('draft.title');
    });

    it('an acceptance needs a signature that fits, the own key, and a fresh time', async () => {
      const tender = await newTender(scene);
      await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput());
      const input = await acceptanceInput(scene, tender, member);
      const unsigned = { ...input, signature: '00'.repeat(64) };
      expect(await refused(member, 'accept-appointment', tender, unsigned)).toBe('bad-signature');
      const otherKey = (await acceptanceInput(scene, tender, secondMember)).key;
      expect(await refused(member, 'accept-appointment', tender, { ...input, key: otherKey })).toBe(
        'unknown-key',
      );
      expect(await refused(member, 'accept-appointment', tender, { ...input, key: hex32 })).toBe(
        'unknown-key',
      );
      const x25519 = 'cd'.repeat(32);
      expect(await refused(member, 'accept-appointment', tender, { ...input, x25519 })).toBe('bad-signature');
      const later = new Date(scene.clock.now() + 60_000).toISOString();
      expect(await refused(member, 'accept-appointment', tender, { ...input, time: later })).toBe(
        'stale-signature-time',
      );
      for (const time of ['soon', '2026-06-01', '2026-02-30T00:00:00.000Z'])
        expect(await refused(member, 'accept-appointment', tender, { ...input, time })).toBe('invalid-input');
      // A record's id is a UUIDv7 in lower case, whatever else a browser makes up.
      for (const id of ['0190b1a2-0000-4000-8000-000000000000', input.id.toUpperCase()])
        expect(await refused(member, 'accept-appointment', tender, { ...input, id })).toBe('invalid-input');
      scene.clock.advance(10 * 60_000 + 1);
      expect(await refused(member, 'accept-appointment', tender, input)).toBe('stale-signature-time');
    });

    it('a member accepts once, and signs the key set that all made, once', async () => {
      const tender = await newTender(scene);
      await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput());
      await does(
        scene,
        member,
        'accept-appointment',
        tender.id,
        await acceptanceInput(scene, tender, member),
      );
      const signature = 'cd'.repeat(64);
      const unsigned = {
        x25519: hex32,
        key: hex32,
        id: '01900000-0000-7000-8000-000000000000',
        time: new Date(scene.clock.now()).toISOString(),
        signature,
      };
      expect(await refused(member, 'accept-appointment', tender, unsigned)).toBe('already-done');
      expect(await refused(member, 'sign-keyset', tender, { signature })).toBe('committee-incomplete');
      expect(await refused(PEOPLE.officer, 'request-publication', tender, {})).toBe('keyset-incomplete');
      for (const m of PEOPLE.members.slice(1))
        await does(scene, m, 'accept-appointment', tender.id, await acceptanceInput(scene, tender, m));
      expect(await refused(member, 'sign-keyset', tender, { signature })).toBe('bad-signature');
      const foreign = await keysetSignature(scene, tender, secondMember);
      expect(await refused(member, 'sign-keyset', tender, { signature: foreign })).toBe('bad-signature');
      await does(scene, member, 'sign-keyset', tender.id, {
        signature: await keysetSignature(scene, tender, member),
      });
      const again = await keysetSignature(scene, tender, member);
      expect(await refused(member, 'sign-keyset', tender, { signature: again })).toBe('already-done');
    });

    it('the id of another record is not taken again', async () => {
      const tender = await newTender(scene);
      await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput());
      const input = await acceptanceInput(scene, tender, member);
      await does(scene, member, 'accept-appointment', tender.id, input);
      const again = await acceptanceInput(scene, tender, secondMember, input.id);
      expect(await refused(secondMember, 'accept-appointment', tender, again)).toBe('already-done');
    });

    it('texts that no record can hold are named by their field', async () => {
      const tender = await newTender(scene);
      for (const title of ['half a pair \ud83d', 'a\u0000b']) {
        const draft = { ...completeDraft(scene.clock.now()), title };
        const outcome = await performAct(scene.world, PEOPLE.officer, 'edit-draft', tender.id, { draft });
        expect(outcome).toMatchObject({
          code: 'invalid-input',
          fieldErrors: { 'draft.title': 'control-characters' },
        });
        const created = await createTender(scene.world, PEOPLE.officer, draft);
        expect(created).toMatchObject({
          code: 'invalid-input',
          fieldErrors: { title: 'control-characters' },
        });
      }
    });

    it('publication wants a whole notice, its clocks, and a committee', async () => {
      const now = scene.clock.now();
      const empty = await newTender(scene, { title: '' });
      expect(await refused(PEOPLE.officer, 'request-publication', empty, {})).toBe('invalid-input');
      const soon = await newTender(scene, {
        bidsDue: new Date(Math.ceil(now / 1000) * 1000 + 59_000).toISOString(),
      });
      expect(await refused(PEOPLE.officer, 'request-publication', soon, {})).toBe('deadline-too-early');
      const short = await newTender(scene, { standstill: 59 });
      expect(await refused(PEOPLE.officer, 'request-publication', short, {})).toBe('standstill-too-short');
      const lawless = await newTender(scene, { rulePack: 'unheard-of@1' });
      expect(await refused(PEOPLE.officer, 'request-publication', lawless, {})).toBe('unknown-rule-pack');
      const alone = await newTender(scene);
      expect(await refused(PEOPLE.officer, 'request-publication', alone, {})).toBe('committee-incomplete');
    });
  });

  describe('approval', () => {
    let tender: TenderRef;
    beforeEach(async () => {
      tender = await newTender(scene);
      await seatCommittee(scene, tender);
    });

    it('nobody approves what it asked for itself', async () => {
      await does(scene, PEOPLE.officerApprover, 'request-publication', tender.id, {});
      const digest = await requestedDigest(scene, tender);
      expect(await refused(PEOPLE.officerApprover, 'approve-publication', tender, { digest })).toBe(
        'self-approval',
      );
    });

    it('what is approved is what was seen: not another notice, not other documents', async () => {
      await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
      expect(await refused(PEOPLE.approver, 'approve-publication', tender, { digest: hex32 })).toBe(
        'draft-changed',
      );
      const digest = await requestedDigest(scene, tender);
      await upload(scene, tender, PEOPLE.officer, 'slipped in after the request');
      expect(await refused(PEOPLE.approver, 'approve-publication', tender, { digest })).toBe('draft-changed');
    });

    it('a second approval finds the tender being published', async () => {
      await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
      const digest = await requestedDigest(scene, tender);
      await approvePublication(scene, tender);
      for (const actor of [PEOPLE.approver, PEOPLE.otherApprover])
        expect(await refused(actor, 'approve-publication', tender, { digest })).toBe('wrong-phase');
    });

    it('an approval that comes too late for the deadline is refused', async () => {
      await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
      const digest = await requestedDigest(scene, tender);
      scene.clock.advance(61_000);
      expect(await refused(PEOPLE.approver, 'approve-publication', tender, { digest })).toBe(
        'deadline-too-early',
      );
    });
  });
});
