import type { ChainWorld } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';

/** How many blocks are looked at in one round. */
const PAGE = 50;

/**
 * Confirms what was taken in blocks that are final since, and drops what was taken in blocks that a reorganisation removed:
 * it is taken again.
 * @param finalTo number of the newest final block @throws ChainError
 */
export async function confirmStates({ db, clock }: World, chain: ChainWorld, finalTo: number): Promise<void> {
  const waiting = { confirmedAt: null, blockNumber: { lte: finalTo } };
  const blocks = await db.stageState.groupBy({
    by: ['blockNumber', 'blockHash'],
    where: waiting,
    orderBy: { blockNumber: 'asc' },
    take: PAGE,
  });
  for (const { blockNumber, blockHash } of blocks) {
    const hash = await chain.transactions.blockHash(blockNumber);
    const where = { ...waiting, blockNumber, blockHash };
    if (hash === blockHash)
      await db.stageState.updateMany({ where, data: { confirmedAt: new Date(clock.now()) } });
    else if (hash !== null) await db.stageState.deleteMany({ where });
  }
}

/**
 * Takes back what was confirmed in blocks that the chain does not hold any more: a local chain that was killed may have lost
 * its last ones, and a public one may reorganise deeper than what counted as final. It waits, and is confirmed or dropped
 * like any other. The newest are looked at first, and the first that stands ends the search.
 * @param absent numbers of blocks that the node did not have at the last look: only what two looks miss is lost, since a
 * node behind a balancer may lag @returns the same for this look @throws ChainError
 */
export async function doubtStates(
  { db }: World,
  chain: ChainWorld,
  absent: ReadonlySet<number>,
): Promise<Set<number>> {
  const missed = new Set<number>();
  const confirmed = { confirmedAt: { not: null } };
  for (let skip = 0; ;) {
    const blocks = await db.stageState.groupBy({
      by: ['blockNumber', 'blockHash'],
      where: confirmed,
      orderBy: { blockNumber: 'desc' },
      take: PAGE,
      skip,
    });
    for (const { blockNumber, blockHash } of blocks) {
      const hash = await chain.transactions.blockHash(blockNumber);
      if (hash === blockHash) return missed;
      if (hash === null) missed.add(blockNumber);
      if (hash === null && !absent.has(blockNumber)) skip += 1;
      else {
        const where = { ...confirmed, blockNumber, blockHash };
        await db.stageState.updateMany({ where, data: { confirmedAt: null } });
      }
    }
    if (blocks.length < PAGE) return missed;
  }
}
