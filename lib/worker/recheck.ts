import type { ChainWorld } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';

/**
 * Called at start: a local chain that was killed may have lost its last blocks. What we hold as final and the chain does
 * not know is sent again, the very same bytes in the order of their nonces, and confirmed anew.
 * @returns how many calls went back to `sent`.
 */
export async function recheckChain(world: World, chain: ChainWorld): Promise<number> {
  const newest = await world.db.chainCall.findMany({
    where: { status: 'final' },
    // By block: several blocks may have the same second, and a survivor among them would end the search too early.
    orderBy: { blockNumber: 'desc' },
    take: 200,
  });
  let lost = 0;
  for (const call of newest) {
    // The newest are lost first: the first one that is still there ends the search.
    if ((await chain.transactions.confirmation(call.hash ?? '', 1)) !== 'dropped') break;
    await world.db.chainCall.update({
      where: { id: call.id },
      data: { status: 'sent', minedAt: null, blockNumber: null },
    });
    lost += 1;
  }
  return lost;
}
