import { concatBytes } from '@/lib/merkle/hash';

/*
 * Recursive Length Prefix, the encoding of block headers and of the nodes of the chain's tries (Yellow Paper, appendix B).
 * What the chain hashes has one encoding only, so the reader takes no other.
 */

/** A string of bytes, or a list of items. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** Far more than a header (1) or a node with nodes embedded in it (5) nest. */
const MAX_DEPTH = 8;
/** A length of four bytes says more than anything that is read here. */
const MAX_LENGTH_BYTES = 4;

/** Strings up to this length, and the payloads of lists, have their length in the first byte. */
const SHORT = 55;
const STRING = 0x80;
const LIST = 0xc0;

/** Reads one item that fills `bytes`. Null for anything but its one canonical encoding. Never throws. */
export function decodeRlp(bytes: Uint8Array): RlpItem | null {
  const read = readItem(bytes, 0, bytes.length, 0);
  return read !== null && read.next === bytes.length ? read.item : null;
}

interface Read {
  readonly item: RlpItem;
  /** Where the next item begins. */
  readonly next: number;
}

function readItem(bytes: Uint8Array, at: number, end: number, depth: number): Read | null {
  const first = bytes[at];
  if (first === undefined || at >= end || depth > MAX_DEPTH) return null;
  if (first < STRING) return { item: bytes.slice(at, at + 1), next: at + 1 };
  const base = first < LIST ? STRING : LIST;
  const payload = payloadOf(bytes, at, end, base);
  if (payload === null) return null;
  const { start, next } = payload;
  if (base === LIST) return readList(bytes, start, next, depth);
  const single = next - start === 1 && (bytes[start] ?? 0) < STRING;
  return single ? null : { item: bytes.slice(start, next), next };
}

function payloadOf(bytes: Uint8Array, at: number, end: number, base: number) {
  const short = (bytes[at] ?? 0) - base;
  let start = at + 1;
  let length = short;
  if (short > SHORT) {
    const digits = short - SHORT;
    if (digits > MAX_LENGTH_BYTES || start + digits > end || bytes[start] === 0) return null;
    length = 0;
    for (const byte of bytes.subarray(start, start + digits)) length = length * 256 + byte;
    if (length <= SHORT) return null;
    start += digits;
  }
  const next = start + length;
  return next <= end ? { start, next } : null;
}

function readList(bytes: Uint8Array, start: number, next: number, depth: number): Read | null {
  const items: RlpItem[] = [];
  for (let at = start; at < next;) {
    const read = readItem(bytes, at, next, depth + 1);
    if (read === null) return null;
    items.push(read.item);
    at = read.next;
  }
  return { item: items, next };
}

/** The canonical encoding of an item. */
export function encodeRlp(item: RlpItem): Uint8Array {
  if (item instanceof Uint8Array) {
    if (item.length === 1 && (item[0] ?? 0) < STRING) return item;
    return concatBytes(prefix(item.length, STRING), item);
  }
  const parts = item.map(encodeRlp);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(prefix(length, LIST), ...parts);
}

function prefix(length: number, base: number): Uint8Array {
  if (length <= SHORT) return Uint8Array.of(base + length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(base + SHORT + digits.length, ...digits);
}
