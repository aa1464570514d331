/**
 * Where a process stands, finer than the protocol's stages: what may be done next depends on both the records
 * and the chain. Each phase lies in one stage (protocol §3).
 */
export const PHASES = [
  'draft',
  'approval',
  'publishing',
  'open',
  'closing',
  // a second envelope, until the first is evaluated
  'waiting',
  'opening',
  'opened',
  // of a first envelope: quality is judged, and decided whose second one is opened
  'assessment',
  'evaluation',
  // of a second envelope: prices join what was judged before
  'comparison',
  // a first envelope whose shortlist is decided
  'assessed',
  'announcing',
  'standstill',
  'award',
  'contract',
  'implementation',
  'unsuccessful',
] as const;
export type Phase = (typeof PHASES)[number];

export const STAGE_OF_PHASE = {
  draft: 0,
  approval: 0,
  publishing: 0,
  open: 2,
  closing: 2,
  waiting: 3,
  opening: 3,
  opened: 3,
  assessment: 4,
  evaluation: 4,
  comparison: 4,
  announcing: 5,
  standstill: 5,
  award: 5,
  contract: 6,
  implementation: 7,
  assessed: 4,
  unsuccessful: 3,
} as const satisfies Record<Phase, number>;

/**
 * The stage that a record enters when it is filed in this phase: its own, or this one where its own has closed (protocol
 * §3). Publication closes `planning`; the report on the opened bids closes `opening`, whether the chain has it yet or not.
 */
export const FILING_STAGE = {
  ...STAGE_OF_PHASE,
  open: 1,
  opened: 4,
} as const satisfies Record<Phase, number>;
