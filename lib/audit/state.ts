import * as z from 'zod';
import { HASH_SIZE } from '@/lib/merkle/hash';
import { fromHex, toHex } from '@/lib/record/hex';
import { digestSchema } from '@/lib/record/record';
import { heightsOf, noPeaks, type Peaks } from './peaks';

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const records = z.record(z.string().max(64), count);

/**
 * What an audit remembers: where it stood in the log (as computed from the leaves themselves, never as told), the last
 * anchor that it checked, and the index of every record that it has seen published.
 */
export const auditStateSchema = z.strictObject({
  v: z.literal(1),
  origin: z.string().min(1).max(200),
  size: count,
  rootHash: digestSchema,
  /** Complete subtrees by height; '' where there is none. */
  peaks: z.array(z.union([digestSchema, z.literal('')])).max(53),
  anchors: count,
  lastAnchor: z.strictObject({ treeSize: count, time: count, rootHash: digestSchema }).nullable(),
  processes: z.record(
    digestSchema,
    z.strictObject({
      /** The registry's word; '' when something was left for the next audit. */
      change: z.string().max(200),
      /** What the chain said, as one word. */
      chain: z.union([digestSchema, z.literal('')]).default(''),
      records,
    }),
  ),
  /** Records of no process. */
  registryRecords: records,
});

export type AuditState = z.infer<typeof auditStateSchema>;

const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const newState = (origin: string): AuditState => ({
  v: 1,
  origin,
  size: 0,
  rootHash: EMPTY_ROOT,
  peaks: [],
  anchors: 0,
  lastAnchor: null,
  processes: {},
  registryRecords: {},
});

export function peaksOf(state: AuditState): Peaks {
  if (state.size === 0) return noPeaks();
  const tree: Peaks = { ...noPeaks(), size: state.size };
  for (const height of heightsOf(state.size)) {
    const peak = state.peaks[height];
    if (!peak) throw new Error(`The audit's state has no subtree of 2^${height} leaves`);
    tree.hashes.set(fromHex(peak, HASH_SIZE), height * HASH_SIZE);
  }
  return tree;
}

export function rememberTree(
  tree: Peaks,
  rootHash: Uint8Array,
): Pick<AuditState, 'size' | 'rootHash' | 'peaks'> {
  const heights = heightsOf(tree.size);
  const peaks = Array.from({ length: (heights.at(-1) ?? -1) + 1 }, () => '');
  for (const height of heights)
    peaks[height] = toHex(tree.hashes.subarray(height * HASH_SIZE, (height + 1) * HASH_SIZE));
  return { size: tree.size, rootHash: toHex(rootHash), peaks };
}
