import { PROGRAM_FILES } from '@/lib/server/programs';
import { ensureFile, type EnsureOptions } from '../single-file/ensure';

/** Served as it is, and not in the repository. `components/evidence/verifier-offer.tsx` leads to it. */
export const VERIFIER_FILE = PROGRAM_FILES.verifier;

const SOURCES = [
  ...['lib/browser/offline-verifier', 'lib/browser/verify', 'lib/evidence', 'lib/i18n', 'lib/merkle'],
  ...['lib/record', 'lib/cli/verifier', 'lib/cli/single-file', 'app/globals.css', 'public/icon.svg'],
  'package-lock.json',
];

/** Makes the verifier unless it is there. @returns its SHA-256, 64 hex digits */
export function ensureVerifier(options: EnsureOptions = {}): Promise<string> {
  return ensureFile(
    {
      name: VERIFIER_FILE,
      sources: SOURCES,
      // Bundler and style compiler are loaded only when there is something to build.
      build: async (root) => (await import('./build')).buildVerifier(root),
    },
    options,
  );
}
