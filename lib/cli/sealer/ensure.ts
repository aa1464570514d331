import { PROGRAM_FILES } from '@/lib/server/programs';
import { ensureFile, type EnsureOptions } from '../single-file/ensure';

/** Served as it is, and not in the repository. `components/sealing/sealer-offer.tsx` leads to it. */
export const SEALER_FILE = PROGRAM_FILES.sealer;

const SOURCES = [
  ...['components', 'lib/browser', 'lib/evidence', 'lib/forms', 'lib/i18n', 'lib/merkle', 'lib/procedure'],
  ...['lib/ranking', 'lib/record', 'lib/sealing', 'lib/cli/sealer', 'lib/cli/single-file', 'app/globals.css'],
  ...['public/icon.svg', 'package-lock.json'],
];

/** Makes the offline sealer unless it is there. @returns its SHA-256, 64 hex digits */
export function ensureSealer(options: EnsureOptions = {}): Promise<string> {
  return ensureFile(
    {
      name: SEALER_FILE,
      sources: SOURCES,
      // Bundler and style compiler are loaded only when there is something to build.
      build: async (root) => (await import('./build')).buildSealer(root),
    },
    options,
  );
}
