import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getOcds } from '@/app/api/v1/ocds/[ocid]/route';
import { bid, processOf, releaseShares } from '@/lib/demo/acts';
import { phaseAt } from '@/lib/procedure/phase-at';
import { inUnit } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { stateOf } from './asked';
import { call, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { COMMITTEE, publish } from './played';

/* Two lots with two envelopes each; only the first lot has bids enough. */

let registry: Registry;
let tender: { id: string; ocid: string };

const item = (id: string, relatedLot: string) => ({
  id,
  description: 'Desk',
  quantity: '10',
  unit: 'piece',
  relatedLot,
});
const paper = { name: 'offer.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('Our offer') };

interface State {
  phase: string;
  records: number;
  units: { unit: string; phase: string }[];
}
const state = async (unit?: string) => (await (await stateOf(tender.ocid, null, {}, unit)).json()) as State;
const phases = async () => (await state()).units.map(({ unit, phase }) => `${unit}: ${phase}`);

interface Release {
  tender: { status: string; numberOfTenderers?: number; lots: { id: string; status: string }[] };
}
async function release(): Promise<Release> {
  const { ocid } = tender;
  const answer = await call(getOcds.as(null), `/api/v1/ocds/${ocid}`, { ocid });
  const { releases } = (await answer.json()) as { releases: Release[] };
  if (!releases[0]) throw new Error('nothing is published');
  return releases[0];
}

const reaches = (unit: Unit, phase: string) => async () =>
  phaseAt(inUnit(await processOf(registry.world, tender.id), unit), registry.time.now) === phase;

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry, 600, {
    envelopes: 'two',
    lots: [
      { id: 'A', title: 'Desks', description: '' },
      { id: 'B', title: 'Chairs', description: '' },
    ],
    items: [item('1', 'A'), item('2', 'B')],
  });
});
afterAll(() => registry.stop());

describe('the state of a divided process', () => {
  it('names every unit, and knows no other', async () => {
    expect(await phases()).toEqual([
      'A/technical: open',
      'A/financial: open',
      'B/technical: open',
      'B/financial: open',
    ]);
    expect((await state('B/financial')).units).toEqual([{ unit: 'B/financial', phase: 'open' }]);
    for (const unknown of ['', 'A', 'A/', 'C/technical', 'A/technical/'])
      expect(await refusalOf(await stateOf(tender.ocid, null, {}, unknown))).toMatchObject({
        status: 404,
        code: 'no-such-unit',
      });
  });

  it('does not tell that bids came in', async () => {
    const before = await stateOf(tender.ocid, null, {}, 'A/technical');
    const { world } = registry;
    await bid(world, PEOPLE.bidderA, tender.id, { prices: { 1: '9.00', 2: '5.00' }, files: [paper] });
    await bid(world, PEOPLE.bidderB, tender.id, { prices: { 1: '8.00' }, files: [paper] });
    const after = await stateOf(tender.ocid, null, {}, 'A/technical');
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect((await after.json()) as State).toMatchObject({
      records: ((await before.json()) as State).records,
    });
  });

  it('changes unit by unit once bids are closed', async () => {
    const { world, time, until } = registry;
    time.now += 601_000;
    await until(reaches({ lot: 'B', part: 'financial' }, 'unsuccessful'));
    await until(reaches({ lot: 'A', part: 'technical' }, 'opening'));
    expect(await phases()).toEqual([
      'A/technical: opening',
      'A/financial: waiting',
      'B/technical: unsuccessful',
      'B/financial: unsuccessful',
    ]);
    const unit: Unit = { lot: 'A', part: 'technical' };
    for (const member of COMMITTEE.slice(0, 2)) await releaseShares(world, member, tender.id, unit);
    await until(reaches(unit, 'assessment'));
    expect(await state('A/technical')).toMatchObject({ phase: 'assessment' });
    // Each counts what all share and its own; the financial part of the first lot has nothing of its own yet.
    const shared = (await state('A/financial')).records;
    const own = async (id: string) => (await state(id)).records - shared;
    const sum = (await own('A/technical')) + (await own('B/technical')) + (await own('B/financial'));
    expect(await own('A/technical')).toBeGreaterThan(0);
    expect((await state()).records).toBe(shared + sum);
  });

  it('stands in the OCDS release lot by lot, without a word of the closed envelopes', async () => {
    const made = await release();
    expect(made.tender).toMatchObject({ status: 'active', numberOfTenderers: 2 });
    expect(made.tender.lots.map(({ id, status }) => [id, status])).toEqual([
      ['A', 'active'],
      ['B', 'unsuccessful'],
    ]);
  });
});
