import { ChainError } from '@/lib/server/chain/chain-error';
import type { ChainWorld } from '@/lib/server/chain-world';

/**
 * The number of the newest final block, by the configured rule; below 0 on a young chain. Asked before what is held
 * against it, never after: a block that comes between can only make us wait once more.
 * @param head the number of the newest block @throws ChainError
 */
export async function finalHeight(chain: ChainWorld, head: number): Promise<number> {
  const { rule, confirmations } = chain.finality;
  const counted = head - confirmations + 1;
  if (rule === 'confirmations') return counted;
  const tagged = await chain.transactions.finalizedBlock();
  if (tagged !== null) {
    chain.memory.finalizedSeen = true;
    return tagged;
  }
  if (rule === 'auto' && !chain.memory.finalizedSeen) return counted;
  const detail =
    rule === 'auto'
      ? 'it knows no finalized block, though it did before'
      : 'it knows no finalized block: set CHAIN_FINALITY=confirmations where the chain has none';
  throw new ChainError('rpc-failed', detail);
}

/** The chain as it is at its newest final block. @param head, @param finalTo as asked in this round */
export function asFinal(chain: ChainWorld, head: number, finalTo: number): ChainWorld {
  // Where the head itself is final, so is every later one.
  if (finalTo >= head) return chain;
  return { ...chain, ledger: { ...chain.ledger, ...chain.ledger.at(finalTo) } };
}
