import { proofFromTiles } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { fileCover, logHead, tileReader } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';
import { enqueueCall } from './chain-calls';
import { dueTimes } from './due-times';

/** At most this many new leaves an anchor (protocol §4). */
const MOST_LEAVES = 2 ** 20;

/**
 * Extends the chain when there is something new and the interval has passed, or a due time wants an anchor. One at a
 * time: the next proof starts where the last anchor ended. @returns true when a call was written.
 */
export async function anchor(world: World): Promise<boolean> {
  const underWay = await world.db.chainCall.count({
    where: { method: 'extendLog', status: { in: ['pending', 'signed', 'sent'] } },
  });
  if (underWay > 0) return false;
  const mode = await dueTimes(world);
  if (mode === 'hold') return false;
  const now = world.clock.now();
  const [last, head] = await Promise.all([
    world.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    logHead(world.db),
  ]);
  const oldSize = Number(last?.treeSize ?? 0);
  if (!head || head.size === oldSize) {
    // Repeating an anchor stores nothing, yet a due time needs one after it: the log grows by a cover commitment.
    if (mode === 'urgent') await fileCover(world.db, now);
    return false;
  }
  const waited = now - (last?.time.getTime() ?? 0) >= world.env.ANCHOR_INTERVAL_SECONDS * 1000;
  if (!waited && mode !== 'urgent') return false;
  await writeExtension(world, oldSize, head.size);
  return true;
}

async function writeExtension(world: World, oldSize: number, headSize: number): Promise<void> {
  const newest = await world.db.checkpoint.findFirstOrThrow({
    where: { treeSize: { lte: BigInt(Math.min(headSize, oldSize + MOST_LEAVES)) } },
    orderBy: { treeSize: 'desc' },
  });
  const newSize = Number(newest.treeSize);
  const proof = oldSize === 0 ? [] : await proofFromTiles(tileReader(world.db)).consistency(oldSize, newSize);
  const data = encodeExtendLog({
    oldSize,
    newSize,
    newRoot: toHex(newest.rootHash),
    proof: proof.map(toHex),
  });
  await enqueueCall(world.db, world, {
    dedupe: `extend:${oldSize}`,
    role: 'anchorer',
    tenderId: null,
    data,
    facts: { method: 'extendLog', treeSize: newSize },
  });
}
