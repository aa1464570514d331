import type { Bench } from './figure';

/** Every bench by its name; loaded when asked for, as each brings other parts of the product. */
export const BENCHES: Record<string, () => Promise<Bench>> = {
  'stage-tree': async () => (await import('./stage-tree')).stageTreeBench,
};
