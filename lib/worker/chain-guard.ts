import { equalBytes } from '@/lib/merkle/hash';
import { fromHex } from '@/lib/record/hex';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { ChainWorld } from '@/lib/server/chain-world';
import { logHead } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';
import { rootAt } from './verify-call';

/** How long a look at the chain is good for, in milliseconds: while nothing is sent, and before a call is signed. */
const GOOD_FOR = 30_000;
const GOOD_FOR_SENDING = 5_000;

/**
 * Is this the configured chain, does it hold this release's contract, and is its newest anchor one of our log? Looked at
 * before calls are signed, after every trouble with the chain, and every half minute.
 * @throws ChainError `wrong-chain`, `no-contract`, `code-mismatch`, `foreign-root`, or what the node answers
 */
export async function guardChain(world: World, chain: ChainWorld, sending = false): Promise<void> {
  const { memory } = chain;
  const goodFor = sending ? GOOD_FOR_SENDING : GOOD_FOR;
  if (memory.checkedAt !== null && performance.now() - memory.checkedAt < goodFor) return;
  memory.checkedAt = null;
  await chain.ledger.verifyDeployment();
  const newest = await chain.ledger.latestAnchor();
  if (newest) {
    const { treeSize, rootHash } = newest.anchor;
    // The chain is read first: our log can only have grown since.
    const ours = (await logHead(world.db))?.size ?? 0;
    const same = treeSize <= ours && equalBytes(await rootAt(world.db, treeSize), fromHex(rootHash, 32));
    if (!same) throw new ChainError('foreign-root', `anchored ${treeSize} leaves, ours ${ours}`);
  }
  memory.checkedAt = performance.now();
}
