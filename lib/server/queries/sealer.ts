import fs from 'node:fs/promises';
import path from 'node:path';

/** Written beside the file by the build, in the form of `sha256sum`. */
const DIGEST_FILE = 'public/tenderproof-sealer.html.sha256';

/** SHA-256 of the offline sealer that this server gives out, 64 hex digits; null where it was not built. */
export async function sealerDigest(): Promise<string | null> {
  try {
    const text = await fs.readFile(path.join(process.cwd(), DIGEST_FILE), 'utf8');
    return /^[0-9a-f]{64}(?= )/.exec(text)?.[0] ?? null;
  } catch {
    return null;
  }
}
