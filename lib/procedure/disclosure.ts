import type { RecordType } from '../record/catalogue';
import type { RecordActor } from '../record/record';
import { closure, last, type Process } from './state';
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
  // Nobody learns how many bids there are, or whose, before the opening: officers and committee included.
  bid: { public: 'opening' },
  'share-released': { public: 'opening' },
  'bid-opened': { public: 'opening' },
  'bid-invalid': { public: 'opening' },
  'opening-report': { public: 'opening' },
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
  ranking: { public: 'announcement', evaluator: 'filing', officer: 'filing', approver: 'filing' },
  'award-intended': { public: 'announcement', officer: 'filing', approver: 'filing' },
  'award-refused': { public: 'never', officer: 'filing', approver: 'filing' },
  'award-approved': { public: 'announcement', officer: 'filing', approver: 'filing' },
  'award-announced': { public: 'announcement', officer: 'filing', approver: 'filing' },
  award: { public: 'filing' },
  contract: { public: 'filing' },
} as const satisfies Record<RecordType, { public: Moment } & Partial<Record<Role, Moment>>>;

const SHOWN_AT: Record<Moment, (process: Process) => boolean> = {
  filing: () => true,
  // Publication is openTender, mined (protocol §4).
  publication: (p) => p.chain.opening !== null,
  // All open together: nothing of any bid before the report on all of them (protocol §7.6).
  opening: (p) => last(p, 'opening-report') !== null,
  'scores-sealed': (p) => last(p, 'scores-sealed')?.anchorIndex != null,
  announcement: (p) => p.chain.announcement !== null,
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

/** Whether records of this type of `process` are public now. */
export const reached = (process: Process, type: RecordType): boolean =>
  SHOWN_AT[DISCLOSURE[type].public](process);

/** Whether `viewer` may read this record of `process` now. */
export function mayRead(
  process: Process,
  filed: { type: RecordType; actor: Pick<RecordActor, 'person' | 'organization'> },
  viewer: Viewer,
): boolean {
  if (viewer.roles.includes('operator')) return true;
  if (viewer.person !== null && filed.actor.person === viewer.person) return true;
  // A tenderer is an organization of several people (procedure.md, Roles).
  if (filed.type === 'bid' && filed.actor.organization === viewer.organizationId) return true;
  const rule: Partial<Record<Reader, Moment>> = DISCLOSURE[filed.type];
  const moments = [rule.public, ...viewer.roles.map((role) => rule[role])];
  return moments.some((moment) => moment !== undefined && SHOWN_AT[moment](process));
}

/** The process as `viewer` may know it: the same shape, with only the records that may be read. */
export function visibleTo(process: Process, viewer: Viewer): Process {
  const own = viewer.roles.some((r) => r === 'officer' || r === 'approver' || r === 'operator');
  return {
    ...process,
    draft: own ? process.draft : null,
    filed: process.filed.filter((f) => mayRead(process, f, viewer)),
    erased: process.erased.filter((f) => mayRead(process, f, viewer)),
  };
}
