import { describe, expect, it } from 'vitest';
import { phaseAt } from '@/lib/procedure/phase-at';
import { exclusionTime, last, mayExclude, mayOpen, type Filed, type Process } from '@/lib/procedure/state';
import { bidA, bidB, keyset, officer, org, published, tenderer, withBids } from './opened';
import { actor, after, at, closed, codeOf, ENTITY, filed, recordsOf, sha, withRecords } from './pure';

const DUE = Date.parse(at(120));
/** The `fast` pack excludes what nobody can open ten minutes after the deadline. */
const RULE = DUE + 600_000;
const member = (name: string) => actor(name, ENTITY);

const released = (
  name: string,
  index: number,
  bids: readonly Filed<'bid'>[],
  unopenable: Filed<'bid'>[] = [],
) =>
  filed(
    'share-released',
    {
      shares: bids.map((b) => ({ bid: b.commitment, index, share: '5a'.repeat(32) })),
      unopenable: unopenable.map((b) => b.commitment),
    },
    { actor: { organization: ENTITY.id, person: name, role: 'committee' } },
  );

const asked = (seconds: number) => ({ until: at(seconds), reason: 'Only one member came.' });

describe('bids that nobody can open', () => {
  it('are never excluded because members stay away', () => {
    expect(mayOpen(withBids, bidA)).toBe(false);
    expect(mayExclude(withBids, bidA, RULE + 1)).toBe(false);
    const one = withRecords(withBids, released('m1', 1, [bidA, bidB]));
    expect(mayExclude(one, bidA, RULE + 1)).toBe(false);
    expect(phaseAt(one, RULE + 10 ** 9)).toBe('opening');
  });

  it('are excluded after the rule’s time when k members came and still nothing fits', () => {
    const two = withRecords(withBids, released('m1', 1, [bidB], [bidA]), released('m2', 2, [bidB], [bidA]));
    expect(mayOpen(two, bidB)).toBe(true);
    expect(mayOpen(two, bidA)).toBe(false);
    expect(mayExclude(two, bidA, RULE)).toBe(false);
    expect(mayExclude(two, bidA, RULE + 1)).toBe(true);
  });

  it('wait as long as the last postponement says', () => {
    const postponed = after(withBids, 'postpone-opening', officer, asked(3600), { now: DUE });
    expect(exclusionTime(postponed)).toBe(Date.parse(at(3600)));
    expect(codeOf(postponed, 'postpone-opening', officer, asked(3600), { now: DUE })).toBe('time-not-later');
    expect(codeOf(postponed, 'postpone-opening', officer, asked(100 * 86_400), { now: DUE })).toBe(
      'time-not-later',
    );
    expect(codeOf(withBids, 'postpone-opening', officer, asked(100), { now: DUE })).toBe('time-not-later');
    expect(codeOf(postponed, 'postpone-opening', officer, asked(7200), { now: DUE })).toBe('ok');
  });
});

describe('the tenderers’ own seeds', () => {
  const seed = { bid: bidA.commitment, seed: sha('seed') };

  it('are taken only once they were asked for on record, and of one’s own live bid', () => {
    expect(codeOf(withBids, 'give-seed', tenderer(1), seed)).toBe('seeds-not-requested');
    const requested = after(withBids, 'request-seeds', officer, asked(3600), { now: DUE });
    expect(codeOf(requested, 'give-seed', tenderer(2), seed)).toBe('bid-not-live');
    const [record] = recordsOf(requested, 'give-seed', tenderer(1), seed);
    expect(record?.data).toEqual({ tenderer: org(1), ...seed });
  });

  it('stand in for the members; who refuses is excluded once the time is over, and not before', () => {
    const requested = after(withBids, 'request-seeds', officer, asked(3600), { now: DUE });
    const given = after(requested, 'give-seed', tenderer(1), seed);
    expect(mayOpen(given, bidA)).toBe(true);
    expect(mayOpen(given, bidB)).toBe(false);
    expect(mayExclude(given, bidB, Date.parse(at(3600)))).toBe(false);
    expect(mayExclude(given, bidB, Date.parse(at(3600)) + 1)).toBe(true);
  });
});

