import { TILE_WIDTH } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import type { Report } from './finding';
import { ENTRY_SIZE, same } from './log-tile';
import type { LeafReader } from './old-leaves';
import type { TreeHasher } from './peaks';
import type { LogSource } from './sources';

/** Every `parts`-th tile and process, beginning with number `part`: a different one each time. */
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
  for (let tile = part; (tile + 1) * TILE_WIDTH <= size; tile += parts) {
    const first = tile * TILE_WIDTH;
    const bundle = await log.entries(tile, TILE_WIDTH);
    if (bundle === null || bundle.length !== TILE_WIDTH * ENTRY_SIZE) {
      report(
        'leaf-missing',
        { index: first, lastIndex: first + TILE_WIDTH - 1 },
        'all of these leaves',
        null,
      );
      continue;
    }
    for (let place = 0; place < TILE_WIDTH; place += 1) {
      const proven = await leaf(first + place);
      if (proven === null) {
        report('tile-differs', { level: 0, tile }, 'hashes that the root proves', 'others');
        break;
      }
      const own = tree.leaf(bundle, place * ENTRY_SIZE + 2);
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
