import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bid, perform, processOf, releaseShares } from '@/lib/demo/acts';
import { last } from '@/lib/procedure/state';
import { MOST } from '@/lib/server/opening-room/rooms';
import { forgetRates } from '@/lib/server/rate-limit';
import { newTender, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { enter, eventsOf, type InRoom } from './opening-room';
import { COMMITTEE, publish, submit } from './played';

let registry: Registry;
let tender: { id: string; ocid: string };
const inside: InRoom[] = [];

/** In the room until the test is over. */
async function joins(...[ocid, who, unit]: Parameters<typeof enter>): Promise<InRoom> {
  const there = await enter(ocid, who, unit);
  inside.push(there);
  return there;
}

const seatOf = (index: number, room: InRoom) => room.rooms.at(-1)?.seats.find((s) => s.index === index);

/** Runs the worker while the room is watched. */
const until = (room: InRoom, state: string) =>
  registry.until(async () => room.rooms.at(-1)?.state === state || (await pause()));
const pause = async () => {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return false;
};

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry, 600);
});
afterEach(() => {
  for (const room of inside.splice(0)) room.leave();
  forgetRates();
});
afterAll(() => registry.stop());

describe('the opening room', () => {
  it('shows a citizen everything as it happens, and no bid before all are decided', async () => {
    const { world, time } = registry;
    const citizen = await joins(tender.ocid, null);
    expect(citizen.rooms).toHaveLength(1);
    expect(citizen.rooms[0]).toMatchObject({ state: 'open', needed: 2, postponed: null });
    expect(citizen.rooms[0]?.seats.map((s) => [s.seat, s.organization, s.here])).toEqual([
      ['officer', 'The city', false],
      ['regulator', 'The oversight', false],
      ['observer', 'The watch', false],
    ]);
    await submit(registry, tender.id, PEOPLE.bidderA, '90.5', 20_000);
    await submit(registry, tender.id, PEOPLE.bidderB, '80.5', 20_000);
    await joins(tender.ocid, PEOPLE.bidderA);
    await joins(tender.ocid, PEOPLE.stranger);
    const regulator = await joins(tender.ocid, PEOPLE.regulator);
    await citizen.until((room) => room.seats[1]?.here === true);
    // Bids, bidders and strangers made no sound.
    expect(citizen.rooms).toHaveLength(2);

    time.now = Date.parse(citizen.rooms[0]?.bidsDue ?? '') + 500;
    await citizen.until((room) => room.state === 'closing');
    await until(citizen, 'shares');
    // A bidder goes on record too; nobody is told.
    for (const who of [PEOPLE.regulator, PEOPLE.bidderA])
      await perform(world, who, 'attend-opening', tender.id, {});
    await citizen.until((room) => room.seats[1]?.attended !== null);
    await releaseShares(world, PEOPLE.officer, tender.id);
    await citizen.until((room) => room.seats[0]?.released !== null);
    regulator.leave();
    time.now += 6_000;
    await citizen.until((room) => room.seats[1]?.here === false);
    expect(citizen.text).not.toMatch(/alpha|beta|bidder|905\.00|805\.00/i);
    expect(citizen.reports).toEqual([]);

    await releaseShares(world, PEOPLE.regulator, tender.id);
    await citizen.until((room) => room.state === 'opening');
    await until(citizen, 'opened');
    const filed = last(await processOf(world, tender.id), 'opening-report');
    expect(citizen.reports).toEqual([
      {
        time: filed?.time,
        bids: [
          {
            tenderer: 'The alpha',
            outcome: 'valid',
            total: '905.00',
            currency: 'EUR',
            code: null,
            partners: [],
          },
          {
            tenderer: 'The beta',
            outcome: 'valid',
            total: '805.00',
            currency: 'EUR',
            code: null,
            partners: [],
          },
        ],
      },
    ]);
    await perform(world, PEOPLE.observer, 'sign-opening-report', tender.id, { report: filed?.commitment });
    await citizen.until((room) => room.seats[2]?.signed !== null);
    expect(seatOf(1, citizen)?.released).not.toBeNull();
  });

  it('is the same for a member as for a citizen', async () => {
    const still = (room: InRoom) => JSON.stringify({ ...room.rooms.at(-1), now: '' });
    const member = await joins(tender.ocid, PEOPLE.observer);
    const citizen = await joins(tender.ocid, null);
    expect(still(citizen)).toBe(still(member));
    expect(citizen.reports).toEqual(member.reports);
  });

  it('is sent so that nobody on the way holds it back', async () => {
    const left = new AbortController();
    const { status, headers } = await eventsOf(tender.ocid, null, undefined, { signal: left.signal });
    left.abort();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    const head = await eventsOf(tender.ocid, null, undefined, { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, null]);
  });

  it('of a lot says nothing of the other', async () => {
    const item = (id: string, relatedLot: string) => ({
      ...{ id, relatedLot, description: 'Desk', quantity: '10', unit: 'piece' },
    });
    const lot = (id: string) => ({ id, title: `Lot ${id}`, description: '' });
    const { world, time } = registry;
    time.now = Math.ceil(time.now / 1000) * 1000;
    const divided = await publish(registry, 600, {
      lots: [lot('A'), lot('B')],
      items: [item('1', 'A'), item('2', 'B')],
    });
    const paper = { name: 'offer.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('Offer') };
    for (const who of [PEOPLE.bidderA, PEOPLE.bidderB])
      await bid(world, who, divided.id, { prices: { 1: '9.00', 2: '5.00' }, files: [paper] });
    const [a, b] = [await joins(divided.ocid, null, 'A/'), await joins(divided.ocid, null, 'B/')];
    time.now += 601_000;
    await until(a, 'shares');
    await until(b, 'shares');
    const lotA = { lot: 'A', part: '' as const };
    for (const member of COMMITTEE.slice(0, 2)) await releaseShares(world, member, divided.id, lotA);
    await until(a, 'opened');
    expect(a.reports[0]?.bids.map((row) => row.total)).toEqual(['90.00', '90.00']);
    expect(b.rooms.at(-1)).toMatchObject({ state: 'shares' });
    expect(b.rooms.at(-1)?.seats.every((s) => s.released === null)).toBe(true);
    expect(b.reports).toEqual([]);
    expect(await refusalOf(await eventsOf(divided.ocid, null))).toMatchObject({
      status: 422,
      code: 'unit-missing',
    });
    expect(await refusalOf(await eventsOf(divided.ocid, null, 'C/'))).toMatchObject({
      status: 404,
      code: 'no-such-unit',
    });
  });
});

describe('there is no room', () => {
  it('of an unknown tender, of a draft even for its officer, of a unit of what is not divided', async () => {
    const draft = await newTender(registry);
    for (const [ocid, who, unit] of [
      ['ocds-unknown', null, undefined],
      [draft.ocid, PEOPLE.officer, undefined],
    ] as const)
      expect(await refusalOf(await eventsOf(ocid, who, unit))).toMatchObject({
        status: 404,
        code: 'not-found',
      });
    expect(await refusalOf(await eventsOf(tender.ocid, null, 'A/'))).toMatchObject({
      status: 404,
      code: 'no-such-unit',
    });
  });

  it('for more than may watch from one address, nor for whoever asks too often', async () => {
    for (let n = 0; n < MOST.address; n += 1) await joins(tender.ocid, null);
    const full = await eventsOf(tender.ocid, null);
    expect(full.headers.get('retry-after')).toBe('30');
    expect(await refusalOf(full)).toMatchObject({ status: 429, code: 'too-many-requests' });
    // From elsewhere there is room.
    const left = new AbortController();
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    const elsewhere = await eventsOf(tender.ocid, null, undefined, { headers, signal: left.signal });
    expect(elsewhere.status).toBe(200);
    left.abort();
    for (const room of inside.splice(0)) room.leave();
    let refused = 0;
    for (let n = 0; n < 60; n += 1) {
      const response = await eventsOf(tender.ocid, null);
      if (response.status === 429) refused += 1;
      await response.body?.cancel();
    }
    expect(refused).toBeGreaterThan(0);
  });
});
