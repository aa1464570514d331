import type { Role } from './permissions';
import { committee, evaluators, keySets, membersOf, type Process } from './state';
import { scopes } from './scopes';

/** Who acts: a person of an organization, with the roles that the organization gave; or the machine itself. */
export interface Actor {
  /** Pseudonymous (protocol §1). */
  person: string;
  organization: { id: string; name: string };
  /** Roles in the organization: officer, approver, regulator, observer, evaluator, tenderer … */
  memberRoles: readonly string[];
}

export const OPERATOR_PERSON = 'operator';

/** The machine's own acts, under the registry's name. */
export const operatorActor = (origin: string): Actor => ({
  person: OPERATOR_PERSON,
  organization: { id: origin, name: origin },
  memberRoles: ['operator'],
});

/** Seated now, or in a key set to which bids may be sealed: a member who was replaced still opens those. */
const inCommittee = (process: Process, person: string): boolean =>
  committee(process)?.seats.some((seat) => seat.person === person) === true ||
  keySets(process).some((set) => [...membersOf(process, set).values()].includes(person));

/** Appointed in this scope; of a whole process, in any of its units. */
const judges = (process: Process, person: string): boolean =>
  (process.unit === null ? scopes(process) : [process]).some((scope) =>
    evaluators(scope).some((e) => e.person === person),
  );

/** The roles that `actor` has in `process`; everybody is a citizen. */
export function rolesIn(process: Process, actor: Actor | null): Role[] {
  if (!actor) return ['citizen'];
  const own = actor.organization.id === process.organizationId;
  const has = (role: string) => actor.memberRoles.includes(role);
  const roles: Role[] = ['citizen'];
  if (has('operator') && actor.person === OPERATOR_PERSON) roles.push('operator');
  if (own && has('officer')) roles.push('officer');
  if (own && has('approver')) roles.push('approver');
  if (has('tenderer')) roles.push('tenderer');
  if (has('auditor')) roles.push('auditor');
  if (has('regulator')) roles.push('regulator');
  if (has('reviewer')) roles.push('reviewer');
  if (inCommittee(process, actor.person)) roles.push('committee');
  if (judges(process, actor.person)) roles.push('evaluator');
  return roles;
}
