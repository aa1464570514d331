import type { ChainCall } from '@/prisma/generated/client';
import type { ChainWorld } from '@/lib/server/chain-world';
import { lockTender, type Tx } from '@/lib/server/load-process';
import { refreshTender } from '@/lib/server/refresh-tender';
import type { World } from '@/lib/server/world';
import type { CallFacts } from './call-facts';
import { guardChain } from './chain-guard';
import { extensionsUnderWay } from './extensions';
import { finalHeight } from './finality';

/** Between two looks at what is final, in milliseconds. */
const EVERY = 5_000;
/** The second look, when the first missed something. */
const SOON = 1_000;
/** The newest blocks hold calls that were written so lately, or nearly always: what is searched first, in milliseconds. */
const LATELY = 3 * 86_400_000;
/** Calls that failed within this time may have failed for want of what was lost, in milliseconds. */
const JUST_NOW = 60_000;
/** How many final calls are read at a time, from the newest. */
const PAGE = 50;

/** Whether the block of a final call is still in the chain: then so is every block before it. */
async function stands(chain: ChainWorld, call: ChainCall): Promise<boolean> {
  const { blockHash } = call.facts as unknown as CallFacts;
  if (blockHash !== undefined && call.blockNumber !== null)
    return (await chain.transactions.blockHash(call.blockNumber)) === blockHash;
  return typeof (await chain.transactions.outcome(call.hash ?? '')) === 'object';
}

/** What we hold as final and the chain does not: the newest go first, and the first that stands ends the search. */
async function lostCalls(world: World, chain: ChainWorld): Promise<ChainCall[]> {
  const newest = await world.db.chainCall.findFirst({
    where: { status: 'final' },
    orderBy: { createdAt: 'desc' },
  });
  const lately = new Date((newest?.createdAt.getTime() ?? 0) - LATELY);
  const lost = await lostOf(chain, world, { createdAt: { gte: lately } });
  // All of the last days is lost: then the search goes on through all that there is.
  return lost.stands ? lost.calls : (await lostOf(chain, world, {})).calls;
}

async function lostOf(chain: ChainWorld, world: World, among: { createdAt?: { gte: Date } }) {
  const calls: ChainCall[] = [];
  for (;;) {
    const page = await world.db.chainCall.findMany({
      where: { status: 'final', ...among },
      orderBy: [{ blockNumber: 'desc' }, { id: 'desc' }],
      skip: calls.length,
      take: PAGE,
    });
    for (const call of page) {
      if (await stands(chain, call)) return { calls, stands: true };
      calls.push(call);
    }
    if (page.length < PAGE) return { calls, stands: false };
  }
}

/** Removes what was read back from the block of this call, which the chain has dropped. */
async function removeDerived(tx: Tx, call: ChainCall): Promise<void> {
  const facts = call.facts as unknown as CallFacts;
  const { method } = facts;
  const transactionHash = call.hash ?? '';
  const tenderId = call.tenderId ?? '';
  if (method === 'extendLog') await tx.anchor.deleteMany({ where: { transactionHash } });
  if (method === 'openTender') await tx.chainOpening.deleteMany({ where: { tenderId } });
  if (method === 'openTender' || method === 'changeCommittee')
    await tx.chainCommittee.deleteMany({ where: { tenderId, transactionHash } });
  if (method === 'openUnit') await tx.chainUnit.deleteMany({ where: { transactionHash } });
  if (method === 'closeStage' || method === 'cancel')
    await tx.stageClosure.deleteMany({ where: { transactionHash } });
  if (facts.method === 'announceAward') {
    const award = { award: null, standstillEnds: null, announcedAt: null };
    const unit = await tx.chainUnit.updateMany({ where: { key: facts.key, tenderId }, data: award });
    if (unit.count === 0) await tx.chainOpening.updateMany({ where: { tenderId }, data: award });
  }
}

