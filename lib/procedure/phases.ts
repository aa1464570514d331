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
  'opening',
  'opened',
  'evaluation',
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
  opening: 3,
  opened: 3,
  evaluation: 4,
  announcing: 5,
  standstill: 5,
  award: 5,
  contract: 6,
  implementation: 7,
  unsuccessful: 3,
} as const satisfies Record<Phase, number>;
