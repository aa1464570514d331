import * as z from 'zod';
import { fromHex, toHex } from '@/lib/record/hex';
import { digestSchema } from '@/lib/record/record';
import { noPeaks, type Peaks } from './peaks';

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
  return {
    size: state.size,
    peaks: state.peaks.map((peak) => (peak === '' ? undefined : fromHex(peak, 32))),
  };
}

export function rememberTree(
  tree: Peaks,
  rootHash: Uint8Array,
): Pick<AuditState, 'size' | 'rootHash' | 'peaks'> {
  // The array may have holes above the highest subtree; Array.from makes them visible.
  const peaks = Array.from(tree.peaks, (peak) => (peak === undefined ? '' : toHex(peak)));
  return { size: tree.size, rootHash: toHex(rootHash), peaks };
}
