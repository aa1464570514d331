import { HASH_SIZE } from '@/lib/merkle/hash';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { checkPublishedAnchors, readPublishedAnchors, type LogKey } from './check-log';
import type { AnchorFinder } from './find-anchor';
import type { Report } from './finding';
import { ENTRY_SIZE, same } from './log-tile';
import type { LeafReader } from './old-leaves';
import type { TreeHasher } from './peaks';
import type { LogSource, RegistrySource } from './sources';

/** Every `parts`-th tile and process, beginning with number `part`, and a part of the anchors: a different one each time. */
export interface Slice {
  readonly part: number;
  readonly parts: number;
}

/**
 * Reads a part of the older leaves again: what nobody asks for could otherwise be changed for months before a full audit.
 * @param size leaves below it are old.
 */
export async function rereadSlice(
  context: { log: LogSource; tree: TreeHasher; report: Report; leaf: LeafReader; size: number },
  { part, parts }: Slice,
): Promise<void> {
  const { log, tree, report, leaf, size } = context;
  for (let tile = part; tile * TILE_WIDTH < size; tile += parts) {
    const first = tile * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, size - first);
    const bundle = await log.entries(tile, width);
    if (bundle === null || bundle.length !== width * ENTRY_SIZE) {
      report('leaf-missing', { index: first, lastIndex: first + width - 1 }, 'all of these leaves', null);
      continue;
    }
    const own = new Uint8Array(HASH_SIZE);
    for (let place = 0; place < width; place += 1) {
      const proven = await leaf(first + place);
      if (proven === null) {
        report('tile-differs', { level: 0, tile }, 'hashes that the root proves', 'others');
        break;
      }
      tree.leaf(bundle, place * ENTRY_SIZE + 2, own, 0);
      if (!same(own, proven))
        report(
          'leaf-differs',
          { index: first + place },
          `leaf hash ${toHex(proven)}`,
          `leaf hash ${toHex(own)}`,
        );
    }
  }
}

/** Reads a part of the older anchors again, as the registry states them and with their checkpoints. */
export async function rereadAnchors(
  context: {
    registry: RegistrySource;
    anchors: AnchorFinder;
    signer: LogKey;
    report: Report;
    count: number;
  },
  { part, parts }: Slice,
): Promise<void> {
  const { registry, anchors, signer, report, count } = context;
  const first = Math.floor((count * part) / parts);
  const end = Math.floor((count * (part + 1)) / parts);
  const stated = (await readPublishedAnchors(registry, first, end)).filter(({ index }) => index < end);
  const held = [];
  for (let index = first; index < end; index += 1) {
    const anchor = await anchors.at(index);
    if (anchor !== null) held.push(anchor);
  }
  const checked = checkPublishedAnchors(stated, { anchors: held, firstAnchor: first }, signer, report);
  for (const { anchorIndex, checkpoint } of checked) {
    const root = held[anchorIndex - first]?.rootHash;
    if (root !== toHex(checkpoint.rootHash))
      report('anchor-checkpoint', { anchorIndex }, root, toHex(checkpoint.rootHash));
  }
}
