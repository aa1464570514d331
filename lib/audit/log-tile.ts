import { HASH_SIZE } from '@/lib/merkle/hash';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import type { Report } from './finding';
import { copyPeaks, noPeaks, type Peaks, type TreeHasher } from './peaks';
import type { LogSource } from './sources';

/** Two bytes of length, and the commitment. */
export const ENTRY_SIZE = 2 + HASH_SIZE;

/** One level-0 tile as it was read: both halves of it, either of which may be missing or false. */
export interface RawTile {
  readonly index: number;
  readonly width: number;
  readonly bundle: Uint8Array | null;
  readonly stored: Uint8Array | null;
}

export interface TileContext {
  readonly log: LogSource;
  readonly tree: TreeHasher;
  readonly report: Report;
  /** Of the checkpoint. */
  readonly size: number;
  readonly rootHash: Uint8Array;
}

/** The log cannot be followed further: neither the leaves nor their hashes are served. */
export class LogUnreadable extends Error {}

export async function readRawTile(log: LogSource, index: number, width: number): Promise<RawTile> {
  const [bundle, stored] = await Promise.all([log.entries(index, width), log.tile(0, index, width)]);
  const whole = stored !== null && stored.length >= width * HASH_SIZE;
  return { index, width, bundle, stored: whole ? stored : null };
}

export function sameAt(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): boolean {
  for (let i = 0; i < HASH_SIZE; i += 1) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}

/** Whether two tiles are the same, in a quarter of the steps; both are copied to where a word may begin. */
function sameWords(a: Uint8Array, b: Uint8Array): boolean {
  const [left, right] = [a, b].map((bytes) => new Uint32Array(new Uint8Array(bytes).buffer));
  if (!left || !right || left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}

const hashAt = (bytes: Uint8Array, place: number) =>
  bytes.subarray(place * HASH_SIZE, (place + 1) * HASH_SIZE);

/** Leaf hashes of a bundle, one after the other, or null for what is not `width` entries of 32 bytes. */
function leafHashes(bundle: Uint8Array | null, width: number, tree: TreeHasher): Uint8Array | null {
  if (bundle === null || bundle.length !== width * ENTRY_SIZE) return null;
  const hashes = new Uint8Array(width * HASH_SIZE);
  for (let place = 0; place < width; place += 1) {
    const at = place * ENTRY_SIZE;
    if (bundle[at] !== 0 || bundle[at + 1] !== HASH_SIZE) return null;
    tree.leaf(bundle, at + 2, hashes, place * HASH_SIZE);
  }
  return hashes;
}

/**
 * The leaf hashes to go on with, one after the other. Where leaves and tile disagree, the one that the rest of the log vouches for (the tile
 * above, or the signed root) is taken, and the other is named.
 */
export async function settleTile(context: TileContext, raw: RawTile, before: Peaks): Promise<Uint8Array> {
  const { index, width, stored } = raw;
  const given = leafHashes(raw.bundle, width, context.tree);
  if (given === null) await nameMissing(context, raw);
  else if (stored === null)
    context.report('tile-missing', { level: 0, tile: index }, `${width} hashes`, null);
  // An unfinished tile may be made from its leaves as it is asked for: without them it is gone too.
  if (stored === null) return given ?? Promise.reject(new LogUnreadable(`tile ${index}`));
  const kept = stored.subarray(0, width * HASH_SIZE);
  if (given === null) return kept;
  if (sameWords(given, kept)) return given;
  const wrong = Array.from({ length: width }, (_, i) => i).filter(
    (i) => !sameAt(given, i * HASH_SIZE, kept, i * HASH_SIZE),
  );
  const tileHolds = await vouchedFor(context, raw, before, kept, given);
  for (const place of wrong) {
    const leaf = toHex(hashAt(given, place));
    const tile = toHex(hashAt(stored, place));
    const at = index * TILE_WIDTH + place;
    if (tileHolds) context.report('leaf-differs', { index: at }, `leaf hash ${tile}`, `leaf hash ${leaf}`);
    else context.report('tile-differs', { level: 0, tile: index, index: at }, leaf, tile);
  }
  return tileHolds ? kept : given;
}

/** Whether the rest of the log vouches for the tile rather than for the leaves under it. */
async function vouchedFor(
  { log, tree, size, rootHash }: TileContext,
  { index, width }: RawTile,
  before: Peaks,
  tile: Uint8Array,
  leaves: Uint8Array,
): Promise<boolean> {
  const rootWith = (hashes: Uint8Array) =>
    rootOver(tree, copyPeaks(before), hashes.subarray((before.size % TILE_WIDTH) * HASH_SIZE));
  if (index * TILE_WIDTH + width === size) {
    return same(rootWith(tile), rootHash) && !same(rootWith(leaves), rootHash);
  }
  const parents = Math.min(
    TILE_WIDTH,
    Math.floor(size / TILE_WIDTH) - TILE_WIDTH * Math.floor(index / TILE_WIDTH),
  );
  const parent = await log.tile(1, Math.floor(index / TILE_WIDTH), parents);
  if (parent === null || parent.length < parents * HASH_SIZE) return false;
  const expected = hashAt(parent, index % TILE_WIDTH);
  return (
    same(rootOver(tree, noPeaks(), tile), expected) && !same(rootOver(tree, noPeaks(), leaves), expected)
  );
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === HASH_SIZE && b.length === HASH_SIZE && sameAt(a, 0, b, 0);
}

/** The root once these leaf hashes are appended to `peaks`, which it alters. */
function rootOver(tree: TreeHasher, peaks: Peaks, hashes: Uint8Array): Uint8Array {
  for (let at = 0; at < hashes.length; at += HASH_SIZE) tree.push(peaks, hashes, at);
  return tree.root(peaks);
}

/** Finds the first leaf that is not served, by asking for shorter and shorter beginnings of the bundle. */
async function nameMissing({ log, report }: TileContext, { index, width }: RawTile): Promise<void> {
  let have = 0;
  let lack = width;
  while (have + 1 < lack) {
    const middle = Math.floor((have + lack) / 2);
    const part = await log.entries(index, middle);
    if (part !== null && part.length === middle * ENTRY_SIZE) have = middle;
    else lack = middle;
  }
  const first = index * TILE_WIDTH + have;
  report('leaf-missing', { index: first }, 'a commitment of 32 bytes', null);
}
