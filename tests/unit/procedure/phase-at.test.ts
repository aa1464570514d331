import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type Phase } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import { closure, committee, intendedAward, publicationRequest, type Process } from '@/lib/procedure/state';
import { RECORD_TYPES } from '@/lib/record/catalogue';
import { at, closed, emptyProcess, filed, NOW, sha, withRecords, NO_CHAIN } from './pure';

const digest = sha('notice');
const opening = { time: at(0), bidsDue: at(120), standstill: 60, blockNumber: 1, transactionHash: '0x' };
const tenderer = { id: 'org-t', name: 'T' };
const intended = filed('award-intended', {
  bid: sha('bid'),
  supplier: tenderer,
  value: { amount: '1', currency: 'EUR' },
  reasons: 'x',
});

/** One change after another along the main job: the phase after each. */
const report = (seconds: number) => ({
  openedAt: at(seconds),
  members: [],
  seedsGiven: [],
  bids: [],
  unopened: [],
  leaves: [],
});

const STEPS: [(p: Process) => Process, Phase, number?][] = [
  [(p) => p, 'draft'],
  [(p) => withRecords(p, filed('publication-requested', { digest })), 'approval'],
  [(p) => withRecords(p, filed('publication-refused', { digest, reason: 'x' })), 'draft'],
  [(p) => withRecords(p, filed('publication-requested', { digest })), 'approval'],
  [(p) => withRecords(p, filed('publication-withdrawn', { digest })), 'draft'],
  [(p) => withRecords(p, filed('publication-requested', { digest })), 'approval'],
  [
    (p) => withRecords(p, filed('publication-approved', { digest }), filed('notice', {} as never)),
    'publishing',
  ],
  [(p) => ({ ...p, chain: { ...p.chain, opening } }), 'open', 119_999],
  [(p) => p, 'closing', 120_000],
  [(p) => closed(p, 0, 1), 'closing', 120_000],
  [(p) => closed(p, 2), 'opening', 130_000],
  [(p) => withRecords(p, filed('opening-report', report(140))), 'opened', 140_000],
  [(p) => closed(p, 3), 'evaluation', 150_000],
  [(p) => withRecords(p, intended), 'evaluation', 150_000],
  [(p) => withRecords(p, filed('award-approved', { intended: intended.commitment })), 'announcing', 160_000],
  [
    (p) => ({
      ...closed(p, 4),
      chain: {
        ...closed(p, 4).chain,
        announcement: { commitment: sha('a'), standstillEnds: at(300), time: at(200) },
      },
    }),
    'standstill',
    299_999,
  ],
  [(p) => p, 'award', 300_000],
  [(p) => closed(p, 5), 'contract', 310_000],
  [(p) => closed(p, 6), 'implementation', 320_000],
];

describe('phase', () => {
  it('goes through every phase of the main job, and back only to the draft', () => {
    let process = emptyProcess();
    const seen: Phase[] = [];
    for (const [change, expected, after = 0] of STEPS) {
      process = change(process);
      expect(phaseAt(process, NOW + after)).toBe(expected);
      seen.push(expected);
    }
    const ofUnits: Phase[] = ['waiting', 'assessment', 'assessed', 'comparison'];
    expect([...new Set(seen), ...ofUnits, 'unsuccessful'].sort()).toEqual([...PHASES].sort());
  });

  it('is unsuccessful for good once that is declared', () => {
    const over = withRecords(
      closed(emptyProcess({ chain: { ...NO_CHAIN, opening } }), 0, 1, 2),
      filed('tender-unsuccessful', { reason: 'fewer-than-minimum', bids: 1, minimum: 2 }),
    );
    expect(phaseAt(over, NOW)).toBe('unsuccessful');
    expect(phaseAt(closed(over, 3), NOW + 10 ** 12)).toBe('unsuccessful');
  });

  it('goes on to be evaluation when an approved proposal was of another award', () => {
    const refused = withRecords(
      closed(emptyProcess({ chain: { ...NO_CHAIN, opening } }), 0, 1, 2, 3),
      filed('opening-report', report(1)),
      intended,
      filed('award-refused', { intended: intended.commitment, reason: 'x' }),
    );
    expect(intendedAward(refused)).toBeNull();
    expect(phaseAt(refused, NOW)).toBe('evaluation');
    const stale = withRecords(refused, filed('award-approved', { intended: intended.commitment }));
    expect(phaseAt(stale, NOW)).toBe('evaluation');
  });

  it('is always one of the phases, and never `open` from the due time on, whatever the records are', () => {
    const process = fc.record({
      types: fc.array(fc.constantFrom(...RECORD_TYPES), { maxLength: 15 }),
      stages: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
      published: fc.boolean(),
      after: fc.integer({ min: 0, max: 400_000 }),
    });
    fc.assert(
      fc.property(process, ({ types, stages, published, after }) => {
        const base = emptyProcess({
          chain: { ...NO_CHAIN, opening: published ? opening : null },
        });
        const filedAll = types.map((t) => filed(t, {} as never));
        const phase = phaseAt(closed(withRecords(base, ...filedAll), ...stages), NOW + after);
        expect(PHASES).toContain(phase);
        if (phase === 'open') expect(after).toBeLessThan(120_000);
        if (!published) expect(['draft', 'approval', 'publishing', 'unsuccessful']).toContain(phase);
      }),
    );
  });
});

describe('what is read of a process', () => {
  const seats = (...people: string[]) => ({
    k: 2,
    members: people.map((person, i) => ({
      index: i + 1,
      person,
      seat: 'observer' as const,
      organization: tenderer,
    })),
  });
  const accepted = (index: number) => filed('committee-accepted', { index, x25519: sha('x'), key: sha('k') });

  it('forgets the acceptances of an earlier committee', () => {
    const first = withRecords(
      emptyProcess(),
      filed('committee-appointed', seats('ann', 'ben')),
      accepted(1),
      accepted(2),
    );
    expect(committee(first)?.seats.every((s) => s.accepted)).toBe(true);
    const again = withRecords(first, filed('committee-appointed', seats('ann', 'eve')));
    expect(committee(again)?.seats.some((s) => s.accepted)).toBe(false);
    expect(committee(emptyProcess())).toBeNull();
  });

  it('takes the last closure of a stage as the one that counts', () => {
    const twice = closed(closed(emptyProcess(), 4), 4);
    expect(closure(twice, 4)).toBe(twice.chain.closures[1]);
    expect(closure(twice, 5)).toBeNull();
  });

  it('has a request only while nobody has answered it', () => {
    const asked = withRecords(emptyProcess(), filed('publication-requested', { digest }));
    expect(publicationRequest(asked)?.data.digest).toBe(digest);
    for (const type of ['publication-refused', 'publication-withdrawn', 'publication-approved'] as const)
      expect(publicationRequest(withRecords(asked, filed(type, { digest, reason: 'x' })))).toBeNull();
  });
});
