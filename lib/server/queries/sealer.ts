import { singleFileDigest } from './single-file';

/** SHA-256 of the offline sealer that this server gives out, 64 hex digits; null where it was not built. */
export function sealerDigest(): Promise<string | null> {
  return singleFileDigest('tenderproof-sealer.html');
}
