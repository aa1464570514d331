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

interface AnchorTold {
  treeSize: number;
  time: number;
  rootHash: string;
}

async function chainAnchors({ scene }: Registry): Promise<AnchorTold[]> {
  const { ledger } = scene.chain;
  const indices = Array.from({ length: await ledger.anchorCount() }, (_, index) => index);
  const anchors = await Promise.all(indices.map((index) => ledger.anchorAt(index)));
  return anchors.map(({ treeSize, time, rootHash }) => ({ treeSize, time, rootHash }));
}

async function tableAnchors({ scene }: Registry): Promise<AnchorTold[]> {
  const rows = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
  return rows.map(({ treeSize, time, rootHash }) => ({
    treeSize: Number(treeSize),
    time: time.getTime() / 1000,
    rootHash: toHex(rootHash),
  }));
}

/** What the chain holds is what our table says; an act of the machine may just be on its way from one to the other. */
async function agreedAnchors(registry: Registry): Promise<AnchorTold[]> {
  // Of one reading: a cover commitment may be anchored at any moment, between one look and the next.
  let told: AnchorTold[] = [];
  let held: AnchorTold[] = [];
  const agreed = async () => {
    [told, held] = await Promise.all([tableAnchors(registry), chainAnchors(registry)]);
    return JSON.stringify(told) === JSON.stringify(held);
  };
  await eventually('the table of anchors as the chain has it', agreed, 15).catch(() => undefined);
  expect(told).toEqual(held);
  return held;
}

/** The chain's anchors, and the checkpoints, are roots of this very log. */
async function expectRoots(registry: Registry, anchors: AnchorTold[]): Promise<void> {
  const checkpoints = await registry.scene.world.db.checkpoint.findMany();
  // Read last: the log may have grown since the others were read.
  const leaves = await leavesOf(registry);
  const levels = buildLevels(leaves.map((l) => leafHash(new Uint8Array(Buffer.from(l.commitment, 'hex')))));
  const signed = checkpoints.map((c) => ({ treeSize: Number(c.treeSize), rootHash: toHex(c.rootHash) }));
  for (const { treeSize, rootHash } of [...anchors, ...signed])
    expect(rootHash, `the root of ${treeSize} leaves`).toBe(toHex(rootOf(levels, treeSize)));
}

/** Acknowledged records whose promised time for the anchor passed before the block of their anchor. */
async function brokenPromises(
  { scene }: Registry,
  anchors: AnchorTold[],
  indexOf: Map<string, number>,
  acknowledged: Acknowledged[],
): Promise<string[]> {
  const known = new Set(acknowledged.map((a) => a.commitment));
  const records = await scene.world.db.record.findMany({ select: { commitment: true, promise: true } });
  return records.flatMap(({ commitment, promise }) => {
    const hex = toHex(commitment);
    if (!known.has(hex)) return [];
    const { anchoredBy } = promise as { anchoredBy: string };
    const anchor = anchors.find((a) => a.treeSize > (indexOf.get(hex) ?? Infinity));
    return anchor && anchor.time * 1000 <= Date.parse(anchoredBy) ? [] : [hex];
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
  const anchors = await agreedAnchors(registry);
  const indexOf = expectOnce(await leavesOf(registry), acknowledged);
  expectOrder(indexOf, acknowledged);
  await expectRoots(registry, anchors);
  if (inTime) expect(await brokenPromises(registry, anchors, indexOf, acknowledged)).toEqual([]);
  expect(await auditClean(registry.scene.world, registry.scene.chain), 'the audit').toEqual([]);
}
