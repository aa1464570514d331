import { leafHashBy, sha256 as portableSha256, type Sha256 } from './hash';
import { encodeTile, rootFromEdge, tileHashes, TILE_WIDTH, tileRoot, tileWidth } from './tile';
import type { TileId, TileReader } from './tile';

/**
 * The right edge of a growing log: all that is needed to append. `edge[L]` holds the hashes of the unfinished tile at
 * level L (0 to 255 of them), so the state is a few kilobytes at any size.
 */
export interface LogEdge {
  readonly size: number;
  readonly edge: readonly (readonly Uint8Array[])[];
}

export interface TileData extends TileId {
  readonly bytes: Uint8Array;
}

export interface Appended {
  readonly state: LogEdge;
  readonly rootHash: Uint8Array;
  /** Tiles that became full: never change again. */
  readonly fullTiles: readonly TileData[];
  /** Unfinished tiles at the right edge that differ from before. */
  readonly partialTiles: readonly TileData[];
}

export const EMPTY_LOG: LogEdge = { size: 0, edge: [] };

/** Restores the state of a log of `size` leaves from its partial tiles, asked for all at once. */
export async function edgeFromTiles(reader: TileReader, size: number): Promise<LogEdge> {
  const edge: Promise<Uint8Array[]>[] = [];
  for (let count = size, level = 0; count > 0; count = Math.floor(count / TILE_WIDTH), level += 1)
    edge.push(edgeTile(reader, level, Math.floor(count / TILE_WIDTH), size));
  return { size, edge: await Promise.all(edge) };
}

async function edgeTile(
  reader: TileReader,
  level: number,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  const width = tileWidth(level, index, size);
  return width === 0 ? [] : tileHashes(await reader(level, index, width), width);
}

export function rootOfEdge(state: LogEdge, hash?: Sha256): Uint8Array {
  return rootFromEdge(state.edge, hash);
}

/** Appends commitments (32 bytes each) in order. The given state is not altered: a failed transaction can drop the new one. */
export function append(
  state: LogEdge,
  commitments: readonly Uint8Array[],
  sha256: Sha256 = portableSha256,
): Appended {
  const edge = state.edge.map((hashes) => [...hashes]);
  const fullTiles: TileData[] = [];
  const touched = new Set<number>();
  let size = state.size;
  for (const commitment of commitments) {
    size += 1;
    let hash = leafHashBy(sha256, commitment);
    for (let level = 0; ; level += 1) {
      const tile = (edge[level] ??= []);
      tile.push(hash);
      touched.add(level);
      if (tile.length < TILE_WIDTH) break;
      const index = size / TILE_WIDTH ** (level + 1) - 1;
      fullTiles.push({ level, index, width: TILE_WIDTH, bytes: encodeTile(tile) });
      hash = tileRoot(tile, sha256);
      edge[level] = [];
    }
  }
  const next = { size, edge };
  const rootHash = rootOfEdge(next, sha256);
  return { state: next, rootHash, fullTiles, partialTiles: partialTilesOf(next, touched) };
}

function partialTilesOf({ size, edge }: LogEdge, levels: ReadonlySet<number>): TileData[] {
  return edge.flatMap((hashes, level) => {
    if (hashes.length === 0 || !levels.has(level)) return [];
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    return [{ level, index, width: hashes.length, bytes: encodeTile(hashes) }];
  });
}
