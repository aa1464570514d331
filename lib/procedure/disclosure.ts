import type { RecordType } from '../record/catalogue';
import type { RecordActor } from '../record/record';
import { closure, last, shortlist, type Process } from './state';
import { scopeOf } from './scopes';
import { sameUnit, unitId, type Unit } from './units';
import type { Role } from './permissions';

/**
 * When a record may be read, and by whom (procedure.md, Disclosure). Everything is committed when it is filed; this
 * table alone decides what is shown, in pages, in the API and as evidence.
 */
export const MOMENTS = [
  'filing',
  'publication',
  'opening',
  'scores-sealed',
  'shortlist',
  'announcement',
  'award',
  'contract',
  'never',
] as const;
export type Moment = (typeof MOMENTS)[number];

type Reader = 'public' | Role;

/** The one table. Whoever filed a record reads it always, and so does the machine that must act on it. */
export const DISCLOSURE = {
  'signing-key': { public: 'filing' },
  'program-published': { public: 'filing' },
  // That something was erased, by whom and why, is never a secret.
  erasure: { public: 'filing' },
  'committee-appointed': {
    public: 'publication',
    officer: 'filing',
    approver: 'filing',
    committee: 'filing',
  },
  'committee-accepted': { public: 'publication', officer: 'filing', approver: 'filing', committee: 'filing' },
  'keyset-signed': { public: 'publication', officer: 'filing', approver: 'filing', committee: 'filing' },
  'key-rehearsed': { public: 'publication', officer: 'filing', approver: 'filing', committee: 'filing' },
  'budget-line': { public: 'publication', officer: 'filing', approver: 'filing' },
  'publication-requested': { public: 'publication', officer: 'filing', approver: 'filing' },
  'publication-withdrawn': { public: 'never', officer: 'filing', approver: 'filing' },
  'publication-refused': { public: 'never', officer: 'filing', approver: 'filing' },
  'publication-approved': { public: 'publication', officer: 'filing', approver: 'filing' },
  notice: { public: 'publication', officer: 'filing', approver: 'filing', committee: 'filing' },
  'committee-replaced': { public: 'filing' },
  // Nobody learns how many bids there are, or whose, before the opening: officers and committee included.
  bid: { public: 'opening' },
  'bid-withdrawn': { public: 'opening' },
  // Tenderers attend too: their names are as secret as their bids.
  'opening-attended': { public: 'opening' },
  'opening-postponed': { public: 'filing' },
  'seeds-requested': { public: 'filing' },
  // A seed opens its bid: nobody reads it before all are open.
  'seed-given': { public: 'opening' },
  'share-released': { public: 'opening' },
  'bid-opened': { public: 'opening' },
  'bid-invalid': { public: 'opening' },
  'opening-report': { public: 'opening' },
  'opening-report-signed': { public: 'filing' },
  'tender-unsuccessful': { public: 'filing' },
  'evaluators-appointed': {
    public: 'announcement',
    officer: 'filing',
    approver: 'filing',
    evaluator: 'filing',
  },
  'interests-declared': { public: 'announcement', officer: 'filing', approver: 'filing' },
  'score-sheet': {
    public: 'announcement',
    evaluator: 'scores-sealed',
    officer: 'scores-sealed',
    approver: 'scores-sealed',
  },
  'scores-sealed': { public: 'announcement', evaluator: 'filing', officer: 'filing', approver: 'filing' },
  // What the shortlist says is public once the financial envelopes may be opened.
  'shortlist-proposed': { public: 'shortlist', officer: 'filing', approver: 'filing' },
  'shortlist-refused': { public: 'never', officer: 'filing', approver: 'filing' },
  'shortlist-approved': { public: 'shortlist', officer: 'filing', approver: 'filing' },
  ranking: { public: 'announcement', evaluator: 'filing', officer: 'filing', approver: 'filing' },
  'award-intended': { public: 'announcement', officer: 'filing', approver: 'filing' },
  'award-refused': { public: 'never', officer: 'filing', approver: 'filing' },
  'award-approved': { public: 'announcement', officer: 'filing', approver: 'filing' },
  'award-announced': { public: 'announcement', officer: 'filing', approver: 'filing' },
  award: { public: 'filing' },
  contract: { public: 'filing' },
} as const satisfies Record<RecordType, { public: Moment } & Partial<Record<Role, Moment>>>;

