import type * as z from 'zod';
import type { ActDefinition, Context, Decision } from '../decision';
import type { Act } from '../permissions';
import type { Process } from '../state';
import { announceAward, confirmAward, fileContract } from './award';
import { submitBid, withdrawBid } from './bids';
import { orderErasure } from './erasure';
import {
  appointEvaluators,
  approveAward,
  declareInterests,
  fileScores,
  proposeAward,
  rankTheBids,
  refuseAward,
  sealScores,
} from './evaluation';
import {
  attendOpening,
  declareUnsuccessful,
  giveSeed,
  openBids,
  postponeOpening,
  releaseShares,
  requestSeeds,
  signOpeningReport,
} from './opening';
import {
  acceptAppointment,
  appointCommittee,
  approvePublication,
  editDraft,
  refusePublication,
  replaceCommittee,
  requestPublication,
  signKeyset,
  withdrawRequest,
} from './publication';
import { rehearseKey } from './rehearsal';
import { approveShortlist, proposeShortlist, refuseShortlist } from './shortlist';

/** Every act: the shape of its input and what it decides. Who may do it, and when, is `permissions.ts`. */
export const ACT_TABLE = {
  'edit-draft': editDraft,
  'appoint-committee': appointCommittee,
  'accept-appointment': acceptAppointment,
  'sign-keyset': signKeyset,
  'rehearse-key': rehearseKey,
  'request-publication': requestPublication,
  'withdraw-request': withdrawRequest,
  'refuse-publication': refusePublication,
  'approve-publication': approvePublication,
  'replace-committee': replaceCommittee,
  'submit-bid': submitBid,
  'withdraw-bid': withdrawBid,
  'attend-opening': attendOpening,
  'postpone-opening': postponeOpening,
  'request-seeds': requestSeeds,
  'give-seed': giveSeed,
  'release-shares': releaseShares,
  'open-bids': openBids,
  'sign-opening-report': signOpeningReport,
  'declare-unsuccessful': declareUnsuccessful,
  'appoint-evaluators': appointEvaluators,
  'declare-interests': declareInterests,
  'file-scores': fileScores,
  'seal-scores': sealScores,
  'propose-shortlist': proposeShortlist,
  'refuse-shortlist': refuseShortlist,
  'approve-shortlist': approveShortlist,
  'rank-bids': rankTheBids,
  'propose-award': proposeAward,
  'refuse-award': refuseAward,
  'approve-award': approveAward,
  'announce-award': announceAward,
  'confirm-award': confirmAward,
  'file-contract': fileContract,
  'order-erasure': orderErasure,
} as const satisfies Record<
  Act,
  { input: z.ZodType; decide: (process: Process, input: never, ctx: Context) => Decision }
>;

export type ActInput<A extends Act> = (typeof ACT_TABLE)[A] extends ActDefinition<infer I> ? I : never;
