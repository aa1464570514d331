import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openState } from '@/lib/evidence/state-proof';
import { stateReader } from '@/lib/evidence/state-reader';
import { stageTree } from '@/lib/merkle/stage-tree';
import { PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import { phaseAt } from '@/lib/procedure/phase-at';
import { all, last, liveBids, openedBids, proposedShortlist } from '@/lib/procedure/state';
import { inUnit, scopes } from '@/lib/procedure/scopes';
import { unitId, type Unit } from '@/lib/procedure/units';
import { fromHex, toHex } from '@/lib/record/hex';
import { processKey, unitKey } from '@/lib/record/stage-key';
import { assembleEvidence } from '@/lib/server/evidence';
import { nativeSha256 } from '@/lib/server/sha256';
import { statesDuty } from '@/lib/worker/states-duty';
import { does, refusedAct } from '../../support/acts';
import { release } from '../../support/bids';
import {
  judges,
  LOTS,
  publish,
  signedFor,
  submits,
  unit,
  untilClosed,
  withdraws,
} from '../../support/divided';
import { settled } from '../../support/chain-trouble';
import { replaceCommittee } from '../../support/committee';
import { PEOPLE, type Person } from '../../support/people';
import type { TenderRef } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';
import { checked, faultsOf } from '../../support/tender-check';
import { auditPublic } from '../audit/public';

const [first, second, third] = PEOPLE.tenderers as [Person, Person, Person];
const keyOf = (ocid: string, of: Unit) => toHex(unitKey(processKey(ocid), of.lot, of.part));

describe('a tender in lots, and of two envelopes', { timeout: 240_000 }, () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  const inside = async (tender: TenderRef, of: Unit) => inUnit(await scene.process(tender.id), of);
  const phaseOf = async (tender: TenderRef, of: Unit) => phaseAt(await inside(tender, of), scene.clock.now());
  const untilUnit = (tender: TenderRef, of: Unit, phase: string) =>
    scene.until(async () => (await phaseOf(tender, of)) === phase);

  it('opens, judges and awards each lot by itself; a lot below the minimum stays shut', async () => {
    const tender = await publish(scene, LOTS);
    const [a, b] = [unit('A'), unit('B')];
    for (const of of [a, b]) expect(await scene.chain.ledger.unitOf(keyOf(tender.ocid, of))).not.toBeNull();
    const earlier = await submits(scene, tender, first, { units: [a, b], unitPrice: '100' });
    await submits(scene, tender, second, { units: [a], unitPrice: '90' });
    const gone = await submits(scene, tender, third, { units: [a], unitPrice: '1' });
    // Replaced once, withdrawn once: on record, and only the last counts.
    await submits(scene, tender, first, { units: [a], unitPrice: '80', replaces: earlier });
    await withdraws(scene, tender, gone);
    await untilClosed(scene, tender);
    await untilUnit(tender, b, 'unsuccessful');
    expect(last(await inside(tender, b), 'tender-unsuccessful')?.data).toMatchObject({
      reason: 'fewer-than-minimum',
      bids: 1,
    });
    await scene.until(async () => (await scene.chain.ledger.cancellationOf(keyOf(tender.ocid, b))) !== null);
    expect(
      await refusedAct(scene, PEOPLE.members[0]!, 'release-shares', tender.id, {
        shares: [],
        unopenable: [],
      }),
    ).toBe('unit-missing');
    await release(scene, tender, PEOPLE.members.slice(0, 2), a);
    await untilUnit(tender, a, 'evaluation');
    const lot = await inside(tender, a);
    const report = last(lot, 'opening-report')?.data;
    expect(report?.bids.map((row) => row.tenderer.name).sort()).toEqual(
      [first.organization.name, second.organization.name].sort(),
    );
    expect(report?.leaves.map((l) => l.standing).sort()).toEqual([
      'live',
      'live',
      'replaced',
      'withdrawal',
      'withdrawn',
    ]);
    expect(
      openedBids(lot)
        .map((o) => o.data.priceForm?.total)
        .sort(),
    ).toEqual(['3200.00', '3600.00']);
    // Nothing of lot B was opened, and nobody learns who bid there.
    const shown = visibleTo(await scene.process(tender.id), PUBLIC_VIEWER);
    expect(shown.filed.filter((f) => f.unit?.lot === 'B').map((f) => f.type)).toEqual([
      'tender-unsuccessful',
    ]);
    await judges(scene, tender, a);
    await scene.until(async () => last(await inside(tender, a), 'ranking') !== null);
    const bid = last(await inside(tender, a), 'ranking')?.data.rows[0]?.bid ?? '';
    await does(scene, PEOPLE.officer, 'propose-award', tender.id, { bid, reasons: 'First.' }, a);
    const intended = last(await inside(tender, a), 'award-intended')?.commitment ?? '';
    await does(scene, PEOPLE.approver, 'approve-award', tender.id, { intended }, a);
    await untilUnit(tender, a, 'standstill');
    expect(await scene.chain.ledger.awardOf(keyOf(tender.ocid, a))).not.toBeNull();
    expect(await scene.chain.ledger.stageOf(keyOf(tender.ocid, a), 4)).not.toBeNull();
    // The process itself never gets a stage that is its units'.
    expect(await scene.chain.ledger.stageOf(toHex(processKey(tender.ocid)), 3)).toBeNull();
  });

  it('opens the second envelope of those only whose first one passed, and names the others with the reason', async () => {
    const tender = await publish(scene, { envelopes: 'two' });
    const [technical, financial] = [unit('', 'technical'), unit('', 'financial')];
    const both = [technical, financial];
    await submits(scene, tender, first, { units: both, unitPrice: '100' });
    await submits(scene, tender, second, { units: both, unitPrice: '90' });
    await untilClosed(scene, tender);
    await untilUnit(tender, technical, 'opening');
    expect(await phaseOf(tender, financial)).toBe('waiting');
    const early = await refusedAct(
      scene,
      PEOPLE.members[0]!,
      'release-shares',
      tender.id,
      { shares: [], unopenable: [] },
      financial,
    );
    expect(early).toBe('wrong-phase');
    await release(scene, tender, PEOPLE.members.slice(0, 2), technical);
    await untilUnit(tender, technical, 'assessment');
    const opened = openedBids(await inside(tender, technical));
    expect(opened.map((o) => o.data.priceForm)).toEqual([null, null]);
    await judges(scene, tender, technical);
    const rows = opened.map((o, i) => ({
      bid: o.data.bid,
      passed: i === 0,
      reason: i === 0 ? '' : 'Below 60 points.',
    }));
    await does(scene, PEOPLE.officer, 'propose-shortlist', tender.id, { rows }, technical);
    const proposed = proposedShortlist(await inside(tender, technical))?.commitment ?? '';
    expect(
      await refusedAct(scene, PEOPLE.officer, 'approve-shortlist', tender.id, { proposed }, technical),
    ).toBe('not-permitted');
    await does(scene, PEOPLE.approver, 'approve-shortlist', tender.id, { proposed }, technical);
    await untilUnit(tender, financial, 'opening');
    expect(await scene.chain.ledger.stageOf(keyOf(tender.ocid, technical), 4)).not.toBeNull();
    await release(scene, tender, PEOPLE.members.slice(1, 3), financial);
    await untilUnit(tender, financial, 'comparison');
    const scope = await inside(tender, financial);
    const passed = opened[0]?.data.tenderer.id;
    expect(openedBids(scope).map((o) => o.data.tenderer.id)).toEqual([passed]);
    expect(last(scope, 'opening-report')?.data.unopened).toMatchObject([{ reason: 'not-shortlisted' }]);
    await scene.until(async () => last(await inside(tender, financial), 'ranking') !== null);
    const [row] = last(await inside(tender, financial), 'ranking')?.data.rows ?? [];
    // All of the price's 60 points, and 90 % of the 40 for quality, from the sheets on the first envelope.
    expect(row).toMatchObject({ rank: 1, totalMicro: 96_000_000 });
    expect(liveBids(scope).some((b) => b.commitment === row?.bid)).toBe(true);
  });

  it('gives stage roots on chain that anybody recomputes, unit by unit, and a clean audit', async () => {
    const rows = await scene.world.db.stageClosure.findMany();
    const cancelled = rows.filter((r) => r.reason !== null && r.stage >= 3);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const leaves = await scene.world.db.leaf.findMany({
        where: { index: { in: (row.leaves as number[]).map(BigInt) } },
        orderBy: { index: 'asc' },
      });
      const { rootHash, count } = stageTree(
        leaves.map((l) => l.commitment),
        nativeSha256,
      );
      const onChain = await scene.chain.ledger.stageAt(row.key, row.stage, row.round);
      expect(onChain, `${row.key} ${row.stage}`).toMatchObject({ rootHash: toHex(rootHash), count });
    }
    expect(cancelled.length).toBeGreaterThan(0);
    expect(fromHex(rows[0]?.key ?? '', 32)).toHaveLength(32);
    const { findings } = await auditPublic(scene);
    expect(findings).toEqual([]);
  });

  it('proves what the contract holds of each unit, with the evidence of every record of a closed stage', async () => {
    const { db, env } = scene.world;
    await scene.tick();
    await settled(scene);
    await statesDuty(scene.world, scene.chain).round(new AbortController().signal);
    const keys = new Set<string>();
    const types = new Set<string>();
    for (const { id } of await db.record.findMany({ where: { stage: { not: null } } })) {
      const assembled = await assembleEvidence(scene.world, id);
      if (!assembled.ok) throw new Error(assembled.reason);
      const { stage, state, entry } = assembled.evidence;
      if (stage === null) continue;
      const opened = state && openState(state, env.CONTRACT_ADDRESS);
      if (!opened?.ok) throw new Error(`${entry.record.type}: ${opened?.fault ?? 'no state'}`);
      const { key, round, rootHash, count } = stage;
      expect(await stateReader(opened.state).stageAt(key, stage.stage, round)).toMatchObject({
        rootHash,
        count,
      });
      keys.add(key);
      types.add(entry.record.type);
    }
    const units = await db.chainUnit.count();
    expect(units).toBeGreaterThanOrEqual(4);
    // One of the units had no bid at all, or waits.
    expect([...keys].length).toBeGreaterThan(units - 2);
    for (const type of ['shortlist-approved', 'tender-unsuccessful']) expect(types).toContain(type);
  });

  it('opens by the tenderers’ own seeds when too few members come, all together, and excludes who refuses', async () => {
    const tender = await publish(scene, {});
    const whole = unit('');
    const one = await submits(scene, tender, first, { units: [whole], unitPrice: '100' });
    await submits(scene, tender, second, { units: [whole], unitPrice: '90' });
    await submits(scene, tender, third, { units: [whole], unitPrice: '95' });
    await untilClosed(scene, tender);
    await release(scene, tender, PEOPLE.members.slice(0, 1));
    const until = new Date(Math.ceil(scene.clock.now() / 1000) * 1000 + 3_600_000).toISOString();
    const giving = async (who: Person, seed: Uint8Array) => {
      const bid = liveBids(await scene.process(tender.id)).find(
        (b) => b.data.tenderer.id === who.organization.id,
      );
      return does(scene, who, 'give-seed', tender.id, { bid: bid?.commitment ?? '', seed: toHex(seed) });
    };
    await does(scene, PEOPLE.officer, 'request-seeds', tender.id, { until, reason: 'Two members are ill.' });
    await giving(first, one.envelopes[0]!.seed);
    const two = all(await scene.process(tender.id), 'bid')[1];
    await giving(second, new Uint8Array(32).fill(7)).catch(() => undefined);
    for (let i = 0; i < 5; i += 1) {
      await scene.tick();
      scene.clock.advance(1000);
    }
    // One is given rightly, one wrongly, one not at all: nothing is opened yet.
    expect(last(await scene.process(tender.id), 'opening-report')).toBeNull();
    scene.clock.set(Date.parse(until) + 1000);
    await scene.untilPhase(tender.id, 'evaluation');
    const process = await scene.process(tender.id);
    expect(openedBids(process).map((o) => o.data.tenderer.id)).toEqual([first.organization.id]);
    expect(all(process, 'bid-invalid').map((i) => i.data.code)).toEqual(['undecided', 'undecided']);
    expect(last(process, 'opening-report')?.data.seedsGiven).toContain(all(process, 'bid')[0]?.commitment);
    expect(two?.data.tenderer.id).toBe(second.organization.id);
  });

  it('takes another committee before the deadline: old bids open by old keys, new ones by new keys', async () => {
    const tender = await publish(scene, {});
    const whole = unit('');
    await submits(scene, tender, first, { units: [whole], unitPrice: '100' });
    const [m1, m2] = PEOPLE.members as [Person, Person, Person];
    await replaceCommittee(scene, tender, [m1, m2, PEOPLE.auditor]);
    const process = await scene.process(tender.id);
    expect(process.chain.keysets).toHaveLength(2);
    const onChain = await scene.chain.ledger.committeeAt(toHex(processKey(tender.ocid)), 1);
    expect(onChain.keyset).toBe(process.chain.keysets[1]);
    await submits(scene, tender, second, { units: [whole], unitPrice: '90' });
    await untilClosed(scene, tender);
    // The member who was replaced opens what was sealed to it; the new one what was sealed anew.
    await release(scene, tender, [PEOPLE.members[2]!, PEOPLE.auditor, m1]);
    await scene.untilPhase(tender.id, 'evaluation');
    const report = last(await scene.process(tender.id), 'opening-report')?.data;
    expect(report?.bids.map((b) => b.outcome)).toEqual(['valid', 'valid']);
    expect(new Set(report?.members.map((m) => m.keyset)).size).toBe(2);
  });

  it('holds when a stranger checks each of these tenders as a whole', async () => {
    const tenders = await scene.world.db.tender.findMany({ where: { openings: { isNot: null } } });
    expect(tenders.length).toBeGreaterThan(3);
    for (const { ocid } of tenders) {
      // Some of their stages are open still: that is no fault.
      const rows = (await checked(scene, ocid)).filter(({ outcome }) => outcome !== 'pending');
      expect([ocid, faultsOf(rows)]).toEqual([ocid, []]);
      for (const { code } of rows.filter(({ subject }) => subject === 'openings'))
        expect(code).toBe('opening-same');
    }
  });

  it('never lets a bid be replaced or withdrawn after the due time, by a millisecond', async () => {
    const tender = await publish(scene, {});
    const whole = unit('');
    const kept = await submits(scene, tender, first, { units: [whole], unitPrice: '100' });
    const due = Date.parse((await scene.process(tender.id)).chain.opening?.bidsDue ?? '');
    const signed = await signedFor(scene, tender, kept, whole, null);
    scene.clock.set(due);
    expect(await refusedAct(scene, first, 'withdraw-bid', tender.id, { bids: [signed] })).toBe(
      'deadline-passed',
    );
    expect(liveBids(await scene.process(tender.id))).toHaveLength(1);
    expect(scopes(await scene.process(tender.id)).map((s) => s.unit && unitId(s.unit))).toEqual([null]);
  });
});
