import { HASH_SIZE } from '@/lib/merkle/hash';
import type { Followed } from './follow-log';
import { sameAt } from './log-tile';

/**
 * Looks a leaf hash up among the leaves of this pass. The table is made at the first question, by the first four bytes
 * of each hash; most audits ask none.
 */
export function findLeaf({ leafHashes, from }: Followed): (leafHash: Uint8Array) => number | null {
  let table: Map<number, number[]> | null = null;
  const prefix = (bytes: Uint8Array, at: number) =>
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0);
  const build = () => {
    const made = new Map<number, number[]>();
    for (let at = 0; at < leafHashes.length; at += HASH_SIZE) {
      const own = prefix(leafHashes, at);
      const places = made.get(own);
      if (places) places.push(at);
      else made.set(own, [at]);
    }
    return made;
  };
  return (leafHash) => {
    table ??= build();
    const at = table.get(prefix(leafHash, 0))?.find((place) => sameAt(leafHashes, place, leafHash, 0));
    return at === undefined ? null : from + at / HASH_SIZE;
  };
}
