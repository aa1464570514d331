/** The eleven steps of protocol §5, in the order in which they are shown. Each is judged by itself. */
export const STEP_IDS = [
  'registry',
  'file',
  'commitment',
  'signatures',
  'log',
  'checkpoint',
  'anchor',
  'stage',
  'stage-anchor',
  'order',
  'state',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What holds. */
export type PassCode =
  | 'registry-is-pinned'
  | 'file-is-in-record'
  | 'commitment-computed'
  | 'signatures-valid'
  | 'signatures-valid-demonstration'
  | 'log-contains-commitment'
  | 'checkpoint-signed'
  | 'anchor-on-chain'
  | 'stage-contains-commitment'
  | 'stage-on-chain'
  | 'stage-of-earlier-round'
  | 'order-holds'
  | 'state-proven'
  | 'state-of-node';

/** What contradicts the evidence: one such step refutes it. */
export type FailCode =
  | 'evidence-malformed'
  | 'descriptor-malformed'
  | 'other-origin'
  | 'other-chain'
  | 'other-contract'
  | 'file-not-in-record'
  | 'file-size-differs'
  | 'entry-not-canonical'
  | 'signing-key-missing'
  | 'signing-key-unproven'
  | 'signing-key-of-another'
  | 'signing-key-later'
  | 'signature-invalid'
  | 'log-proof-invalid'
  | 'checkpoint-malformed'
  | 'checkpoint-of-another'
  | 'checkpoint-signature-invalid'
  | 'checkpoint-of-another-tree'
  | 'anchor-of-another-tree'
  | 'contract-code-differs'
  | 'anchor-not-on-chain'
  | 'anchor-differs'
  | 'stage-of-another-process'
  | 'stage-proof-invalid'
  | 'stage-not-on-chain'
  | 'stage-differs'
  | 'block-differs'
  | 'time-after-anchor'
  | 'time-in-future'
  | 'not-below-stage-anchor'
  | 'stage-before-its-anchor'
  | 'notice-not-published'
  | 'award-not-announced'
  | 'bid-after-due'
  | 'state-header-malformed'
  | 'state-account-unproven'
  | 'state-incomplete'
  | 'state-differs'
  | 'state-of-another-block'
  | 'unexpected';

/** The step does not apply to this record or this question. */
export type NotApplicableCode = 'no-file' | 'no-signatures' | 'no-stage' | 'no-state-proof';
/** The step will be possible later. */
export type PendingCode =
  'not-anchored-yet' | 'awaiting-confirmations' | 'stage-open' | 'stage-closed-since' | 'tender-not-open-yet';
/** The step was not possible here and now: it proves nothing either way. */
export type UncheckedCode =
  | 'no-chain'
  | 'chain-unavailable'
  | 'chain-is-another'
  | 'nodes-disagree'
  | 'state-block-to-compare'
  | 'node-contradicts-itself'
  | 'earlier-step-failed';

export type SkipCode = NotApplicableCode | PendingCode | UncheckedCode;
export type StepCode = PassCode | FailCode | SkipCode;

/** One thing that was compared: what the evidence (or file) says, and what it was held against. Plain text. */
export interface Comparison {
  readonly what: ComparisonName;
  readonly expected: string;
  readonly found: string;
}

export type ComparisonName =
  | 'origin'
  | 'chain-id'
  | 'contract'
  | 'code-hash'
  | 'file-sha256'
  | 'file-size'
  | 'commitment'
  | 'signing-key'
  | 'signer'
  | 'log-root'
  | 'log-size'
  | 'log-key'
  | 'stage-key'
  | 'stage-number'
  | 'stage-root'
  | 'stage-count'
  | 'stage-round'
  | 'anchor-index'
  | 'block-number'
  | 'block-hash'
  | 'block-time'
  | 'record-time'
  | 'confirmations'
  | 'notice'
  | 'award'
  | 'bids-due'
  | 'reason';

export interface Step {
  readonly id: StepId;
  readonly outcome: 'pass' | 'fail' | 'skipped';
  readonly code: StepCode;
  readonly compared: readonly Comparison[];
}

/** Result of one step, before it is given its name. */
export type Finding = Omit<Step, 'id'>;

export function pass(code: PassCode, ...compared: Comparison[]): Finding {
  return { outcome: 'pass', code, compared };
}

export function fail(code: FailCode, ...compared: Comparison[]): Finding {
  return { outcome: 'fail', code, compared };
}

export function skip(code: SkipCode, ...compared: Comparison[]): Finding {
  return { outcome: 'skipped', code, compared };
}

export function compare(what: ComparisonName, expected: string | number, found: string | number): Comparison {
  return { what, expected: String(expected), found: String(found) };
}

/** The first of the comparisons whose two sides differ. */
export function firstDifference(compared: readonly Comparison[]): Comparison | undefined {
  return compared.find(({ expected, found }) => expected !== found);
}

const NOT_APPLICABLE: ReadonlySet<StepCode> = new Set<NotApplicableCode>([
  'no-file',
  'no-signatures',
  'no-stage',
  'no-state-proof',
]);
const PENDING: ReadonlySet<StepCode> = new Set<PendingCode>([
  'not-anchored-yet',
  'awaiting-confirmations',
  'stage-open',
  'stage-closed-since',
  'tender-not-open-yet',
]);

/** What such a step compared is for its reader to see at once: it fails, or leaves something to be compared by hand. */
export function isForReader({ outcome, code }: Finding): boolean {
  return outcome === 'fail' || code === 'state-block-to-compare';
}

/** Why a skipped step was skipped; undefined for others. */
export function skipKind(step: Finding): 'not-applicable' | 'pending' | 'unchecked' | undefined {
  if (step.outcome !== 'skipped') return undefined;
  if (NOT_APPLICABLE.has(step.code)) return 'not-applicable';
  return PENDING.has(step.code) ? 'pending' : 'unchecked';
}
