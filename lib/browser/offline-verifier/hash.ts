import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '@/lib/record/hex';
import { hashFile } from '../verify/hash-file';

/** Small enough that the page answers in between, large enough that reading does not take longer than hashing. */
const CHUNK = 4_194_304;

/**
 * SHA-256 of a file, read in pieces: in a worker, and where a browser starts none from the disk, or lets no WebAssembly
 * run, on the page, which is slower and gives the same.
 * @param onProgress bytes hashed so far
 * @throws what reading the file throws
 */
export async function hashAnywhere(file: File, onProgress: (bytes: number) => void): Promise<string> {
  try {
    return await hashFile(file, onProgress, new AbortController().signal);
  } catch {
    return hashHere(file, onProgress);
  }
}

async function hashHere(file: File, onProgress: (bytes: number) => void): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += CHUNK) {
    hash.update(new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer()));
    onProgress(Math.min(at + CHUNK, file.size));
  }
  return toHex(hash.digest());
}
