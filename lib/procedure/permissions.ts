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
  'submit-bid',
  'release-shares',
  'open-bids',
  'declare-unsuccessful',
  'appoint-evaluators',
  'declare-interests',
  'file-scores',
  'seal-scores',
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
  open: { 'submit-bid': ['tenderer'], 'rehearse-key': ['committee'] },
  closing: {},
  opening: {
    'release-shares': ['committee'],
    'open-bids': ['operator'],
    'declare-unsuccessful': ['operator'],
  },
  opened: {},
  evaluation: {
    'appoint-evaluators': ['officer'],
    'declare-interests': ['evaluator'],
    'file-scores': ['evaluator'],
    'seal-scores': ['operator'],
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
  unsuccessful: { 'order-erasure': ['regulator'] },
} as const satisfies Record<Phase, Partial<Record<Act, readonly Role[]>>>;

type Table = Record<Phase, Partial<Record<Act, readonly Role[]>>>;

/** The roles that may do `act` in `phase`; empty when nobody may. */
export const permittedRoles = (act: Act, phase: Phase): readonly Role[] =>
  (PERMITTED as Table)[phase][act] ?? [];

/** The phases in which anybody may do `act`, for the refusal's sentence. */
export const permittedPhases = (act: Act): Phase[] =>
  (Object.keys(PERMITTED) as Phase[]).filter((phase) => permittedRoles(act, phase).length > 0);
