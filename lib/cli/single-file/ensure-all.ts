import { ensureSealer, SEALER_FILE } from '../sealer/ensure';
import { ensureVerifier, VERIFIER_FILE } from '../verifier/ensure';
import type { EnsureOptions } from './ensure';
import type { Digests } from './readme';

/** What lies in `public/` and is built, not written: names of files, digests included. */
export const BUILT_FILES = [SEALER_FILE, VERIFIER_FILE].flatMap((name) => [name, `${name}.sha256`]);

/** Makes every page in one file that is not there yet, and prints what they are. @returns the SHA-256 of each */
export async function ensureSingleFiles(options: EnsureOptions = {}): Promise<Digests> {
  const sealer = await ensureSealer(options);
  console.log(`The offline sealer is public/${SEALER_FILE}, SHA-256 ${sealer}`);
  const verifier = await ensureVerifier(options);
  console.log(`The offline verifier is public/${VERIFIER_FILE}, SHA-256 ${verifier}`);
  return { [SEALER_FILE]: sealer, [VERIFIER_FILE]: verifier };
}
