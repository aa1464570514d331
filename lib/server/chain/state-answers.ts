import type { JsonRpcProvider } from 'ethers';
import { ChainError } from './chain-error';
import { declines, headMoved, messageOf, reach } from './rpc';

/** What a node answered, as it came: `witnessOf` (lib/evidence) makes a witness of it, or refuses. */
export interface StateAnswers {
  readonly block: unknown;
  readonly proof: unknown;
}

/** Nodes refuse more slots at once (go-ethereum: 1024), and some providers answers above a few hundred kilobytes. */
const MOST_SLOTS = 200;

/**
 * Asks for the newest block and for the proofs of the contract's slots in it (EIP-1186): the state of older blocks is what
 * nodes prune. Both are asked anew when a newer block takes its place meanwhile.
 * @param slots 0x and 64 hexadecimal digits each
 * @throws ChainError `no-proofs` where the node gives the block and declines the proofs
 */
export function askState(
  provider: JsonRpcProvider,
  address: string,
  slots: readonly string[],
): Promise<StateAnswers> {
  return reach(async () => {
    const block: unknown = await provider.send('eth_getBlockByNumber', ['latest', false]);
    const { number } = (block ?? {}) as { number?: unknown };
    if (typeof number !== 'string') throw new ChainError('rpc-failed', 'the node has no newest block');
    const proofs: unknown[] = [];
    for (let from = 0; from === 0 || from < slots.length; from += MOST_SLOTS)
      proofs.push(await askProof(provider, [address, slots.slice(from, from + MOST_SLOTS), number]));
    return { block, proof: joined(proofs) };
  });
}

async function askProof(provider: JsonRpcProvider, question: unknown[]): Promise<unknown> {
  try {
    const proof: unknown = await provider.send('eth_getProof', question);
    if (proof === null) throw new ChainError('no-proofs', 'it answers nothing');
    return proof;
  } catch (error) {
    if (error instanceof ChainError || headMoved(error) || !declines(error)) throw error;
    throw new ChainError('no-proofs', messageOf(error), { cause: error });
  }
}

/** One block, one account: the answers differ in their slots only. */
function joined(proofs: readonly unknown[]): unknown {
  const [first] = proofs;
  if (proofs.length === 1) return first;
  const storageProof = proofs.flatMap((proof) => (proof as { storageProof?: unknown }).storageProof);
  return { ...(first as object), storageProof };
}
