import fs from 'node:fs/promises';
import path from 'node:path';

/** The pages in one file that are served for download; the build writes the digest of each beside it. */
type SingleFile = 'tenderproof-sealer.html' | 'tenderproof-verifier.html';

/** SHA-256 of the file that this server gives out, 64 hex digits; null where it was not built. */
export async function singleFileDigest(name: SingleFile): Promise<string | null> {
  try {
    // In the form of `sha256sum`.
    const text = await fs.readFile(path.join(process.cwd(), 'public', `${name}.sha256`), 'utf8');
    return /^[0-9a-f]{64}(?= )/.exec(text)?.[0] ?? null;
  } catch {
    return null;
  }
}
