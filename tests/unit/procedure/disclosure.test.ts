import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISCLOSURE, mayRead, PUBLIC_VIEWER, visibleTo, type Viewer } from '@/lib/procedure/disclosure';
import { ROLES, type Role } from '@/lib/procedure/permissions';
import type { Filed, Process } from '@/lib/procedure/state';
import { RECORD_TYPES, type RecordType } from '@/lib/record/catalogue';
import { at, closed, emptyProcess, filed, sha, NO_CHAIN } from './pure';

/** What tells of bids: who bid, how many, for how much, and what opens them. */
const OF_BIDS: readonly RecordType[] = [
  'bid',
  'share-released',
  'bid-opened',
  'bid-invalid',
  'opening-report',
];
const PEOPLE = ['ann', 'ben', 'eve'];
const ORGANIZATIONS = ['org-a', 'org-b'];

const anyRecord = (types: readonly RecordType[]) =>
  fc
    .record({
      type: fc.constantFrom(...types),
      person: fc.constantFrom(...PEOPLE),
      organization: fc.constantFrom(...ORGANIZATIONS),
      anchorIndex: fc.option(fc.nat(3)),
    })
    .map(({ type, person, organization, anchorIndex }) =>
      // What may be read never depends on what the record says.
      filed(type, {} as never, { actor: { organization, person, role: 'x' }, anchorIndex }),
    );

const anyViewer = (roles: readonly Role[]): fc.Arbitrary<Viewer> =>
  fc.record({
    person: fc.option(fc.constantFrom(...PEOPLE, 'zoe')),
    organizationId: fc.option(fc.constantFrom(...ORGANIZATIONS, 'org-z')),
    roles: fc.subarray([...roles]),
  });

const opening = { time: at(0), bidsDue: at(60), standstill: 60, blockNumber: 1, transactionHash: '0x' };
const announcement = { commitment: sha('a'), standstillEnds: at(90), time: at(30) };

const anyProcess = (types: readonly RecordType[]): fc.Arbitrary<Process> =>
  fc
    .record({
      records: fc.array(anyRecord(types), { maxLength: 20 }),
      published: fc.boolean(),
      announced: fc.boolean(),
      stages: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
    })
    .map(({ records, published, announced, stages }) =>
      closed(
        emptyProcess({
          filed: records,
          chain: {
            opening: published ? opening : null,
            announcement: announced ? announcement : null,
            closures: [],
            units: [],
            keysets: [],
          },
        }),
        ...stages,
      ),
    );

const PEOPLES_ROLES = ROLES.filter((role) => role !== 'operator');
const isOwn = (record: Filed, viewer: Viewer) =>
  record.actor.person === viewer.person ||
  (['bid', 'bid-withdrawn', 'seed-given'].includes(record.type) &&
    record.actor.organization === viewer.organizationId);

describe('disclosure', () => {
  it('before the opening report nothing of any bid is read by anybody but its own tenderer, whatever the role', () => {
    const types = RECORD_TYPES.filter((type) => type !== 'opening-report');
    fc.assert(
      fc.property(anyProcess(types), anyViewer(PEOPLES_ROLES), (process, viewer) => {
        const seen = visibleTo(process, viewer).filed.filter((f) => OF_BIDS.includes(f.type));
        for (const record of seen) expect(isOwn(record, viewer)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('before the opening report all roles together learn nothing of bids, either', () => {
    const types = RECORD_TYPES.filter((type) => type !== 'opening-report');
    const viewer: Viewer = { person: 'zoe', organizationId: 'org-z', roles: PEOPLES_ROLES };
    fc.assert(
      fc.property(anyProcess(types), (process) => {
        expect(visibleTo(process, viewer).filed.filter((f) => OF_BIDS.includes(f.type))).toEqual([]);
      }),
    );
  });

  it('shows the public, who was not there, exactly what the table calls public', () => {
    fc.assert(
      fc.property(anyProcess(RECORD_TYPES), anyViewer(PEOPLES_ROLES), (process, viewer) => {
        for (const record of process.filed) {
          if (mayRead(process, record, PUBLIC_VIEWER)) expect(mayRead(process, record, viewer)).toBe(true);
          if (DISCLOSURE[record.type].public === 'never')
            expect(mayRead(process, record, PUBLIC_VIEWER)).toBe(false);
        }
      }),
    );
  });

  it('never hides from a person what that person filed', () => {
    fc.assert(
      fc.property(anyProcess(RECORD_TYPES), (process) => {
        for (const record of process.filed) {
          const author: Viewer = { person: record.actor.person, organizationId: null, roles: ['citizen'] };
          expect(mayRead(process, record, author)).toBe(true);
        }
      }),
    );
  });

  it('takes nothing back as records are added and the chain goes on', () => {
    fc.assert(
      fc.property(
        anyProcess(RECORD_TYPES),
        fc.array(anyRecord(RECORD_TYPES), { maxLength: 3 }),
        anyViewer(PEOPLES_ROLES),
        (process, later, viewer) => {
          const before = process.filed.filter((f) => mayRead(process, f, viewer));
          // A second list of sealed scores, not anchored yet, is the one exception that the acts do not let happen.
          const added = later.filter((f) => f.type !== 'scores-sealed');
          const grown = {
            ...process,
            filed: [...process.filed, ...added],
            chain: { ...process.chain, opening, announcement },
          };
          for (const record of before) expect(mayRead(grown, record, viewer)).toBe(true);
        },
      ),
    );
  });

  it('keeps each score sheet from the other evaluators, the officers and the public until the list of all is anchored', () => {
    const sheet = filed(
      'score-sheet',
      { scores: [] },
      { actor: { organization: 'o', person: 'ann', role: 'evaluator' } },
    );
    const list = filed('scores-sealed', { sheets: [sheet.commitment] }, { anchorIndex: null });
    const base = closed(emptyProcess({ chain: { ...NO_CHAIN, opening } }), 0, 1, 2, 3);
    const reader = (role: Role): Viewer => ({ person: 'ben', organizationId: 'o', roles: ['citizen', role] });
    const readers = (process: Process) =>
      ROLES.filter((r) => r !== 'operator' && mayRead(process, sheet, reader(r)));
    expect(readers({ ...base, filed: [sheet] })).toEqual([]);
    expect(readers({ ...base, filed: [sheet, list] })).toEqual([]);
    expect(readers({ ...base, filed: [sheet, { ...list, anchorIndex: 4 }] })).toEqual([
      'officer',
      'approver',
      'evaluator',
    ]);
  });

  it('hides drafts from all but the entity that writes them', () => {
    for (const role of ROLES) {
      const { draft } = visibleTo(emptyProcess(), {
        person: 'p',
        organizationId: 'o',
        roles: ['citizen', role],
      });
      expect(draft !== null).toBe(['officer', 'approver', 'operator'].includes(role));
    }
  });
});
