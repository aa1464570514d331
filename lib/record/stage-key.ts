import { sha256 } from '@noble/hashes/sha2.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Key of a process on chain: SHA-256(ocid), 32 bytes (protocol §3). */
export function processKey(ocid: string): Uint8Array {
  return sha256(utf8(ocid));
}

/**
 * Key of a unit on chain: SHA-256(process ‖ SHA-256(lot) ‖ SHA-256(part)), 32 bytes. Lot and part are hashed first, so
 * that moving a character from one to the other gives another key.
 */
export function unitKey(process: Uint8Array, lot: string, part: string): Uint8Array {
  return sha256
    .create()
    .update(process)
    .update(sha256(utf8(lot)))
    .update(sha256(utf8(part)))
    .digest();
}

/** First stage that belongs to a unit, where a process has units; those before belong to the process. */
const FIRST_UNIT_STAGE = 3;

/** The key under which the chain keeps the stage that a record belongs to. */
export function stageKey(
  ocid: string,
  stage: number,
  unit?: { readonly lot: string; readonly part: string },
): Uint8Array {
  const process = processKey(ocid);
  return unit === undefined || stage < FIRST_UNIT_STAGE ? process : unitKey(process, unit.lot, unit.part);
}
