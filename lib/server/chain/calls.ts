import { ledgerInterface } from './artifact';
import { ChainError } from './chain-error';
import { toBytes32, toUint } from './values';

// One encoder for each call of the contract that the platform makes: the `data` of a transaction, 0x-prefixed.
// Hashes are 64 hex digits, sizes and indices whole numbers, times seconds since 1970. They throw ChainError `bad-value`.

const ZERO = `0x${'0'.repeat(64)}`;

/** A number that fits JavaScript may still not fit the contract's type (a stage is a uint8). */
function encode(name: string, values: readonly unknown[]): string {
  try {
    return ledgerInterface.encodeFunctionData(name, values);
  } catch (error) {
    throw new ChainError('bad-value', `${name}: ${(error as Error).message}`, { cause: error });
  }
}

/** ANCHORER. `proof` is the RFC 9162 consistency proof, empty from size 0. */
export function encodeExtendLog(call: {
  oldSize: number;
  newSize: number;
  newRoot: string;
  proof: readonly string[];
}): string {
  return encode('extendLog', [
    toUint(call.oldSize),
    toUint(call.newSize),
    toBytes32(call.newRoot),
    call.proof.map(toBytes32),
  ]);
}

/** REGISTRAR. `process` is SHA-256(ocid); `standstill` in seconds. */
export function encodeOpenTender(call: {
  process: string;
  notice: string;
  bidsDue: number;
  standstill: number;
  keyset: string;
}): string {
  return encode('openTender', [
    toBytes32(call.process),
    toBytes32(call.notice),
    toUint(call.bidsDue),
    toUint(call.standstill),
    toBytes32(call.keyset),
  ]);
}

/** REGISTRAR. `amendment` commits to the record that moves the due time. */
export function encodeExtendBidsDue(call: { process: string; newDue: number; amendment: string }): string {
  return encode('extendBidsDue', [toBytes32(call.process), toUint(call.newDue), toBytes32(call.amendment)]);
}

/** REGISTRAR. `count` 0 goes with the empty tree's root, SHA-256(""). */
export function encodeCloseStage(call: {
  key: string;
  stage: number;
  root: string;
  count: number;
  anchorIndex: number;
}): string {
  return encode('closeStage', [
    toBytes32(call.key),
    toUint(call.stage),
    toBytes32(call.root),
    toUint(call.count),
    toUint(call.anchorIndex),
  ]);
}

/** REGISTRAR. */
export function encodeAnnounceAward(call: {
  key: string;
  commitment: string;
  standstillEnds: number;
}): string {
  return encode('announceAward', [
    toBytes32(call.key),
    toBytes32(call.commitment),
    toUint(call.standstillEnds),
  ]);
}

/** REGISTRAR. `stage` is the next stage to close: it is frozen with this root and count against the last anchor. */
export function encodeCancel(call: {
  key: string;
  stage: number;
  root: string;
  count: number;
  commitment: string;
}): string {
  return encode('cancel', [
    toBytes32(call.key),
    toUint(call.stage),
    toBytes32(call.root),
    toUint(call.count),
    toBytes32(call.commitment),
  ]);
}

/** Anyone, before bids are due. `envelope` is the SHA-256 of the sealed envelope. */
export function encodeCommitBid(call: { process: string; envelope: string }): string {
  return encode('commitBid', [toBytes32(call.process), toBytes32(call.envelope)]);
}

/** REGISTRAR, before bids are due. */
export function encodeChangeCommittee(call: { process: string; keyset: string }): string {
  return encode('changeCommittee', [toBytes32(call.process), toBytes32(call.keyset)]);
}

/** REGISTRAR. `unit` is SHA-256(process ‖ SHA-256(lot) ‖ SHA-256(part)); `after` the unit evaluated before it, or null. */
export function encodeOpenUnit(call: { process: string; unit: string; after: string | null }): string {
  const after = call.after === null ? ZERO : toBytes32(call.after);
  return encode('openUnit', [toBytes32(call.process), toBytes32(call.unit), after]);
}

/** REGISTRAR (a challenge was filed) or REVIEWER. `key` is a process or a unit. */
export function encodeHold(call: { key: string; commitment: string }): string {
  return encode('hold', [toBytes32(call.key), toBytes32(call.commitment)]);
}

/** REVIEWER; REGISTRAR only for a hold of its own. */
export function encodeRelease(call: { key: string; commitment: string }): string {
  return encode('release', [toBytes32(call.key), toBytes32(call.commitment)]);
}

/** REVIEWER from `opening` on; REGISTRAR for `award` while the contract is not closed. */
export function encodeReopen(call: { key: string; stage: number; commitment: string }): string {
  return encode('reopen', [toBytes32(call.key), toUint(call.stage), toBytes32(call.commitment)]);
}

/** The admin; effective after seven days. `successor` is the next contract's address, 0x-prefixed. */
export function encodeRetire(call: { successor: string; lastGoodAnchor: number }): string {
  return encode('retire', [call.successor, toUint(call.lastGoodAnchor)]);
}
