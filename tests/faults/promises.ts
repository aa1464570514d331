import { expect } from 'vitest';
import { buildLevels, rootOf } from '@/lib/merkle/tree';
import { leafHash } from '@/lib/merkle/hash';
import { toHex } from '@/lib/record/hex';
import { auditClean } from '../support/audit';
import type { Acknowledged } from './filers';
import { eventually, type Registry } from './registry';

// What must hold after every fault: each acknowledged filing has one place in the log, under a root that is on the chain;
// who filed after another was answered stands after it; and the audit finds nothing.

interface Leaf {
  index: number;
  commitment: string;
}

async function leavesOf({ scene }: Registry): Promise<Leaf[]> {
  const rows = await scene.world.db.leaf.findMany({ orderBy: { index: 'asc' } });
  return rows.map((row) => ({ index: Number(row.index), commitment: toHex(row.commitment) }));
}

/** How many of the log's leaves the chain holds, asked of the chain. */
async function anchoredSize({ scene }: Registry): Promise<number> {
  return (await scene.chain.ledger.latestAnchor())?.anchor.treeSize ?? 0;
}

async function allAnchored(registry: Registry): Promise<boolean> {
  const { db } = registry.scene.world;
  if ((await db.filing.count()) > 0) return false;
  const size = await db.leaf.count();
  const open = await db.chainCall.count({
    where: { method: 'extendLog', status: { in: ['pending', 'signed', 'sent'] } },
  });
  const newest = await db.anchor.findFirst({ orderBy: { index: 'desc' } });
  return open === 0 && Number(newest?.treeSize ?? 0) === size && (await anchoredSize(registry)) === size;
}

/** In words, for a wait that failed. */
async function standing(registry: Registry): Promise<string> {
  const { db } = registry.scene.world;
  const [filings, leaves, calls, health] = await Promise.all([
    db.filing.count(),
    db.leaf.count(),
    db.chainCall.findMany({ where: { NOT: { status: 'final' } } }),
    db.partHealth.findMany(),
  ]);
  const open = calls.map((c) => `${c.dedupe} ${c.status} ${c.error ?? ''}`);
  const anchored = await anchoredSize(registry).catch(String);
  return JSON.stringify({ filings, leaves, anchored, open, health });
}

function expectOnce(leaves: Leaf[], acknowledged: Acknowledged[]): Map<string, number> {
  expect(
    leaves.map((l) => l.index),
    'the indices have no gap',
  ).toEqual(leaves.map((_, i) => i));
  const indexOf = new Map(leaves.map((l) => [l.commitment, l.index]));
  expect(indexOf.size, 'no commitment has two places').toBe(leaves.length);
  const lost = acknowledged.filter((a) => !indexOf.has(a.commitment));
  expect(lost, 'every acknowledged filing is in the log').toEqual([]);
  return indexOf;
}

/** If A was answered before B began, A stands before B. */
function expectOrder(indexOf: Map<string, number>, acknowledged: Acknowledged[]): void {
  const byEnd = [...acknowledged].sort((a, b) => a.ended - b.ended);
  const byBegin = [...acknowledged].sort((a, b) => a.began - b.began);
  let highest = -1;
  let next = 0;
  for (const filing of byBegin) {
    for (let a = byEnd[next]; a && a.ended < filing.began; a = byEnd[next]) {
      highest = Math.max(highest, indexOf.get(a.commitment) ?? -1);
      next += 1;
    }
    expect(indexOf.get(filing.commitment), 'later filings stand later').toBeGreaterThan(highest);
  }
}

/** The chain's anchors are roots of this very log, and our table says what the chain says. */
async function expectAnchors({ scene }: Registry, leaves: Leaf[]): Promise<void> {
  const { ledger } = scene.chain;
  const levels = buildLevels(leaves.map((l) => leafHash(new Uint8Array(Buffer.from(l.commitment, 'hex')))));
  const anchors = await Promise.all(
    Array.from({ length: await ledger.anchorCount() }, (_, index) => ledger.anchorAt(index)),
  );
  for (const { treeSize, rootHash } of anchors)
    expect(rootHash, `the anchored root of ${treeSize} leaves`).toBe(toHex(rootOf(levels, treeSize)));
  const rows = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
  const told = rows.map((row) => ({
    treeSize: Number(row.treeSize),
    time: row.time.getTime() / 1000,
    rootHash: toHex(row.rootHash),
  }));
  expect(told).toEqual(anchors.map(({ treeSize, time, rootHash }) => ({ treeSize, time, rootHash })));
  for (const { treeSize, rootHash } of await scene.world.db.checkpoint.findMany())
    expect(toHex(rootHash), `the checkpoint of ${treeSize} leaves`).toBe(
      toHex(rootOf(levels, Number(treeSize))),
    );
}

/** Records whose promised time for the anchor passed before the block of their anchor. */
async function brokenPromises({ scene }: Registry, indexOf: Map<string, number>): Promise<string[]> {
  const anchors = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
  const records = await scene.world.db.record.findMany({ select: { commitment: true, promise: true } });
  return records.flatMap(({ commitment, promise }) => {
    const { anchoredBy } = promise as { anchoredBy: string };
    const index = indexOf.get(toHex(commitment)) ?? Infinity;
    const anchor = anchors.find((a) => Number(a.treeSize) > index);
    return anchor && anchor.time.getTime() <= Date.parse(anchoredBy) ? [] : [toHex(commitment)];
  });
}

export interface PromiseOptions {
  /** How long everything may take to be anchored, in seconds (default 60). */
  within?: number;
  /** False where the fault itself lasts longer than the promise, or moves a clock. */
  inTime?: boolean;
}

/** Waits until all that was filed is anchored, and demands every promise. Nobody may be filing meanwhile. */
export async function expectPromisesKept(
  registry: Registry,
  acknowledged: Acknowledged[],
  { within = 60, inTime = true }: PromiseOptions = {},
): Promise<void> {
  await eventually(
    'everything anchored',
    () => allAnchored(registry),
    within,
    () => standing(registry),
  );
  const leaves = await leavesOf(registry);
  const indexOf = expectOnce(leaves, acknowledged);
  expectOrder(indexOf, acknowledged);
  await expectAnchors(registry, leaves);
  if (inTime) expect(await brokenPromises(registry, indexOf)).toEqual([]);
  expect(await auditClean(registry.scene.world, registry.scene.chain), 'the audit').toEqual([]);
}
