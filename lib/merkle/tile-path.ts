import { HASH_SIZE } from './hash';
import { MerkleError } from './error';
import { TILE_WIDTH, type TileId } from './tile';

/** Highest tile level of C2SP tlog-tiles; 2^53 leaves need no more than seven. */
const MAX_LEVEL = 63;
const ENTRY_SIZE = 2 + HASH_SIZE;

/** What a path below the log's prefix names: a tile of hashes, or a bundle of entries. */
export type TilePath =
  | ({ readonly kind: 'hashes' } & TileId)
  | { readonly kind: 'entries'; readonly index: number; readonly width: number };

/** `tile/<L>/<N>[.p/<W>]`, with N in groups of three digits, all but the last with an `x`: `tile/0/x001/067.p/5`. */
export function tilePath(tile: TileId): string {
  return `tile/${tile.level}/${encodeIndex(tile.index)}${encodeWidth(tile.width)}`;
}

/** `tile/entries/<N>[.p/<W>]`: the entries under the level-0 tile of the same index and width. */
export function entriesPath(index: number, width: number): string {
  return `tile/entries/${encodeIndex(index)}${encodeWidth(width)}`;
}

/**
 * Reads a path of either kind; null for anything that is not in canonical form, so that no tile has two addresses (a
 * second address would be a second entry in every cache).
 */
export function parseTilePath(path: string): TilePath | null {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  const [, level, groups, partial] = match ?? [];
  if (level === undefined || groups === undefined) return null;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (!Number.isSafeInteger(index) || encodeIndex(index) !== groups) return null;
  if (partial !== undefined && width >= TILE_WIDTH) return null;
  if (level === 'entries') return { kind: 'entries', index, width };
  return Number(level) > MAX_LEVEL ? null : { kind: 'hashes', level: Number(level), index, width };
}

/** An entry bundle: per entry a two-byte big-endian length (always 32) and the commitment. */
export function encodeEntries(commitments: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(commitments.length * ENTRY_SIZE);
  commitments.forEach((commitment, i) => {
    if (commitment.length !== HASH_SIZE)
      throw new MerkleError('commitment-length', `${commitment.length} bytes`);
    out.set([0, HASH_SIZE], i * ENTRY_SIZE);
    out.set(commitment, i * ENTRY_SIZE + 2);
  });
  return out;
}

/** The commitments of an entry bundle; null when the bytes are not a bundle of 32-byte entries. */
export function decodeEntries(bytes: Uint8Array): Uint8Array[] | null {
  if (bytes.length % ENTRY_SIZE !== 0) return null;
  const commitments: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += ENTRY_SIZE) {
    if (bytes[at] !== 0 || bytes[at + 1] !== HASH_SIZE) return null;
    commitments.push(bytes.slice(at + 2, at + ENTRY_SIZE));
  }
  return commitments;
}

function encodeIndex(index: number): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return groups.join('/');
}

function encodeWidth(width: number): string {
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}
