/** The programs that work without the registry, each one file (README, "With one file, in any browser"). */
export const PROGRAMS = ['verifier', 'sealer'] as const;
export type ProgramName = (typeof PROGRAMS)[number];
