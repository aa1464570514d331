import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/procedure/roles';

/** Someone who acts, with the 32-byte seed that a key file would hold. */
export interface Person extends Actor {
  seed: Uint8Array;
}

const ENTITY = { id: 'org-harbour', name: 'Harbour Office' };
const MINISTRY = { id: 'org-ministry', name: 'Ministry of Works' };

function person(id: string, organization: { id: string; name: string }, ...memberRoles: string[]): Person {
  const seed = new Uint8Array(createHash('sha256').update(`seed of ${id}`).digest());
  return { person: id, organization, memberRoles, seed };
}

/** One tenderer of an organization of its own. */
export const tenderer = (number: number): Person =>
  person(`tenderer-${number}`, { id: `org-tenderer-${number}`, name: `Tenderer No. ${number}` }, 'tenderer');

/** Everybody that a tender needs, each with one role only, so that a test of the table means what it says. */
export const PEOPLE = {
  officer: person('officer-1', ENTITY, 'officer'),
  /** A second officer of the same entity. */
  otherOfficer: person('officer-2', ENTITY, 'officer'),
  approver: person('approver-1', ENTITY, 'approver'),
  otherApprover: person('approver-2', ENTITY, 'approver'),
  /** Has both roles, and must still not approve what it filed. */
  officerApprover: person('officer-approver', ENTITY, 'officer', 'approver'),
  strangeOfficer: person('officer-9', { id: 'org-elsewhere', name: 'Elsewhere' }, 'officer', 'approver'),
  members: [
    person('member-1', ENTITY, 'observer'),
    person('member-2', MINISTRY, 'observer'),
    person('member-3', { id: 'org-watch', name: 'Open Watch' }, 'observer'),
  ] as readonly Person[],
  evaluators: [1, 2, 3].map((n) => person(`evaluator-${n}`, MINISTRY, 'evaluator')),
  tenderers: [1, 2, 3].map(tenderer),
  auditor: person('auditor-1', MINISTRY, 'auditor'),
  regulator: person('regulator-1', MINISTRY, 'regulator'),
  reviewer: person('reviewer-1', { id: 'org-review', name: 'Review Board' }, 'reviewer'),
  citizen: person('citizen-1', { id: 'org-none', name: 'Nobody' }),
} as const;
