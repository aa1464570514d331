import { describe, expect, it } from 'vitest';
import { openBids } from '@/lib/procedure/acts/opening';
import { PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import { roomReportSchema, roomSchema, sharesIn, type Room } from '@/lib/procedure/opening-room';
import { roomOf, roomReportOf, type CommitteeStep } from '@/lib/procedure/room-of';
import type { Process } from '@/lib/procedure/state';
import { bidA, bidB, invalid, machine, open, published, valid, withBids } from './opened';
import { at, filed, NOW, sha, withRecords } from './pure';

const seconds = (after: number) => NOW + after * 1000;
const release = (person: string, after: number): CommitteeStep => ({
  type: 'share-released',
  person,
  time: at(after),
});

/** The room as a citizen sees it; what is sent fits its own description. */
function room(process: Process, steps: CommitteeStep[], after: number): Room {
  const found = roomOf(visibleTo(process, PUBLIC_VIEWER), steps, seconds(after));
  if (!found) throw new Error('no room');
  const seats = found.room.seats.map((seat) => ({ ...seat, here: false }));
  return roomSchema.parse({ ...found.room, now: at(after), seats });
}

const opened = (): Process => {
  const decision = openBids.decide(
    withBids,
    open(valid(bidA, '5.00'), invalid(bidB)) as never,
    {
      now: seconds(130),
      actor: machine,
      roles: ['operator'],
      uploads: [],
    } as never,
  );
  if (!decision.ok) throw new Error(decision.code);
  const records = decision.records.map((r) =>
    filed(r.type, r.data as never, { time: at(131), refs: [...(r.refs ?? [])] }),
  );
  return withRecords(withBids, ...records);
};

describe('the opening room', () => {
  it('does not exist before publication', () => {
    const draft: Process = { ...published(), chain: { ...published().chain, opening: null } };
    expect(roomOf(draft, [], NOW)).toBeNull();
  });

  it('goes from state to state', () => {
    expect(room(published(), [], 0).state).toBe('open');
    expect(room(published(), [], 121).state).toBe('closing');
    expect(room(withBids, [], 125).state).toBe('shares');
    expect(room(withBids, [release('m1', 126)], 127).state).toBe('shares');
    expect(room(withBids, [release('m1', 126), release('m3', 127)], 128).state).toBe('opening');
    expect(room(opened(), [], 140).state).toBe('opened');
    const few = filed('tender-unsuccessful', { reason: 'fewer-than-minimum', bids: 1, minimum: 2 });
    expect(room(withRecords(withBids, few), [], 130).state).toBe('unsuccessful');
  });

  it('shows who came, released and signed, by seat and never by name', () => {
    const steps: CommitteeStep[] = [
      { type: 'opening-attended', person: 'm2', time: at(122) },
      release('m2', 126),
      // A tenderer attends too; nobody is told that it is there.
      { type: 'opening-attended', person: 'tenderer-1', time: at(123) },
    ];
    const seen = room(withBids, steps, 127);
    expect(seen).toMatchObject({ needed: 2, replaced: false });
    expect(seen.seats.map((s) => [s.index, s.seat, s.attended, s.released])).toEqual([
      [1, 'observer', null, null],
      [2, 'observer', at(122), at(126)],
      [3, 'observer', null, null],
    ]);
    expect(sharesIn(seen)).toBe(1);
    expect(JSON.stringify(seen)).not.toMatch(/"m\d"|tenderer/);
    const report = sha('report');
    const signed = filed(
      'opening-report-signed',
      { report },
      { time: at(150), actor: { person: 'm3', organization: 'org-entity', role: 'committee' } },
    );
    expect(room(withRecords(opened(), signed), [], 151).seats[2]?.signed).toBe(at(150));
  });

  it('tells of a postponement, and that an earlier committee opens what was sealed to it', () => {
    const later = filed('opening-postponed', { until: at(9000), reason: 'The regulator is ill.' });
    expect(room(withRecords(withBids, later), [], 130).postponed).toEqual({
      until: at(9000),
      reason: 'The regulator is ill.',
    });
    const twice: Process = {
      ...withBids,
      chain: { ...withBids.chain, keysets: [sha('keyset'), sha('keyset')] },
    };
    expect(room(twice, [], 130).replaced).toBe(true);
  });

  it('is the same whether anybody has bid or not, until all bids are decided', () => {
    const none: Process = { ...withBids, filed: published().filed };
    for (const after of [10, 121, 125]) expect(room(withBids, [], after)).toEqual(room(none, [], after));
    expect(roomReportOf(visibleTo(withBids, PUBLIC_VIEWER))).toBeNull();
  });

  it('then reads out every bid with its price, or why it has none', () => {
    const report = roomReportSchema.parse(roomReportOf(visibleTo(opened(), PUBLIC_VIEWER)));
    expect(report).toEqual({
      time: at(131),
      bids: [
        {
          tenderer: 'Tenderer 1',
          outcome: 'valid',
          total: '5.00',
          currency: 'EUR',
          code: null,
          partners: [],
        },
        {
          tenderer: 'Tenderer 2',
          outcome: 'invalid',
          total: null,
          currency: null,
          code: 'payload-hash',
          partners: [],
        },
      ],
    });
  });
});
