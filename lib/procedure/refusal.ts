import type { Act, Role } from './permissions';
import type { Phase } from './phases';
import type { RuleId } from './rules/rule-pack';

/**
 * Why an act was refused: a closed union. Every code has a sentence that says what to do, in every language
 * (messages `errors`), and an HTTP status.
 */
export const REFUSALS = {
  'not-signed-in': 401,
  'not-permitted': 403,
  'not-yours': 403,
  'other-site': 403,
  'self-approval': 403,
  'conflict-declared': 403,
  'officer-cannot-evaluate': 403,
  'not-found': 404,
  erased: 410,
  'not-erasable': 409,
  'wrong-phase': 409,
  'deadline-passed': 409,
  'deadline-too-early': 422,
  'standstill-too-short': 422,
  'unknown-rule-pack': 422,
  'invalid-input': 422,
  'already-done': 409,
  'already-bid': 409,
  'no-such-unit': 404,
  'unit-missing': 422,
  'part-missing': 422,
  'bid-not-live': 409,
  'bid-signature': 403,
  'keyset-changed': 409,
  'too-near-deadline': 409,
  'keyset-unchanged': 409,
  'time-not-later': 422,
  'seeds-not-requested': 409,
  'seed-does-not-fit': 422,
  'seat-released': 409,
  'shortlist-incomplete': 422,
  'committee-incomplete': 409,
  'keyset-incomplete': 409,
  'bad-signature': 422,
  'unknown-key': 422,
  'draft-changed': 409,
  'upload-missing': 422,
  'upload-too-large': 413,
  'upload-type': 415,
  'upload-truncated': 400,
  'upload-duplicate': 409,
  'not-an-envelope': 422,
  'envelope-of-another-tender': 422,
  'not-in-committee': 403,
  'shares-incomplete': 422,
  'share-wrong': 422,
  'bids-undecided': 409,
  'too-few-bids': 409,
  'too-few-evaluators': 422,
  'interests-first': 409,
  'scores-incomplete': 422,
  'scores-not-sealed': 409,
  'not-ranked-first': 422,
  'no-award-intended': 409,
  'evaluation-not-closed': 409,
  'stale-signature-time': 422,
  'witness-unknown': 403,
  'cosignature-invalid': 422,
  'checkpoint-unknown': 404,
  'too-many-requests': 429,
  'too-large': 413,
  unavailable: 503,
} as const;
export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** What the sentence needs: the act, the phase, the allowed phases, a rule, a time. Never a secret. */
  params?: {
    act?: Act;
    phase?: Phase;
    allowed?: Phase[];
    roles?: readonly Role[];
    rule?: RuleId;
    article?: string;
    sentence?: { en: string; zh: string };
    at?: string;
    path?: string;
    detail?: string;
  };
  /** Field path (dotted) → message code, for forms. */
  fieldErrors?: Record<string, string>;
}

export const refuse = (
  code: RefusalCode,
  params?: Refusal['params'],
  fieldErrors?: Record<string, string>,
): Refusal => ({
  ok: false,
  code,
  ...(params ? { params } : {}),
  ...(fieldErrors ? { fieldErrors } : {}),
});
