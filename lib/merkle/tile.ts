import { concatBytes, HASH_SIZE, type Sha256 } from './hash';
import { MerkleError } from './error';
import { foldSubtrees, completeSubtrees, isSize } from './range';
import {
  buildLevels,
  readConsistencyProof,
  readInclusionProof,
  readRoot,
  rootOf,
  type HashReader,
  type TreeLevels,
} from './tree';

/** C2SP tlog-tiles: a tile is eight levels of the tree high, so a full one holds 256 hashes. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** `width` hashes of tree level 8 × `level`, beginning at index 256 × `index`. */
export interface TileId {
  readonly level: number;
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial, and served under a path of its own. */
  readonly width: number;
}

/** Reads a tile: `width` × 32 bytes. A full tile may be answered where a partial one is asked: the rest is ignored. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array> | Uint8Array;

/** How many of the hashes of tile level `level` a tree of `size` leaves has. */
function hashCount(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The widest form of tile (level, index) in a tree of `size` leaves; 0 when it has none of it. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashCount(level, size) - index * TILE_WIDTH));
}

/**
 * The tiles that a tree of `newSize` has and one of `oldSize` has not, level by level from the leaves: the full ones
 * that were filled, then the partial one at the right edge. Old partial tiles may be deleted once their full one exists.
 */
export function changedTiles(oldSize: number, newSize: number): TileId[] {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) {
    throw new MerkleError('size-range', `${oldSize} to ${newSize}`);
  }
  const tiles: TileId[] = [];
  for (let level = 0; hashCount(level, newSize) > 0; level += 1) {
    const before = hashCount(level, oldSize);
    const after = hashCount(level, newSize);
    if (after === before) continue;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index += 1) {
      tiles.push({ level, index, width: tileWidth(level, index, newSize) });
    }
  }
  return tiles;
}

/** Cuts a tile into its first `width` hashes. */
export function tileHashes(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length % HASH_SIZE !== 0 || bytes.length < width * HASH_SIZE) {
    throw new MerkleError('tile-length', `${bytes.length} bytes, width ${width}`);
  }
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
}

/** The hash that a full tile contributes to the tile level above. */
export function tileRoot(hashes: readonly Uint8Array[], hash?: Sha256): Uint8Array {
  return rootOf(buildLevels(hashes, hash));
}

/** Root of a tree of `size` leaves from its tiles' hashes: `edge[L]` is the partial tile at the right of level L. */
export function rootFromEdge(edge: readonly (readonly Uint8Array[])[], hash?: Sha256): Uint8Array {
  const leftToRight = edge.toReversed().flatMap((hashes) => {
    const levels = buildLevels(hashes, hash);
    return completeSubtrees({ start: 0, end: hashes.length }).map(({ level, index }) => {
      const root = levels[level]?.[index];
      if (root === undefined) throw new MerkleError('tile-missing');
      return root;
    });
  });
  return foldSubtrees(leftToRight, hash);
}

/** Full tiles with the subtrees over their hashes, kept from one proof to the next by whoever answers many. */
export interface TileMemory {
  get(tile: string): TreeLevels | undefined;
  set(tile: string, levels: TreeLevels): unknown;
}

/**
 * Reads subtree hashes out of tiles, as `tree.ts` asks for them. Each tile is read, and hashed, once.
 * @param size the tree size the tiles are of; it decides which partial width is asked for.
 * @param memory remembers full tiles above level 0: they never change, and a log has few of them (16 for 10^6 leaves).
 */
export function hashReaderFromTiles(
  reader: TileReader,
  size: number,
  hash?: Sha256,
  memory?: TileMemory,
): HashReader {
  const cache = new Map<string, Promise<TreeLevels>>();
  const load = async (level: number, index: number): Promise<TreeLevels> => {
    const width = tileWidth(level, index, size);
    if (width === 0) throw new MerkleError('tile-missing', `level ${level}, index ${index}, size ${size}`);
    const known = memory?.get(`${level}/${index}`);
    if (known) return known;
    const bytes = await reader(level, index, width);
    const keep = memory !== undefined && level > 0 && bytes.length === TILE_WIDTH * HASH_SIZE;
    const levels = buildLevels(tileHashes(bytes, keep ? TILE_WIDTH : width), hash);
    if (keep) memory.set(`${level}/${index}`, levels);
    return levels;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const height = level % TILE_HEIGHT;
    const inTile = TILE_WIDTH / 2 ** height;
    const tileIndex = Math.floor(index / inTile);
    const key = `${tileLevel}/${tileIndex}`;
    const levels = cache.get(key) ?? load(tileLevel, tileIndex);
    cache.set(key, levels);
    const found = (await levels)[height]?.[index % inTile];
    // Within a remembered full tile there is more than a tree of this size has.
    if (!found || (index + 1) * 2 ** level > size)
      throw new MerkleError('tile-missing', `level ${level}, index ${index}, size ${size}`);
    return found;
  };
}

export interface TileProofs {
  root(size: number): Promise<Uint8Array>;
  inclusion(index: number, size: number): Promise<Uint8Array[]>;
  consistency(first: number, second: number): Promise<Uint8Array[]>;
}

/**
 * Roots and proofs from tiles alone, in O(log n) reads, all asked for at once. A proof for an older size reads tiles of
 * that older size; a reader that keeps only the newest partial tiles may answer with those, as their first hashes are
 * the same.
 */
export function proofFromTiles(reader: TileReader, hash?: Sha256, memory?: TileMemory): TileProofs {
  const at = (size: number) => hashReaderFromTiles(reader, size, hash, memory);
  return {
    root: (size) => readRoot(at(size), size, hash),
    inclusion: (index, size) => readInclusionProof(at(size), index, size, hash),
    consistency: (first, second) => readConsistencyProof(at(second), first, second, hash),
  };
}

/** The bytes of a tile: its hashes one after the other. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...hashes);
}
