import { createHash } from 'node:crypto';

// A log of equal commitments: the root of every subtree depends on its size only, so a tree of ten million leaves costs
// a few hundred hashes. Gas is the same as for any other log, but for the odd zero byte in a proof.

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const EMPTY = sha256();
const LEAF = sha256(Uint8Array.of(0), sha256(Buffer.from('commitment')));
const known = new Map<number, Buffer>([
  [0, EMPTY],
  [1, LEAF],
]);

/** The largest power of two smaller than `size` (RFC 9162 §2.1.1). */
function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

function root(size: number): Buffer {
  const found = known.get(size);
  if (found) return found;
  const k = split(size);
  const made = sha256(Uint8Array.of(1), root(k), root(size - k));
  known.set(size, made);
  return made;
}

/** SUBPROOF of RFC 9162 §2.1.4.1. */
function subproof(oldSize: number, size: number, complete: boolean): Buffer[] {
  if (oldSize === size) return complete ? [] : [root(size)];
  const k = split(size);
  if (oldSize <= k) return [...subproof(oldSize, k, complete), root(size - k)];
  return [...subproof(oldSize - k, size - k, false), root(k)];
}

/** 64 hex. */
export const equalRoot = (size: number): string => root(size).toString('hex');

/** 64 hex each; empty from size 0. */
export const equalProof = (oldSize: number, newSize: number): string[] =>
  oldSize === 0 ? [] : subproof(oldSize, newSize, true).map((node) => node.toString('hex'));

/** What verifying the proof costs, about: 512 gas a node of call data, 230 a hash. RFC 9162 §2.1.4.2, without the hashes. */
export function proofCost(oldSize: number, newSize: number): number {
  let fn = oldSize - 1;
  let sn = newSize - 1;
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let cost = fn === 0 ? 0 : 512;
  while (sn > 0) {
    cost += 512 + 230;
    if (fn % 2 === 1 || fn === sn) {
      cost += 230;
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return cost;
}

/** Of the pairs of sizes with `newSize` near `size`, whatever the batch, the one whose proof costs most. */
export function dearestPair(size: number, mostLeaves: number): [oldSize: number, newSize: number] {
  let dearest: [number, number] = [1, size];
  let most = 0;
  for (let newSize = size - 8; newSize <= size + 8; newSize += 1) {
    const first = Math.max(1, newSize - mostLeaves);
    // All small batches, then large ones by a step that meets every pattern of low bits.
    for (let oldSize = newSize - 1; oldSize >= first; oldSize -= newSize - oldSize < 5_000 ? 1 : 37) {
      const cost = proofCost(oldSize, newSize);
      if (cost > most) [most, dearest] = [cost, [oldSize, newSize]];
    }
  }
  return dearest;
}
