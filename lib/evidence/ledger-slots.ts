import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@/lib/merkle/hash';
import { fromHex, toHex } from '@/lib/record/hex';

/*
 * Where ProcurementLedger keeps what its views answer: numbers of the slots as solc's storageLayout has them (a test holds
 * them to it, and to a deployed contract). A mapping's entry lies at keccak-256(key ‖ slot of the mapping), its members in
 * the slots after that; smaller members share a slot, from the lowest bit up. Slots are 0x and 64 hexadecimal digits.
 */

const HEAD = 3;
const ANCHORS = 6;
const STATUS = 7;
const TENDERS = 8;
const STAGES = 12;
const AWARDS = 13;

/** `_head`: the number of anchors in its lowest 64 bits. */
export function anchorCountSlot(): string {
  return slot(word(HEAD));
}

/** `_anchors[index]`: size and time; root. */
export function anchorSlots(index: number): string[] {
  return slotsFrom(entry(word(index), word(ANCHORS)), 2);
}

/** `_status[key]`: the rounds in its highest bits (contracts/lib/Status.sol). @param key hexadecimal without 0x */
export function roundSlot(key: string): string {
  return slot(entry(fromHex(key, 32), word(STATUS)));
}

/** `_stages[key][round, stage]`: root; count, anchor, time and block. @param key hexadecimal without 0x */
export function stageSlots(key: string, stage: number, round: number): string[] {
  const rounds = entry(fromHex(key, 32), word(STAGES));
  return slotsFrom(entry(word(round * 256 + stage), rounds), 2);
}

/** `_tenders[process]`: notice; due time, standstill, versions and time; block. @param process hexadecimal without 0x */
export function tenderSlots(process: string): string[] {
  return slotsFrom(entry(fromHex(process, 32), word(TENDERS)), 3);
}

/** `_awards[key][round]`: commitment; end of the standstill, time and block. @param key hexadecimal without 0x */
export function awardSlots(key: string, round: number): string[] {
  return slotsFrom(entry(word(round), entry(fromHex(key, 32), word(AWARDS))), 2);
}

function entry(key: Uint8Array, mapping: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(key, mapping));
}

function slotsFrom(first: Uint8Array, count: number): string[] {
  const start = BigInt(slot(first));
  return Array.from({ length: count }, (_, i) => slot(word(start + BigInt(i))));
}

/** A number as 32 bytes; slots are counted modulo 2^256. */
function word(value: number | bigint): Uint8Array {
  return fromHex(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0'), 32);
}

function slot(bytes: Uint8Array): string {
  return `0x${toHex(bytes)}`;
}
