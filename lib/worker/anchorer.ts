import { proofFromTiles } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { fileCover, logHead, tileReader } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';
import { MOST_LEAVES } from './call-facts';
import { enqueueCall } from './chain-calls';
import { dueTimes } from './due-times';
import { extensionsUnderWay, newestAnchor } from './extensions';

/**
 * So many anchors may be mined and not final: a chain that takes a quarter of an hour to be sure of a block must not make
 * the next anchor wait that long. Each starts where the one before ended; stages close against final ones only.
 */
const MOST_IN_FLIGHT = 32;

/**
 * Extends the chain when there is something new and the interval has passed, or a due time wants an anchor. The next one
 * is written once the last is in a block: its proof starts there. @returns true when a call was written.
 */
export async function anchor(world: World): Promise<boolean> {
  const underWay = await extensionsUnderWay(world.db);
  if (underWay.length >= MOST_IN_FLIGHT || underWay.some((call) => call.blockNumber === null)) return false;
  const last = await newestAnchor(world.db, underWay);
  const mode = await dueTimes(world, underWay, last.time);
  if (mode === 'hold') return false;
  const now = world.clock.now();
  const head = await logHead(world.db);
  if (!head || head.size <= last.size) {
    // Repeating an anchor stores nothing, yet a due time needs one after it: the log grows by a cover commitment.
    if (mode === 'after') await fileCover(world.db, now);
    return false;
  }
  const elapsed = now - last.time;
  // A clock that was set back must not make anybody wait until it has caught up.
  const waited = elapsed < 0 || elapsed >= world.env.ANCHOR_INTERVAL_SECONDS * 1000;
  if (!waited && mode === 'ordinary') return false;
  await writeExtension(world, last.size, head.size);
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
