import { leafHash, nodeHash, sha256 } from '@/lib/merkle/hash';
import { walkInclusion } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';

/** The part of evidence that places a record in the log (evidence.md, section 3). */
export interface LogPlace {
  readonly index: number;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly inclusionProof: readonly string[];
}

/** A hash beside the way up, and on which side of ours it stands. */
export interface Neighbour {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** Two hashes that together give a third. */
export interface Join {
  readonly left: string;
  readonly right: string;
  readonly result: string;
  /** Which of the two comes from below, and not from the evidence. */
  readonly ours: 'left' | 'right';
}

export interface Climb {
  readonly commitment: string;
  readonly leaf: string;
  readonly joins: readonly Join[];
  /** What the last join gives. */
  readonly root: string;
}

/** On which side each neighbour stands; null where the path does not lead from this record to the root. */
export function neighboursOf(saltedEntry: Uint8Array, place: LogPlace): Neighbour[] | null {
  const walk = walkInclusion({
    leafHash: leafHash(sha256(saltedEntry)),
    index: place.index,
    treeSize: place.treeSize,
    rootHash: fromHex(place.rootHash, 32),
    proof: place.inclusionProof.map((hash) => fromHex(hash, 32)),
  });
  return walk.ok ? walk.steps.map(({ side, sibling }) => ({ side, hash: toHex(sibling) })) : null;
}

/**
 * From a record up along the given neighbours, wherever that leads: for a forged record it is not the root that was signed.
 * @param saltedEntry salt ‖ JCS(entry), whose SHA-256 is the commitment (record.md)
 */
export function climb(saltedEntry: Uint8Array, neighbours: readonly Neighbour[]): Climb {
  const commitment = sha256(saltedEntry);
  const leaf = leafHash(commitment);
  const joins: Join[] = [];
  let here = leaf;
  for (const { side, hash } of neighbours) {
    const beside = fromHex(hash, 32);
    const [left, right] = side === 'left' ? [beside, here] : [here, beside];
    here = nodeHash(left, right);
    const ours = side === 'left' ? 'right' : 'left';
    joins.push({ left: toHex(left), right: toHex(right), result: toHex(here), ours });
  }
  return { commitment: toHex(commitment), leaf: toHex(leaf), joins, root: toHex(here) };
}

/** The same record with another document named in it: what a forger would have to put into the log. */
export function forge(saltedEntry: Uint8Array, digest: string, instead: string): Uint8Array {
  // Byte for byte: a salt is not text.
  const bytes = Uint8Array.from(saltedEntry);
  const [from, to] = [digest, instead].map((text) => new TextEncoder().encode(text));
  if (!from || !to || from.length !== to.length) throw new RangeError('Digests of one length');
  for (let at = 0; at + from.length <= bytes.length; at += 1) {
    if (from.every((byte, i) => bytes[at + i] === byte)) bytes.set(to, at);
  }
  return bytes;
}
