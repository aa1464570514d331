import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import { all, committee, last, notice } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import { performAct } from '@/lib/server/operations/perform-act';
import { viewerFor } from '@/lib/server/queries/tender';
import { does } from '../../support/acts';
import { PEOPLE, type Person } from '../../support/people';
import {
  acceptanceInput,
  approvePublication,
  committeeInput,
  newTender,
  rehearsalInput,
  seatCommittee,
  type TenderRef,
} from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';
import { refusedUnchanged } from '../../support/unchanged';

const [member, second] = PEOPLE.members as [Person, Person, Person];

describe('testing the key', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());
  const tests = async (tender: TenderRef, who: Person) =>
    does(scene, who, 'rehearse-key', tender.id, await rehearsalInput(scene, tender, who));
  const seats = async (tender: TenderRef) => committee(await scene.process(tender.id))?.seats ?? [];

  it('is on record before publication, under the member’s key, for the office and the committee only', async () => {
    const tender = await newTender(scene);
    await seatCommittee(scene, tender);
    await tests(tender, member);
    const process = await scene.process(tender.id);
    const filed = last(process, 'key-rehearsed')!;
    expect(filed.data.index).toBe(1);
    expect((await seats(tender)).map((s) => s.rehearsed !== null)).toEqual([true, false, false]);
    const [row] = await scene.test.sql(
      `SELECT e.text FROM entries e JOIN records r ON r.id = e."recordId" WHERE r.id = '${filed.id}'`,
    );
    const entry = JSON.parse(String(row?.text)) as {
      record: { stage: number };
      signatures: { key: string }[];
    };
    expect(entry.signatures.map((s) => s.key)).toEqual([(await seats(tender))[0]?.accepted?.data.key]);
    expect(entry.record.stage).toBe(1);
    const reads = (who: Person) => {
      const { person, organization, memberRoles } = who;
      const signedIn = { person: { id: person, name: '' }, organization, roles: [...memberRoles] };
      return mayRead(process, filed, viewerFor(process, signedIn));
    };
    expect([PEOPLE.officer, PEOPLE.approver, second].map(reads)).toEqual([true, true, true]);
    expect([PEOPLE.auditor, PEOPLE.tenderers[0]!].map(reads)).toEqual([false, false]);
    expect(mayRead(process, filed, PUBLIC_VIEWER)).toBe(false);
  });

  it('is refused, and nothing changes, for others, too early, with another key, and twice the same', async () => {
    const tender = await newTender(scene);
    await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput());
    await does(scene, member, 'accept-appointment', tender.id, await acceptanceInput(scene, tender, member));
    const refused = (who: Person, input: unknown) =>
      refusedUnchanged(scene, who, 'rehearse-key', tender.id, input);
    const shape = {
      id: '01900000-0000-7000-8000-000000000001',
      time: new Date(scene.clock.now()).toISOString(),
      signature: '00'.repeat(64),
    };
    expect(await refused(member, shape)).toBe('committee-incomplete');
    expect(await refused(PEOPLE.officer, shape)).toBe('not-permitted');
    for (const m of PEOPLE.members.slice(1))
      await does(scene, m, 'accept-appointment', tender.id, await acceptanceInput(scene, tender, m));
    expect(await refused(member, shape)).toBe('bad-signature');
    const input = await rehearsalInput(scene, tender, member);
    // What one member signed is not another's test.
    expect(await refused(second, input)).toBe('bad-signature');
    expect(
      await refused(member, { ...input, time: new Date(scene.clock.now() - 60_000).toISOString() }),
    ).toBe('bad-signature');
    expect(await refused(member, { ...input, more: 1 })).toBe('invalid-input');
    await does(scene, member, 'rehearse-key', tender.id, input);
    expect(await refused(member, input)).toBe('already-done');
    const late = await rehearsalInput(scene, tender, member);
    scene.clock.advance(10 * 60_000 + 1);
    expect(await refused(member, late)).toBe('stale-signature-time');
  });

  it('is possible until bids are due, is public then, and its stage still closes on chain', async () => {
    const tender = await newTender(scene);
    await seatCommittee(scene, tender);
    await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
    await tests(tender, member);
    await approvePublication(scene, tender);
    const early = await rehearsalInput(scene, tender, second).catch((error: unknown) => String(error));
    expect(early).toContain('wrong-phase');
    await scene.untilPhase(tender.id, 'open');
    // Long after planning has closed: this is why a test is not of that stage.
    await scene.until(async () =>
      (await scene.process(tender.id)).chain.closures.some((closed) => closed.stage === 0),
    );
    await tests(tender, second);
    await tests(tender, member);
    const open = await scene.process(tender.id);
    expect(all(open, 'key-rehearsed').map((f) => f.data.index)).toEqual([1, 2, 1]);
    const digest = toHex(keySetDigest(notice(open)!.data.keyset));
    for (const f of all(open, 'key-rehearsed')) {
      expect(f.data.digest).toBe(digest);
      expect(mayRead(open, f, PUBLIC_VIEWER)).toBe(true);
    }
    const last = await rehearsalInput(scene, tender, second);
    scene.clock.set(Date.parse(open.chain.opening!.bidsDue));
    const outcome = await performAct(scene.world, second, 'rehearse-key', tender.id, last);
    expect(outcome).toMatchObject({ ok: false, code: 'deadline-passed' });
    const closed = async () => (await scene.process(tender.id)).chain.closures;
    await scene.until(async () => (await closed()).some(({ stage }) => stage === 2));
    // The notice and the three tests.
    expect((await closed()).find(({ stage }) => stage === 1)?.count).toBe(4);
    expect(scene.errors).toEqual([]);
  });
});
