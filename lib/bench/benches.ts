import type { Bench } from './figure';

/** Every bench by its name; loaded when asked for, as each brings other parts of the product. */
export const BENCHES: Record<string, () => Promise<Bench>> = {
  audit: async () => (await import('./audit')).auditBench,
  bids: async () => (await import('./bids')).bidsBench,
  log: async () => (await import('./log')).logBench,
  sealing: async () => (await import('./sealing')).sealingBench,
  verify: async () => (await import('./verify')).verifyBench,
  'stage-tree': async () => (await import('./stage-tree')).stageTreeBench,
};
