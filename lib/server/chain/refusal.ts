import type { Result } from 'ethers';
import { ledgerInterface } from './artifact';

type Arguments = Readonly<Record<string, string>>;

/**
 * What to tell people for each custom error of the contract. `time` values are written as the chain has them (seconds
 * since 1970): pages that show them use the refusal's `args`.
 */
const SENTENCES = {
  Sha256Missing: () => 'This chain has no SHA-256 precompile: choose another chain.',
  AccountHasAnotherRole: (a: Arguments) =>
    `Account ${a.account} already holds a role: give each role an account of its own.`,
  ZeroHash: () => 'A hash is missing: send the commitment, not zero.',
  LogSizeMismatch: (a: Arguments) =>
    `The log is anchored at ${a.anchoredSize} leaves, not ${a.givenSize}: build the proof from there.`,
  LogDidNotGrow: (a: Arguments) =>
    `The log is anchored at ${a.oldSize} leaves and can only grow, not become ${a.newSize} with another root.`,
  TooManyLeaves: (a: Arguments) =>
    `An anchor adds at most ${a.most} leaves, not ${a.leaves}: anchor in steps.`,
  InvalidConsistencyProof: () =>
    'The new log does not extend the anchored one: audit the log before anchoring.',
  UnknownAnchor: (a: Arguments) =>
    `There is no anchor ${a.anchorIndex} (there are ${a.anchorCount}): anchor the log first.`,
  UnknownVersion: (a: Arguments) => `There is no version ${a.index} (there are ${a.count}).`,
  TenderAlreadyOpen: () => 'This tender is already published.',
  UnknownTender: () => 'This tender is not published on chain.',
  TimeTooFar: (a: Arguments) => `${a.time} is too far away: no time after ${a.latest} is taken.`,
  DueTimeNotInFuture: (a: Arguments) =>
    `Bids would be due at ${a.bidsDue}, which is past: choose a later time.`,
  DueTimeNotLater: (a: Arguments) => `Bids are due at ${a.bidsDue}; the due time can only move later.`,
  BidsAlreadyDue: (a: Arguments) => `Bids were due at ${a.bidsDue}: this had to happen before.`,
  BidsNotDue: (a: Arguments) => `Bids are not due before ${a.bidsDue}: wait until then.`,
  AlreadyCancelled: () => 'This process was cancelled: nothing can follow.',
  UnitAlreadyOpen: () => 'This lot or part already has its own stages, or its key is that of a process.',
  TooManyUnits: (a: Arguments) =>
    `A process has at most ${a.most} lots and parts with stages of their own: publish the rest as another process.`,
  UnitOfAnotherProcess: () =>
    'The lot or part that must come first is not one of this process: open it first.',
  OpeningAlreadyClosed: () => 'The opening is already closed: the process can no longer be divided.',
  ProcessHasUnits: () =>
    'This process is divided: from the opening on, stages close for each lot or part of it.',
  StageOfProcess: (a: Arguments) => `Stage ${a.stage} belongs to the whole process: close it there.`,
  BidsNotClosed: () => 'The opening cannot close before the bids of the process are closed.',
  UnitNotEvaluated: () => 'This part opens only after the evaluation of the part before it is closed.',
  OnHold: () =>
    'This process is on hold while a challenge is heard: nothing moves before the hold is released.',
  NotOnHold: () => 'There is no hold to release.',
  ReviewersHold: () => 'The review body holds this process: only the review body can release it.',
  NotReopenable: (a: Arguments) =>
    `Stage ${a.stage} cannot be reopened by this account: the review body reopens from the opening on, the registry only the award of an unsigned contract.`,
  StageNotClosed: (a: Arguments) => `Stage ${a.stage} is not closed: there is nothing to reopen.`,
  TooManyRounds: () => 'This stage was reopened too often: publish a new tender.',
  InvalidSuccessor: () => 'The successor must be another contract.',
  AlreadyRetiring: (a: Arguments) =>
    `The retirement of this contract was announced already; it takes effect at ${a.effectiveAt}.`,
  Retired: (a: Arguments) => `This contract was retired at ${a.effectiveAt}: use its successor.`,
  UnknownStage: (a: Arguments) => `There is no stage ${a.stage}: stages go from 0 to 7.`,
  StageAlreadyClosed: (a: Arguments) => `Stage ${a.stage} is already closed.`,
  StageOutOfOrder: (a: Arguments) =>
    `Stage ${a.givenStage} cannot close yet: stage ${a.nextStage} is the next to close.`,
  CountAboveAnchor: (a: Arguments) =>
    `The stage has ${a.count} leaves, the anchor only ${a.treeSize}: anchor the log first.`,
  EmptyRootMismatch: () => 'A stage is empty exactly when its root is the empty tree’s root.',
  NotFirstAnchorAfterDue: (a: Arguments) =>
    `Anchor ${a.anchorIndex} is not the first made at or after the due time ${a.bidsDue}: close with that one.`,
  OpeningInBlockOfBids: (a: Arguments) =>
    `Bids closed in block ${a.blockNumber}: the opening closes in a later block.`,
  EvaluationNotClosed: () => 'The award cannot be announced before the evaluation is closed.',
  AwardAlreadyAnnounced: () => 'The award of this round is already announced.',
  AwardNotAnnounced: () => 'The award stage cannot close before the award is announced.',
  StandstillTooShort: (a: Arguments) =>
    `The standstill would end at ${a.givenEnd}; it cannot end before ${a.earliestEnd}.`,
  StandstillNotOver: (a: Arguments) => `The standstill lasts until ${a.standstillEnds}: wait until then.`,
  AccessControlUnauthorizedAccount: (a: Arguments) =>
    `Account ${a.account} does not hold the role for this act: check the configured key.`,
  AccessControlBadConfirmation: () => 'A role can only be renounced by its holder.',
  AccessControlInvalidDefaultAdmin: () => 'This account cannot become the administrator.',
  AccessControlEnforcedDefaultAdminRules: () =>
    'The administrator’s office is handed over in two steps only.',
  AccessControlEnforcedDefaultAdminDelay: (a: Arguments) =>
    `The hand-over of the administrator’s office is not possible before ${a.schedule}.`,
  SafeCastOverflowedUintDowncast: () => 'A number is too large for the contract.',
  Unrecognized: () =>
    'The contract refused without a reason known to this release: check the contract’s address.',
} satisfies Record<string, (a: Arguments) => string>;

export type LedgerRefusalCode = keyof typeof SENTENCES;

/** A refusal by the contract: `code` is the custom error's name, `args` its arguments as decimal or 0x text. */
export interface LedgerRefusal {
  readonly code: LedgerRefusalCode;
  readonly args: Readonly<Record<string, string>>;
  readonly message: string;
}

function isCode(name: string): name is LedgerRefusalCode {
  return Object.hasOwn(SENTENCES, name);
}

function argumentsOf(names: readonly string[], values: Result): Arguments {
  return Object.fromEntries(names.map((name, i) => [name, String(values[i])]));
}

/** Explains revert data (`0x…`). Anything that is not a custom error of the contract is `Unrecognized`. */
export function explainRevert(data: string): LedgerRefusal {
  const error = /^0x[0-9a-fA-F]{8}/.test(data) ? ledgerInterface.parseError(data) : null;
  if (error === null || !isCode(error.name)) {
    return { code: 'Unrecognized', args: { data }, message: SENTENCES.Unrecognized() };
  }
  const args = argumentsOf(
    error.fragment.inputs.map((input) => input.name),
    error.args,
  );
  const sentence: (a: Arguments) => string = SENTENCES[error.name];
  return { code: error.name, args, message: sentence(args) };
}