/** Whether the intended award is announced: of a first envelope, with the award on the second. */
function announced({ unit, chain }: Process): boolean {
  if (unit?.part !== 'technical') return chain.announcement !== null;
  const award: Unit = { lot: unit.lot, part: 'financial' };
  return chain.units.some((u) => sameUnit(u.unit, award) && u.announcement !== null);
}

const SHOWN_AT: Record<Moment, (process: Process) => boolean> = {
  filing: () => true,
  // Publication is openTender, mined (protocol §4).
  publication: (p) => p.chain.opening !== null,
  // All open together: nothing of any bid before the report on all of them (protocol §7.6).
  opening: (p) => last(p, 'opening-report') !== null,
  'scores-sealed': (p) => last(p, 'scores-sealed')?.anchorIndex != null,
  shortlist: (p) => shortlist(p) !== null && closure(p, 4) !== null,
  announcement: announced,
  award: (p) => last(p, 'award') !== null,
  contract: (p) => closure(p, 6) !== null,
  never: () => false,
};

export interface Viewer {
  person: string | null;
  organizationId: string | null;
  roles: readonly Role[];
}

export const PUBLIC_VIEWER: Viewer = { person: null, organizationId: null, roles: ['citizen'] };

/** Whether records of this type of `process` (or of the unit, in its scope) are public now. */
export const reached = (process: Process, type: RecordType): boolean =>
  SHOWN_AT[DISCLOSURE[type].public](process);

const OWN_BID: readonly RecordType[] = ['bid', 'bid-withdrawn', 'seed-given'];

interface Readable {
  type: RecordType;
  unit: Unit | null;
  actor: Pick<RecordActor, 'person' | 'organization'>;
}

/** Whether `viewer` may read this record of `process` now. */
export const mayRead = (process: Process, filed: Readable, viewer: Viewer): boolean =>
  mayReadIn(() => scopeOf(process, filed), filed, viewer);

function mayReadIn(scopeOfRecord: () => Process, filed: Readable, viewer: Viewer): boolean {
  if (viewer.roles.includes('operator')) return true;
  if (viewer.person !== null && filed.actor.person === viewer.person) return true;
  // A tenderer is an organization of several people (procedure.md, Roles).
  if (OWN_BID.includes(filed.type) && filed.actor.organization === viewer.organizationId) return true;
  const rule: Partial<Record<Reader, Moment>> = DISCLOSURE[filed.type];
  const moments = [rule.public, ...viewer.roles.map((role) => rule[role])];
  const scope = scopeOfRecord();
  return moments.some((moment) => moment !== undefined && SHOWN_AT[moment](scope));
}

/** The process as `viewer` may know it: the same shape, with only the records that may be read. */
export function visibleTo(process: Process, viewer: Viewer): Process {
  const own = viewer.roles.some((r) => r === 'officer' || r === 'approver' || r === 'operator');
  // One scope for each unit, not for each record: forty lots have thousands of records.
  const scopes = new Map<string, Process>();
  const inScope = (filed: Readable) => () => {
    const id = filed.unit ? unitId(filed.unit) : '';
    const scope = scopes.get(id) ?? scopeOf(process, filed);
    scopes.set(id, scope);
    return scope;
  };
  const readable = (filed: Readable) => mayReadIn(inScope(filed), filed, viewer);
  return {
    ...process,
    draft: own ? process.draft : null,
    before: process.before && visibleTo(process.before, viewer),
    filed: process.filed.filter(readable),
    erased: process.erased.filter(readable),
  };
}
