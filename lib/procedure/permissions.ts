import type { Phase } from './phases';

/** The roles of procedure.md that this version knows; `operator` is the machine itself, never a person. */
export const ROLES = [
  'officer',
  'approver',
  'committee',
  'evaluator',
  'tenderer',
  'auditor',
  'regulator',
  'reviewer',
  'citizen',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

export const ACTS = [
  'edit-draft',
  'appoint-committee',
  'accept-appointment',
  'sign-keyset',
  'rehearse-key',
  'request-publication',
  'withdraw-request',
  'refuse-publication',
  'approve-publication',
  'replace-committee',
  'submit-bid',
  'withdraw-bid',
  'attend-opening',
  'postpone-opening',
  'request-seeds',
  'give-seed',
  'release-shares',
  'open-bids',
  'sign-opening-report',
  'declare-unsuccessful',
  'appoint-evaluators',
  'declare-interests',
  'file-scores',
  'seal-scores',
  'propose-shortlist',
  'refuse-shortlist',
  'approve-shortlist',
  'rank-bids',
  'propose-award',
  'refuse-award',
  'approve-award',
  'announce-award',
  'confirm-award',
  'file-contract',
  'order-erasure',
] as const;
export type Act = (typeof ACTS)[number];

/**
 * The one table: in this phase, this act, by these roles. Checked at the door, again on the row inside the
 * transaction, and read by the pages to offer only what can be done. `satisfies`: a missing phase does not compile.
 */
export const PERMITTED = {
  draft: {
    'edit-draft': ['officer'],
    'appoint-committee': ['officer'],
    'accept-appointment': ['committee'],
    'sign-keyset': ['committee'],
    'rehearse-key': ['committee'],
    'request-publication': ['officer'],
  },
  approval: {
    'withdraw-request': ['officer'],
    'rehearse-key': ['committee'],
    'refuse-publication': ['approver'],
    'approve-publication': ['approver'],
  },
  publishing: {},
  open: {
    'submit-bid': ['tenderer'],
    'withdraw-bid': ['tenderer'],
    // Another committee before bids are due: appointed, accepted and signed as the first one, approved by a second person.
    'appoint-committee': ['officer'],
    'accept-appointment': ['committee'],
    'sign-keyset': ['committee'],
    'rehearse-key': ['committee'],
    'replace-committee': ['approver'],
  },
  closing: {},
  waiting: { 'declare-unsuccessful': ['operator'] },
  opening: {
    'attend-opening': ['committee', 'tenderer', 'officer'],
    'postpone-opening': ['officer'],
    'request-seeds': ['officer'],
    'give-seed': ['tenderer'],
    'release-shares': ['committee'],
    'open-bids': ['operator'],
    'declare-unsuccessful': ['operator'],
  },
  opened: { 'sign-opening-report': ['committee'] },
  assessment: {
    'sign-opening-report': ['committee'],
    'appoint-evaluators': ['officer'],
    'declare-interests': ['evaluator'],
    'file-scores': ['evaluator'],
    'seal-scores': ['operator'],
    'propose-shortlist': ['officer'],
    'refuse-shortlist': ['approver'],
    'approve-shortlist': ['approver'],
  },
  evaluation: {
    'sign-opening-report': ['committee'],
    'appoint-evaluators': ['officer'],
    'declare-interests': ['evaluator'],
    'file-scores': ['evaluator'],
    'seal-scores': ['operator'],
    'rank-bids': ['operator'],
    'propose-award': ['officer'],
    'refuse-award': ['approver'],
    'approve-award': ['approver'],
  },
  comparison: {
    'sign-opening-report': ['committee'],
    'rank-bids': ['operator'],
    'propose-award': ['officer'],
    'refuse-award': ['approver'],
    'approve-award': ['approver'],
  },
  announcing: { 'announce-award': ['operator'] },
  standstill: {},
  award: { 'confirm-award': ['officer'] },
  contract: { 'file-contract': ['officer'] },
  // Only once it is over: until then each record may still be needed to decide or to review.
  implementation: { 'order-erasure': ['regulator'] },
  assessed: {},
  unsuccessful: { 'order-erasure': ['regulator'] },
} as const satisfies Record<Phase, Partial<Record<Act, readonly Role[]>>>;

type Table = Record<Phase, Partial<Record<Act, readonly Role[]>>>;

/** The roles that may do `act` in `phase`; empty when nobody may. */
export const permittedRoles = (act: Act, phase: Phase): readonly Role[] =>
  (PERMITTED as Table)[phase][act] ?? [];

/** The phases in which anybody may do `act`, for the refusal's sentence. */
export const permittedPhases = (act: Act): Phase[] =>
  (Object.keys(PERMITTED) as Phase[]).filter((phase) => permittedRoles(act, phase).length > 0);

/** Acts on the process as a whole, whatever its units; every other act is done in one unit where there are some. */
const WHOLE: ReadonlySet<Act> = new Set<Act>([
  'edit-draft',
  'appoint-committee',
  'accept-appointment',
  'sign-keyset',
  'rehearse-key',
  'request-publication',
  'withdraw-request',
  'refuse-publication',
  'approve-publication',
  'replace-committee',
  // One act for all lots and parts: a bid of two envelopes is never half filed.
  'submit-bid',
  'withdraw-bid',
  'order-erasure',
]);

export const isWhole = (act: Act): boolean => WHOLE.has(act);
