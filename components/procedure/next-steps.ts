import type { Act } from '@/lib/procedure/permissions';
import {
  awardApproved,
  committee,
  evaluators,
  intendedAward,
  last,
  liveBids,
  publicationRequest,
  shares,
  type Process,
} from '@/lib/procedure/state';
import type { SignedIn, TenderView } from '@/lib/server/queries/view';

type Condition = (process: Process, me: SignedIn) => boolean;

const mySeat = (p: Process, me: SignedIn) =>
  committee(p)?.seats.find((s) => s.person === me.person.id) ?? null;
const myself = (p: Process, me: SignedIn) => evaluators(p).find((e) => e.person === me.person.id) ?? null;
const everybodyAccepted = (p: Process): boolean =>
  committee(p)?.seats.every((s) => s.accepted !== null) ?? false;
const everybodySigned = (p: Process): boolean => committee(p)?.seats.every((s) => s.signed !== null) ?? false;
const proposed = (p: Process) => (awardApproved(p) ? null : intendedAward(p));

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
  'submit-bid': (p, me) => !liveBids(p).some((b) => b.data.tenderer.id === me.organization.id),
  'release-shares': (p, me) => !shares(p).some((s) => s.actor.person === me.person.id),
  'appoint-evaluators': (p) => last(p, 'evaluators-appointed') === null,
  'declare-interests': (p, me) => myself(p, me)?.interests === null,
  'file-scores': (p, me) => {
    const mine = myself(p, me);
    return mine?.sheet === null && mine.interests?.data.conflict === false;
  },
  'propose-award': (p) => last(p, 'ranking') !== null && intendedAward(p) === null,
  // Refusing stands on the same page as approving: one entry leads to both.
  'refuse-award': () => false,
  'approve-award': (p, me) => {
    const intended = proposed(p);
    return intended !== null && intended.actor.person !== me.person.id;
  },
  'confirm-award': (p) => last(p, 'award') === null,
  'file-contract': (p) => last(p, 'contract') === null,
};

/** What the reader can do now, most pressing first; empty for a citizen. */
export function nextSteps(view: TenderView): Act[] {
  const { signedIn, process } = view;
  if (!signedIn) return [];
  return view.may.filter((act) => LEFT[act]?.(process, signedIn) ?? true);
}

const PAGES: Partial<Record<Act, string>> = {
  'edit-draft': 'draft',
  'request-publication': 'draft',
  'withdraw-request': 'draft',
  'appoint-committee': 'committee',
  'accept-appointment': 'committee',
  'sign-keyset': 'committee',
  'rehearse-key': 'committee',
  'refuse-publication': 'approve',
  'approve-publication': 'approve',
  'submit-bid': 'bid',
  'release-shares': 'opening',
  'appoint-evaluators': 'evaluation',
  'declare-interests': 'evaluation',
  'file-scores': 'evaluation',
  'propose-award': 'evaluation',
  'refuse-award': 'evaluation',
  'approve-award': 'evaluation',
  'confirm-award': 'award',
  'file-contract': 'contract',
};

/** The page on which an act is done, without the language; null for acts of the machine. */
export function pageOfAct(ocid: string, act: Act): string | null {
  const page = PAGES[act];
  return page ? `/tenders/${encodeURIComponent(ocid)}/${page}` : null;
}