describe('who speaks for a seat', () => {
  const withDeputy = (process: Process): Process => {
    const appointed = last(process, 'committee-appointed')!;
    const members = appointed.data.members.map((m) =>
      m.index === 3 ? { ...m, seat: 'deputy' as const, deputyFor: 1 } : m,
    );
    const next = { ...appointed, data: { ...appointed.data, members } };
    return { ...process, filed: process.filed.map((f) => (f === appointed ? next : f)) };
  };

  it('is one of its member and the deputies: whoever comes first', () => {
    const process = withDeputy(withRecords(withBids, released('m1', 1, [bidA, bidB])));
    const shares = [bidA, bidB].map((b) => ({ bid: b.commitment, share: '5a'.repeat(32) }));
    const input = { shares, unopenable: [] };
    expect(codeOf(process, 'release-shares', member('m3'), input)).toBe('seat-released');
    expect(codeOf(process, 'release-shares', member('m2'), input)).toBe('ok');
    expect(codeOf(process, 'release-shares', member('m1'), input)).toBe('already-done');
  });
});

describe('the committee’s change', () => {
  const replacedKeyset = {
    ...keyset,
    members: keyset.members.map((m) =>
      m.index === 3 ? { ...m, x25519: sha('x25519 m4'), key: sha('key m4') } : m,
    ),
  };
  const accepted = filed(
    'committee-accepted',
    { index: 3, x25519: sha('x25519 m4'), key: sha('key m4') },
    { actor: { organization: ENTITY.id, person: 'm4', role: 'committee' } },
  );
  const replaced = filed('committee-replaced', {
    keyset: replacedKeyset,
    keysetHash: sha('new keyset'),
    previous: sha('keyset'),
    reason: 'A member left.',
  });

  it('binds each bid to the set that it was sealed to: old members open old bids, new ones new bids', () => {
    const newBid = { ...bidB, data: { ...bidB.data, keyset: sha('new keyset') } };
    const base = withRecords(published(), accepted, replaced, bidA, newBid);
    const process = closed(
      { ...base, chain: { ...base.chain, keysets: [sha('keyset'), sha('new keyset')] } },
      0,
      1,
      2,
    );
    const share = (b: Filed<'bid'>) => ({ bid: b.commitment, share: '5a'.repeat(32) });
    const release = (name: string, ...bids: Filed<'bid'>[]) =>
      codeOf(process, 'release-shares', member(name), { shares: bids.map(share), unopenable: [] });
    expect(release('m1', bidA, newBid)).toBe('ok');
    expect(release('m3', bidA)).toBe('ok');
    expect(release('m3', bidA, newBid)).toBe('shares-incomplete');
    expect(release('m4', newBid)).toBe('ok');
    expect(release('m4', bidA)).toBe('shares-incomplete');
  });

  it('is not in force before the chain has it', () => {
    const process = withRecords(published(), accepted, replaced);
    const input = {
      envelopes: [{ lot: '', part: '', envelope: sha('sealed'), replaces: null }],
      bidKey: sha('key'),
      keyset: sha('new keyset'),
    };
    expect(codeOf(process, 'submit-bid', tenderer(7), input)).toBe('keyset-changed');
  });
});

describe('attending and signing', () => {
  it('is on record once for each person; a tenderer without a bid is no party', () => {
    const first = after(withBids, 'attend-opening', tenderer(1), {});
    expect(last(first, 'opening-attended')?.data).toEqual({ as: 'tenderer' });
    expect(codeOf(first, 'attend-opening', tenderer(1), {})).toBe('already-done');
    expect(codeOf(first, 'attend-opening', tenderer(9), {})).toBe('bid-not-live');
    expect(recordsOf(first, 'attend-opening', member('m1'), {})[0]?.data).toEqual({ as: 'member' });
    expect(recordsOf(first, 'attend-opening', officer, {})[0]?.data).toEqual({ as: 'officer' });
  });

  it('signs the report that there is, once', () => {
    const report = filed('opening-report', {
      openedAt: at(130),
      members: [],
      seedsGiven: [],
      bids: [],
      unopened: [],
      leaves: [],
    });
    const process = withRecords(withBids, report);
    expect(codeOf(withBids, 'sign-opening-report', member('m1'), { report: report.commitment })).toBe(
      'draft-changed',
    );
    const signed = after(process, 'sign-opening-report', member('m1'), { report: report.commitment });
    expect(codeOf(signed, 'sign-opening-report', member('m1'), { report: report.commitment })).toBe(
      'already-done',
    );
    expect(codeOf(signed, 'sign-opening-report', member('m2'), { report: report.commitment })).toBe('ok');
  });
});