/**
 * Lost calls are on their way again: the very same bytes are sent in the order of their nonces, or found in another block.
 * What they had come to is taken back in the same transaction: no page shows an anchor or a closing that the chain lacks.
 */
async function giveBack(world: World, lost: readonly ChainCall[]): Promise<void> {
  const tenders = [...new Set(lost.flatMap((call) => call.tenderId ?? []))].sort();
  const lowest = Math.min(...lost.map((call) => call.blockNumber ?? Infinity));
  await world.db.$transaction(
    async (tx) => {
      for (const id of tenders) await lockTender(tx, id);
      for (const call of lost) await removeDerived(tx, call);
      // Anchors that were found on the chain, without a call of ours.
      if (Number.isFinite(lowest)) await tx.anchor.deleteMany({ where: { blockNumber: { gte: lowest } } });
      await tx.chainCall.updateMany({
        where: { id: { in: lost.map((call) => call.id) }, status: 'final' },
        data: { status: 'sent', minedAt: null, blockNumber: null },
      });
      // What was refused meanwhile, for want of what was lost, need not wait before it is tried again.
      const justNow = new Date(world.clock.now() - JUST_NOW);
      await tx.chainCall.updateMany({
        where: { status: 'failed', error: { startsWith: 'refused:' }, createdAt: { gt: justNow } },
        data: { createdAt: justNow },
      });
      for (const id of tenders) await refreshTender(tx, world, id);
    },
    { timeout: 60_000 },
  );
}

/**
 * Looks whether the chain still holds what we hold as final: a local chain that was killed may have lost its last blocks,
 * and a public one may reorganise deeper than the configured finality. @returns how many calls are under way again
 */
export async function recheckChain(world: World, chain: ChainWorld): Promise<number> {
  await guardChain(world, chain);
  const lost = await lostCalls(world, chain);
  if (lost.length > 0) await giveBack(world, lost);
  return lost.length;
}

/** Anchors of our log that the chain holds and we lack, as after a database was brought back from a copy. */
async function adoptAnchors(world: World, chain: ChainWorld): Promise<void> {
  const { ledger, transactions } = chain;
  const last = await world.db.anchor.findFirst({ orderBy: { index: 'desc' } });
  const finalTo = await finalHeight(chain, (await ledger.latestBlock()).number);
  const count = await ledger.anchorCount();
  // Our own are finished by their calls.
  if (count === (last?.index ?? -1) + 1 || (await extensionsUnderWay(world.db)).length > 0) return;
  for (let index = (last?.index ?? -1) + 1; index < count; index += 1) {
    const event = await transactions.anchorEvent(ledger.address, index, last?.blockNumber ?? 0);
    if (event === null || event.blockNumber > finalTo) return;
    const { treeSize, rootHash, time } = await ledger.anchorAt(index);
    await world.db.anchor.createMany({
      data: {
        index,
        treeSize: BigInt(treeSize),
        rootHash: new Uint8Array(Buffer.from(rootHash, 'hex')),
        time: new Date(time * 1000),
        blockNumber: event.blockNumber,
        blockHash: event.blockHash,
        transactionHash: event.hash,
      },
      skipDuplicates: true,
    });
  }
}

/**
 * The same between rounds, now and then. A node behind a balancer that lags for a moment knows less than we do: only what
 * two looks miss is lost.
 */
export async function recheckRound(world: World, chain: ChainWorld): Promise<void> {
  const { memory } = chain;
  const every = memory.suspicions > 0 ? SOON : EVERY;
  if (memory.recheckedAt !== null && performance.now() - memory.recheckedAt < every) return;
  memory.recheckedAt = performance.now();
  await guardChain(world, chain);
  const lost = await lostCalls(world, chain);
  memory.suspicions = lost.length > 0 ? memory.suspicions + 1 : 0;
  if (memory.suspicions >= 2) {
    memory.suspicions = 0;
    await giveBack(world, lost);
    // What was mined and not final may be gone too.
    memory.looked.clear();
  }
  if (lost.length === 0) await adoptAnchors(world, chain);
}
