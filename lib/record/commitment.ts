import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalBytes } from './jcs';
import type { Entry } from './record';

/** Bytes in a salt. Every entry has its own, drawn at random: short or repeated salts would let a reader guess entries. */
export const SALT_SIZE = 32;

/**
 * Commitment of an entry: SHA-256(salt ‖ JCS({record, signatures})), 32 bytes (protocol §1). Its fixed-length salt
 * stands first, so that no pair of salt and entry can be read as another pair.
 * @throws RangeError for a salt of another length, JsonError for an entry that cannot be canonical.
 */
export function commit(salt: Uint8Array, entry: Entry): Uint8Array {
  if (salt.length !== SALT_SIZE)
    throw new RangeError(`A salt is ${SALT_SIZE} random bytes, not ${salt.length}`);
  return sha256.create().update(salt).update(canonicalBytes(entry)).digest();
}
