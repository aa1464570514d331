import { signedKeyset } from '@/lib/procedure/acts/publication';
import type { Act } from '@/lib/procedure/permissions';
import {
  all,
  awardApproved,
  committee,
  evaluators,
  intendedAward,
  keySets,
  last,
  liveBids,
  proposedShortlist,
  publicationRequest,
  shares,
  type Filed,
  type Process,
} from '@/lib/procedure/state';
import { inUnit } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { keySetHash } from '@/lib/sealing/keyset';
import type { SignedIn, TenderView } from '@/lib/server/queries/view';
import { unitHref } from './divided';

type Condition = (process: Process, me: SignedIn) => boolean;

const mySeat = (p: Process, me: SignedIn) =>
  committee(p)?.seats.find((s) => s.person === me.person.id) ?? null;
const myself = (p: Process, me: SignedIn) => evaluators(p).find((e) => e.person === me.person.id) ?? null;
const everybodyAccepted = (p: Process): boolean =>
  committee(p)?.seats.every((s) => s.accepted !== null) ?? false;
const everybodySigned = (p: Process): boolean => committee(p)?.seats.every((s) => s.signed !== null) ?? false;
const proposed = (p: Process) => (awardApproved(p) ? null : intendedAward(p));
const ownBids = (p: Process, me: SignedIn) =>
  liveBids(p).filter((b) => b.data.tenderer.id === me.organization.id);
/** The key set of a committee that was appointed after publication, once it is signed and until it is put in place. */
export function pendingReplacement(p: Process): Filed<'committee-appointed'> | null {
  const keyset = keySets(p).length > 0 ? signedKeyset(p) : null;
  if (!keyset) return null;
  const hash = keySetHash(keyset);
  const filed = all(p, 'committee-replaced').some((r) => r.data.keysetHash === hash);
  return filed || keySets(p).some((set) => set.hash === hash) ? null : (committee(p)?.appointed ?? null);
}

/**
 * The table of permissions says what a role may do in a phase; this says what is left to do, from the records that
 * the reader sees. An act that is absent here is offered whenever it is permitted.
 */
const LEFT: Partial<Record<Act, Condition>> = {
  'appoint-committee': (p) => committee(p) === null,
  'accept-appointment': (p, me) => mySeat(p, me)?.accepted === null,
  'sign-keyset': (p, me) => mySeat(p, me)?.signed === null && everybodyAccepted(p),
  'rehearse-key': (p, me) => {
    const seat = mySeat(p, me);
    return seat !== null && seat.signed !== null && seat.rehearsed === null;
  },
  'request-publication': everybodySigned,
  'refuse-publication': () => false,
  'approve-publication': (p, me) => publicationRequest(p)?.actor.person !== me.person.id,
  'replace-committee': (p, me) => {
    const appointed = pendingReplacement(p);
    return appointed !== null && appointed.actor.person !== me.person.id;
  },
  'submit-bid': (p, me) => ownBids(p, me).length === 0,
  // These wait for nobody: the page of the bid, and the opening room, have them.
  'withdraw-bid': () => false,
  'attend-opening': () => false,
  'postpone-opening': () => false,
  'request-seeds': () => false,
  'give-seed': (p, me) =>
    last(p, 'seeds-requested') !== null &&
    ownBids(p, me).some((b) => !all(p, 'seed-given').some((g) => g.data.bid === b.commitment)),
  'sign-opening-report': (p, me) =>
    last(p, 'opening-report') !== null &&
    !all(p, 'opening-report-signed').some((s) => s.actor.person === me.person.id),
  'release-shares': (p, me) => !shares(p).some((s) => s.actor.person === me.person.id),
  'appoint-evaluators': (p) => last(p, 'evaluators-appointed') === null,
  'declare-interests': (p, me) => myself(p, me)?.interests === null,
  'file-scores': (p, me) => {
    const mine = myself(p, me);
    return mine?.sheet === null && mine.interests?.data.conflict === false;
  },
  'propose-shortlist': (p) => last(p, 'scores-sealed')?.anchorIndex != null && proposedShortlist(p) === null,
  // Refusing stands on the same page as approving: one entry leads to both.
  'refuse-shortlist': () => false,
  'approve-shortlist': (p, me) => {
    const shortlisted = proposedShortlist(p);
    return shortlisted !== null && shortlisted.actor.person !== me.person.id;
  },
  'propose-award': (p) => last(p, 'ranking') !== null && intendedAward(p) === null,
  'refuse-award': () => false,
  'approve-award': (p, me) => {
    const intended = proposed(p);
    return intended !== null && intended.actor.person !== me.person.id;
  },
  'confirm-award': (p) => last(p, 'award') === null,
  'file-contract': (p) => last(p, 'contract') === null,
};

/** What is left to do of what is permitted in one scope. */
const leftOf = (process: Process, may: readonly Act[], me: SignedIn): Act[] =>
  may.filter((act) => LEFT[act]?.(process, me) ?? true);

const PAGES: Partial<Record<Act, string>> = {
  'edit-draft': 'draft',
  'request-publication': 'draft',
  'withdraw-request': 'draft',
  'appoint-committee': 'committee',
  'accept-appointment': 'committee',
  'sign-keyset': 'committee',
  'rehearse-key': 'committee',
  'replace-committee': 'committee',
  'refuse-publication': 'approve',
  'approve-publication': 'approve',
  'submit-bid': 'bid',
  'give-seed': 'bid',
  'release-shares': 'opening',
  'sign-opening-report': 'opening',
  'appoint-evaluators': 'evaluation',
  'declare-interests': 'evaluation',
  'file-scores': 'evaluation',
  'propose-shortlist': 'evaluation',
  'refuse-shortlist': 'evaluation',
  'approve-shortlist': 'evaluation',
  'propose-award': 'evaluation',
  'refuse-award': 'evaluation',
  'approve-award': 'evaluation',
  'confirm-award': 'award',
  'file-contract': 'contract',
};

/** Something that the reader can do now, and where. */
export interface Step {
  act: Act;
  /** The unit in which it is done; null for the whole, or where `units` many are to be chosen from. */
  unit: Unit | null;
  units: number;
  /** Without the language. */
  href: string;
}

/** In more units than these a step leads to the page on which the unit is chosen. */
const NAMED = 3;

/**
 * What the reader can do now, most pressing first; empty for a citizen. Acts of the machine have no page and are left out.
 * @param among only in these units, besides the whole; all where it is left out
 */
export function nextSteps(view: TenderView, among: TenderView['units'] = view.units): Step[] {
  const { signedIn, process } = view;
  if (!signedIn) return [];
  const places = new Map<Act, (Unit | null)[]>();
  const add = (unit: Unit | null) => (act: Act) => places.set(act, [...(places.get(act) ?? []), unit]);
  leftOf(process, view.may, signedIn).forEach(add(null));
  for (const { unit, may } of among) leftOf(inUnit(process, unit), may, signedIn).forEach(add(unit));
  return [...places].flatMap(([act, units]) => stepsTo(process.ocid, act, units));
}

function stepsTo(ocid: string, act: Act, units: readonly (Unit | null)[]): Step[] {
  const page = PAGES[act];
  if (!page) return [];
  const base = `/tenders/${encodeURIComponent(ocid)}/${page}`;
  if (units.length > NAMED) return [{ act, unit: null, units: units.length, href: base }];
  return units.map((unit) => ({ act, unit, units: unit ? 1 : 0, href: unitHref(base, unit) }));
}
