import { HASH_SIZE } from '@/lib/merkle/hash';
import { TILE_WIDTH, tileWidth } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { same, readRawTile, settleTile, type TileContext } from './log-tile';
import { copyPeaks, type OnSubtree, type Peaks } from './peaks';
import type { LogSource } from './sources';

/** Tiles asked for at the same time. */
const AHEAD = 12;
/** Leaf hashes that there is room for at first: the size of a checkpoint is signed, which does not make it true. */
const ROOM = 65_536;

/** A root that the log must have had at a size: an anchor, an older checkpoint, our own last state. */
export interface Expected {
  readonly size: number;
  /** Called once with the root of the leaves that are served. */
  check(rootHash: Uint8Array, tree: Peaks): void;
}

export interface Followed {
  readonly tree: Peaks;
  /** First leaf that was hashed in this pass. */
  readonly from: number;
  /** Leaf hashes from `from` on, one after the other. */
  readonly leafHashes: Uint8Array;
}

interface Subtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/**
 * Hashes every leaf from `start.size` to the checkpoint's size once, holds each tile against what was hashed, and calls
 * each of `expected` (ascending by size) when the tree has that size.
 * @throws LogUnreadable, or what the source throws.
 */
export async function followLog(
  context: TileContext,
  start: Peaks,
  expected: readonly Expected[],
  progress: (done: number, total: number) => void,
): Promise<Followed> {
  const { size, tree: hasher, log } = context;
  const tree = copyPeaks(start);
  const from = start.size;
  let leafHashes = new Uint8Array(Math.min(size - from, ROOM) * HASH_SIZE);
  const waiting = [...expected];
  const subtrees: Subtree[] = [];
  const doubts: Subtree[] = [];
  const keep: OnSubtree = (height, index, hash) => subtrees.push({ level: height / 8, index, hash });
  const answer = () => {
    for (let next = waiting[0]; next !== undefined && next.size <= tree.size; next = waiting[0]) {
      waiting.shift();
      if (next.size === tree.size) next.check(hasher.root(tree), tree);
    }
  };
  const tiles = readAhead(log, Math.floor(from / TILE_WIDTH), size);
  answer();
  for await (const raw of tiles) {
    const hashes = await settleTile(context, raw, tree);
    leafHashes = withRoom(leafHashes, (raw.index * TILE_WIDTH + raw.width - from) * HASH_SIZE);
    const first = tree.size - raw.index * TILE_WIDTH;
    leafHashes.set(hashes.subarray(first * HASH_SIZE), (tree.size - from) * HASH_SIZE);
    for (let place = first; place < raw.width; place += 1) {
      hasher.push(tree, hashes, place * HASH_SIZE, keep);
      if (waiting[0]?.size === tree.size) answer();
    }
    if (subtrees.length >= TILE_WIDTH) doubts.push(...(await checkSubtrees(log, size, subtrees.splice(0))));
    progress(tree.size - from, size - from);
  }
  doubts.push(...(await checkSubtrees(log, size, subtrees)));
  reportDoubts(context, doubts, same(hasher.root(tree), context.rootHash));
  return { tree, from, leafHashes: leafHashes.subarray(0, (tree.size - from) * HASH_SIZE) };
}

/** The same bytes with room for `length` of them, doubled as they are outgrown. */
function withRoom(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (bytes.length >= length) return bytes;
  const wider = new Uint8Array(Math.max(length, 2 * bytes.length));
  wider.set(bytes);
  return wider;
}

/** Reads the level-0 tiles in order, several at a time: over a network the waiting is longer than the hashing. */
async function* readAhead(log: LogSource, first: number, size: number) {
  const end = Math.ceil(size / TILE_WIDTH);
  const underWay: ReturnType<typeof readRawTile>[] = [];
  const start = (index: number) => {
    const reading = readRawTile(log, index, tileWidth(0, index, size));
    // Whoever awaits it hears of a failure; until then it must not count as unheard.
    reading.catch(() => undefined);
    underWay.push(reading);
  };
  for (let index = first; index < Math.min(first + AHEAD, end); index += 1) start(index);
  for (let index = first; index < end; index += 1) {
    const reading = underWay.shift();
    if (reading === undefined) return;
    if (index + AHEAD < end) start(index + AHEAD);
    yield await reading;
  }
}

/** @returns those that the tiles above level 0 do not hold. */
async function checkSubtrees(
  log: LogSource,
  size: number,
  subtrees: readonly Subtree[],
): Promise<(Subtree & { found: Uint8Array | null })[]> {
  const tiles = new Map<string, Promise<Uint8Array | null>>();
  const wrong: (Subtree & { found: Uint8Array | null })[] = [];
  for (const subtree of subtrees) {
    const tile = Math.floor(subtree.index / TILE_WIDTH);
    const name = `${subtree.level}/${tile}`;
    const width = tileWidth(subtree.level, tile, size);
    const reading = tiles.get(name) ?? log.tile(subtree.level, tile, width);
    tiles.set(name, reading);
    const bytes = await reading;
    const at = (subtree.index % TILE_WIDTH) * HASH_SIZE;
    const found =
      bytes !== null && bytes.length >= width * HASH_SIZE ? bytes.slice(at, at + HASH_SIZE) : null;
    if (found === null || !same(found, subtree.hash)) wrong.push({ ...subtree, found });
  }
  return wrong;
}

/** When the leaves give the signed root, the tile is false; when they do not, they and their own tile were changed. */
function reportDoubts(
  { report }: TileContext,
  doubts: readonly (Subtree & { found?: Uint8Array | null })[],
  rootHolds: boolean,
): void {
  const lowest = Math.min(...doubts.map(({ level }) => level));
  for (const { level, index, hash, found } of doubts) {
    const tile = Math.floor(index / TILE_WIDTH);
    const leaves = { index: index * TILE_WIDTH ** level, lastIndex: (index + 1) * TILE_WIDTH ** level - 1 };
    if (!found) report('tile-missing', { level, tile }, 'a tile of this level', null);
    else if (rootHolds) report('tile-differs', { level, tile, ...leaves }, toHex(hash), toHex(found));
    else if (level === lowest) report('subtree-differs', leaves, toHex(found), toHex(hash));
  }
}

/** Leaf hash `index`, where this pass hashed it; null for an older one. */
export function leafHashOf({ from, leafHashes, tree }: Followed, index: number): Uint8Array | null {
  if (index < from || index >= tree.size) return null;
  return leafHashes.subarray((index - from) * HASH_SIZE, (index - from + 1) * HASH_SIZE);
}
