import type { ChainCall } from '@/prisma/generated/client';
import { lockTender } from '@/lib/server/load-process';
import type { World } from '@/lib/server/world';
import type { ExtensionFacts } from './call-facts';
import { extensionsUnderWay, newestAnchor } from './extensions';
import { heldSince, quietAfter } from './quiet';

// `bids` closes against the first anchor at or after the due time (protocol §4), so that anchor must hold every bid. Hence:
// none is sent in the quiet before a due time, since it might be mined after it; one that is still in no block when the
// quiet begins is taken back (send-call.ts, retire); the first one after it waits until every bid is sequenced. What is
// left: a transaction that was sent before the quiet, and that miners prefer to its own better-paid replacement, after all
// that time. The longer the quiet, the less likely that is.
//
// Due times that follow each other within the quiet share it, up to a bound (quiet.ts).

/** How long before a due time no anchor is sent, in milliseconds: it might be mined after it, without the last bids. */
const quiet = (world: World): number => world.env.ANCHOR_QUIET_SECONDS * 1000;
/** How long before the quiet an anchor is made whatever the interval says ("just before"). */
const EARLY = 6_000;

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

/** How long before a due time nothing is sent at this moment, in milliseconds. @param last when the newest anchor was made */
function quietNow(world: World, near: readonly DueTender[], last: number): number {
  const now = world.clock.now();
  const rule = { quiet: quiet(world), interval: world.env.ANCHOR_INTERVAL_SECONDS * 1000 };
  const dues = near.map((t) => t.due);
  return quietAfter(now - heldSince(dues, now, last, rule.quiet), rule);
}

/** Whether an anchor on its way to finality was made after `due` and holds every bid. */
function coveredBy(underWay: readonly ChainCall[], due: number): boolean {
  return underWay.some(
    ({ createdAt, minedAt, facts }) =>
      createdAt.getTime() >= due &&
      (minedAt === null || minedAt.getTime() >= due) &&
      (facts as unknown as ExtensionFacts).anchorIndex !== null,
  );
}

/**
 * Whether an anchor may be sent now, and whether it must be, for the sake of due times (protocol §4, closeStage): `before`
 * one, once, if there is anything new; `after` one, in any case.
 * @param underWay the extensions that are not final yet @param last when the newest anchor was made, in milliseconds
 */
export async function dueTimes(
  world: World,
  underWay: readonly ChainCall[],
  last: number,
): Promise<'hold' | 'before' | 'after' | 'ordinary'> {
  const now = world.clock.now();
  const near = await dueTenders(world, now + quiet(world) + EARLY);
  const before = quietNow(world, near, last);
  if (near.some((t) => now < t.due && now >= t.due - before)) return 'hold';
  const passed = near.filter((t) => now >= t.due && !coveredBy(underWay, t.due));
  for (const { tenderId } of passed) {
    if (!(await allSequenced(world, tenderId))) return 'hold';
  }
  if (passed.length > 0) return 'after';
  const begins = (due: number) => due - quiet(world) - EARLY;
  return near.some((t) => now < t.due && last < begins(t.due)) ? 'before' : 'ordinary';
}

/**
 * What to do with an anchor that was written at `writtenAt` and could not be sent at once. Mined now, one written before
 * a due time would be the first anchor after it, without the last bids, and `bids` could never close: it is dropped, and
 * written anew with them.
 */
export async function lateAnchor(world: World, writtenAt: number): Promise<'send' | 'wait' | 'drop'> {
  const now = world.clock.now();
  const near = await dueTenders(world, now + quiet(world));
  if (near.some((t) => writtenAt < t.due && now >= t.due)) return 'drop';
  if (near.length === 0) return 'send';
  const { time: last } = await newestAnchor(world.db, await extensionsUnderWay(world.db));
  const before = quietNow(world, near, last);
  return near.some((t) => now < t.due && now >= t.due - before) ? 'wait' : 'send';
}
