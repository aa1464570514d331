import { proofFromTiles } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { lockTender } from '@/lib/server/load-process';
import { fileCover, logHead, tileReader } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';
import { enqueueCall } from './chain-calls';

/** How long before a due time no anchor is sent, in milliseconds: it might be mined after it, without the last bids. */
const QUIET = 2_000;
/** How long before the quiet an anchor is made whatever the interval says ("just before"). */
const EARLY = 6_000;
/** At most this many new leaves an anchor (protocol §4). */
const MOST_LEAVES = 2 ** 20;

interface DueTender {
  tenderId: string;
  due: number;
}

/** Tenders whose due time is near or past, and for which no anchor at or after it exists yet. */
async function dueTenders(world: World, until: number): Promise<DueTender[]> {
  const rows = await world.db.$queryRaw<{ tenderId: string; bidsDue: Date }[]>`
    SELECT o."tenderId", o."bidsDue" FROM chain_openings o
     WHERE o."bidsDue" <= ${new Date(until)}
       AND NOT EXISTS (SELECT 1 FROM anchors a WHERE a.time >= o."bidsDue")
       AND NOT EXISTS (SELECT 1 FROM stage_closures c WHERE c."tenderId" = o."tenderId" AND c.stage = 2)`;
  return rows.map((r) => ({ tenderId: r.tenderId, due: r.bidsDue.getTime() }));
}

/**
 * After the due time: true once no bid filed before it can still be missing from the log. Taking the lock waits for the
 * filing that holds it; whoever gets it later reads a clock past the deadline and is refused.
 */
async function allSequenced(world: World, tenderId: string): Promise<boolean> {
  return world.db.$transaction(async (tx) => {
    await lockTender(tx, tenderId);
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM records r LEFT JOIN log_leaves l ON l.commitment = r.commitment
       WHERE r."tenderId" = ${tenderId}::uuid AND l.index IS NULL LIMIT 1`;
    return rows.length === 0;
  });
}

/** Whether an anchor may be sent now, and whether it must be, for the sake of due times (protocol §4, closeStage). */
async function dueTimes(world: World): Promise<'hold' | 'urgent' | 'ordinary'> {
  const now = world.clock.now();
  const near = await dueTenders(world, now + QUIET + EARLY);
  if (near.length === 0) return 'ordinary';
  if (near.some((t) => now < t.due && now >= t.due - QUIET)) return 'hold';
  for (const { tenderId } of near.filter((t) => now >= t.due)) {
    if (!(await allSequenced(world, tenderId))) return 'hold';
  }
  return 'urgent';
}

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
  const data = encodeExtendLog({ oldSize, newSize, newRoot: toHex(newest.rootHash), proof: proof.map(toHex) });
  await enqueueCall(world.db, world, {
    dedupe: `extend:${oldSize}`,
    role: 'anchorer',
    tenderId: null,
    data,
    facts: { method: 'extendLog', treeSize: newSize },
  });
}
