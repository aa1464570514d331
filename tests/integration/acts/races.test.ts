import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, last } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { deriveSigningKey } from '@/lib/sealing/member-key';
import { performAct } from '@/lib/server/operations/perform-act';
import { registerKey } from '@/lib/server/operations/register-key';
import { does } from '../../support/acts';
import { plainBid, sealBid, sharesInput, submission, uploadEnvelope } from '../../support/bids';
import { driveTo } from '../../support/drive';
import { PEOPLE, tenderer, type Person } from '../../support/people';
import { newTender, requestedDigest, seatCommittee } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const [member] = PEOPLE.members as [Person, Person, Person];
const [first] = PEOPLE.tenderers as [Person, Person, Person];
const keyOf = (ocid: string) => createHash('sha256').update(ocid).digest('hex');

/** How long before the deadline the race begins, and over how long the bids are spread, in milliseconds. */
const BEFORE = 1_500;
const SPREAD = 3_000;

describe('races', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  /** `ok` once, and the other code for every other. */
  const codes = async (attempts: Promise<{ ok: boolean; code?: string }>[]) =>
    (await Promise.all(attempts)).map((o) => (o.ok ? 'ok' : (o.code ?? ''))).sort();

  it('twenty bids around the deadline: those in time are in the closed stage, the others refused', async () => {
    const tender = await driveTo(scene, 'open');
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    const bidders = Array.from({ length: 20 }, (_, i) => tenderer(100 + i));
    const sealed = await Promise.all(bidders.map((b) => sealBid(scene, tender, b, plainBid('900'))));
    for (const bid of sealed) expect(await uploadEnvelope(scene, tender, bid)).toMatchObject({ ok: true });

    scene.clock.set(due - BEFORE);
    scene.clock.run();
    let racing = true;
    const worker = (async () => {
      while (racing) {
        await scene.tick();
        await sleep(20);
      }
    })();
    const submit = async (i: number) => {
      await sleep((i * SPREAD) / sealed.length);
      const bid = sealed[i]!;
      return performAct(scene.world, bid.tenderer, 'submit-bid', tender.id, submission(bid));
    };
    const outcomes = await Promise.all(sealed.map((_, i) => submit(i)));
    racing = false;
    await worker;
    scene.clock.stop();

    const accepted = outcomes.flatMap((o) => (o.ok ? o.receipts.map((r) => r.commitment) : []));
    const refused = outcomes.flatMap((o) => (o.ok ? [] : [o.code]));
    expect(accepted.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    expect([...new Set(refused)]).toEqual(['deadline-passed']);

    await scene.untilPhase(tender.id, 'opening');
    const filed = all(await scene.process(tender.id), 'bid');
    expect(filed.map((f) => f.commitment).sort()).toEqual(accepted.toSorted());
    for (const bid of filed) expect(Date.parse(bid.time)).toBeLessThan(due);
    const closed = await scene.chain.ledger.stageOf(keyOf(tender.ocid), 2);
    expect(closed!.count).toBe(accepted.length);
    const row = await scene.world.db.stageClosure.findFirstOrThrow({
      where: { tenderId: tender.id, stage: 2 },
    });
    expect(row.leaves).toEqual(filed.map((f) => f.index).toSorted((a, b) => Number(a) - Number(b)));
    const anchor = await scene.chain.ledger.firstAnchorFrom(due / 1000);
    expect(closed!.anchorIndex).toBe(anchor!.index);
  });

  it('two approvals at once: one notice', async () => {
    const tender = await newTender(scene);
    await seatCommittee(scene, tender);
    await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
    const digest = await requestedDigest(scene, tender);
    const approve = (actor: Person) =>
      performAct(scene.world, actor, 'approve-publication', tender.id, { digest });
    expect(await codes([approve(PEOPLE.approver), approve(PEOPLE.otherApprover)])).toEqual([
      'ok',
      'wrong-phase',
    ]);
    expect(all(await scene.process(tender.id), 'notice')).toHaveLength(1);
  });

  it('the approval and the withdrawal of the request at once: one of them', async () => {
    const tender = await newTender(scene);
    await seatCommittee(scene, tender);
    await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
    const digest = await requestedDigest(scene, tender);
    const attempts = [
      performAct(scene.world, PEOPLE.approver, 'approve-publication', tender.id, { digest }),
      performAct(scene.world, PEOPLE.officer, 'withdraw-request', tender.id, {}),
    ];
    expect(await codes(attempts)).toEqual(['ok', 'wrong-phase']);
    const process = await scene.process(tender.id);
    expect(last(process, 'notice') === null).toBe(last(process, 'publication-withdrawn') !== null);
  });

  it('one bid from two tabs at once, and two of one organization: one bid', async () => {
    const tender = await driveTo(scene, 'open');
    const sealed = await sealBid(scene, tender, first, plainBid('900'));
    await uploadEnvelope(scene, tender, sealed);
    const colleague = { ...first, person: 'tenderer-1-colleague' };
    const another = await sealBid(scene, tender, first, plainBid('800'));
    await uploadEnvelope(scene, tender, another, colleague);
    const attempts = [[first, sealed] as const, [first, sealed] as const, [colleague, another] as const].map(
      ([who, bid]) => performAct(scene.world, who, 'submit-bid', tender.id, submission(bid)),
    );
    const outcomes = await codes(attempts);
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(outcomes.filter((code) => !['ok', 'already-bid', 'upload-missing'].includes(code))).toEqual([]);
    expect(all(await scene.process(tender.id), 'bid')).toHaveLength(1);
  });

  it('one member releasing twice at once: one record', async () => {
    const tender = await driveTo(scene, 'opening');
    const input = await sharesInput(scene, tender, member);
    const releases = [1, 2, 3].map(() => performAct(scene.world, member, 'release-shares', tender.id, input));
    expect(await codes(releases)).toEqual(['already-done', 'already-done', 'ok']);
  });

  it('one key registered in two tabs at once: one record', async () => {
    const person = tenderer(500);
    const publicKey = toHex(deriveSigningKey(person.seed).publicKey);
    const register = () => registerKey(scene.world, person, { publicKey, demonstration: false });
    const outcomes = await Promise.all([register(), register(), register()]);
    expect(new Set(outcomes.map((o) => (o.ok ? o.commitment : o.code))).size).toBe(1);
    expect(await scene.world.db.record.count({ where: { personId: person.person } })).toBe(1);
  });
});
