import { HASH_SIZE } from '@/lib/merkle/hash';
import { hashReaderFromTiles, TILE_WIDTH, tileWidth } from '@/lib/merkle/tile';
import { buildLevels, readInclusionProof } from '@/lib/merkle/tree';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { leafHashOf, type Followed } from './follow-log';
import type { LogSource } from './sources';

/** Tiles of older leaves kept in memory. */
const KEPT = 4096;

/** Leaf hashes that are proven to be in the tree of the checkpoint; null for what cannot be proven. */
export type LeafReader = (index: number) => Promise<Uint8Array | null>;

/**
 * Reads leaf hashes: those of this pass from memory, older ones from their tile, with a proof against the root that was
 * recomputed. The proof of a tile's first leaf covers the whole tile, since its lower part is made of the other leaves.
 */
export function leafReader(log: LogSource, followed: Followed, rootHash: Uint8Array): LeafReader {
  const cache = new Map<number, Promise<readonly Uint8Array[] | null>>();
  return async (index) => {
    // Lists of leaves are what the registry says: any number may stand in them.
    if (!Number.isSafeInteger(index) || index < 0 || index >= followed.tree.size) return null;
    const own = leafHashOf(followed, index);
    if (own !== null) return own;
    const tile = Math.floor(index / TILE_WIDTH);
    const reading = cache.get(tile) ?? provenTile(log, tile, followed.tree.size, rootHash);
    if (cache.size >= KEPT) cache.clear();
    cache.set(tile, reading);
    return (await reading)?.[index % TILE_WIDTH] ?? null;
  };
}

async function provenTile(
  log: LogSource,
  tile: number,
  size: number,
  rootHash: Uint8Array,
): Promise<readonly Uint8Array[] | null> {
  const width = tileWidth(0, tile, size);
  const bytes = await log.tile(0, tile, width);
  if (bytes === null || bytes.length < width * HASH_SIZE) return null;
  const hashes = Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_SIZE, (i + 1) * HASH_SIZE));
  const levels = buildLevels(hashes);
  try {
    const above = hashReaderFromTiles(async (level, index, wide) => {
      const found = await log.tile(level, index, wide);
      if (found === null) throw new RangeError('no such tile');
      return found;
    }, size);
    const first = tile * TILE_WIDTH;
    const proof = await readInclusionProof(
      (level, index) => {
        const place = index - Math.floor(first / 2 ** level);
        const inside = level <= 8 && index * 2 ** level >= first && (index + 1) * 2 ** level <= first + width;
        return (inside ? levels[level]?.[place] : undefined) ?? above(level, index);
      },
      first,
      size,
    );
    const leafHash = hashes[0] ?? new Uint8Array();
    return verifyInclusion({ leafHash, index: first, treeSize: size, rootHash, proof }).ok ? hashes : null;
  } catch {
    return null;
  }
}
