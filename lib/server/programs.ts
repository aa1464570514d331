import type { ProgramName } from '@/lib/record/programs';

/** The programs in one file as they are built into `public/`, served for download and published as records. */
export const PROGRAM_FILES = {
  verifier: 'tenderproof-verifier.html',
  sealer: 'tenderproof-sealer.html',
} as const satisfies Record<ProgramName, string>;

export type ProgramFile = (typeof PROGRAM_FILES)[ProgramName];
