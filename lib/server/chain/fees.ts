import type { JsonRpcProvider } from 'ethers';
import { ChainError } from './chain-error';
import { reach } from './rpc';

/** In wei per gas. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** Fees that replace a stuck transaction of the same nonce: nodes want at least a tenth more. */
export function raiseFees(before: Fees, suggested: Fees): Fees {
  const raise = (fee: bigint, now: bigint) => {
    const raised = (fee * 9n) / 8n + 1n;
    return raised > now ? raised : now;
  };
  return {
    maxFeePerGas: raise(before.maxFeePerGas, suggested.maxFeePerGas),
    maxPriorityFeePerGas: raise(before.maxPriorityFeePerGas, suggested.maxPriorityFeePerGas),
  };
}

/** What a unit of gas costs now: suggestions leave room for a doubling of the base fee (2 × base + tip). */
export const priceNow = ({ maxFeePerGas, maxPriorityFeePerGas }: Fees): bigint =>
  (maxFeePerGas + maxPriorityFeePerGas) / 2n;

/**
 * Fees for a new transaction, or for one that replaces another, that stay within the operator's cap, in wei per gas.
 * @returns null when nothing within the cap could be mined now, or could replace `before`
 */
export function feesWithin(cap: bigint, suggested: Fees, before?: Fees): Fees | null {
  if (priceNow(suggested) > cap) return null;
  const wanted = before ? raiseFees(before, suggested) : suggested;
  if (before && raiseFees(before, before).maxFeePerGas > cap) return null;
  const maxFeePerGas = least(wanted.maxFeePerGas, cap);
  return { maxFeePerGas, maxPriorityFeePerGas: least(wanted.maxPriorityFeePerGas, maxFeePerGas) };
}

/** Room for a doubling of the base fee, so that a signed transaction outlives a short crowd. @throws ChainError */
export async function suggestFees(provider: JsonRpcProvider): Promise<Fees> {
  const { maxFeePerGas, maxPriorityFeePerGas } = await reach(() => provider.getFeeData());
  if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
    throw new ChainError('rpc-failed', 'the chain has no EIP-1559 fees');
  }
  return { maxFeePerGas, maxPriorityFeePerGas };
}
