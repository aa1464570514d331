import { FetchRequest, JsonRpcProvider, Network, isCallException, isError } from 'ethers';
import { ChainError } from './chain-error';
import { explainRevert } from './refusal';

export interface ChainAddress {
  readonly rpcUrl: string;
  readonly chainId: number;
}

const REQUEST_TIMEOUT_MS = 20_000;

/**
 * A plain JSON-RPC connection. No request cache (a worker that polls must see the chain as it is now), no batching (some
 * nodes refuse it), no start-up detection that would retry for ever: whoever connects calls `checkChain` once.
 */
export function connectRpc({ rpcUrl, chainId }: ChainAddress): JsonRpcProvider {
  const request = new FetchRequest(rpcUrl);
  request.timeout = REQUEST_TIMEOUT_MS;
  const network = Network.from(chainId);
  return new JsonRpcProvider(request, network, {
    staticNetwork: network,
    cacheTimeout: -1,
    batchMaxCount: 1,
  });
}

/** @throws ChainError `wrong-chain` when the node serves another chain id. */
export async function checkChain(provider: JsonRpcProvider, chainId: number): Promise<void> {
  const served = await reach(() => provider.send('eth_chainId', []) as Promise<string>);
  if (BigInt(served) !== BigInt(chainId)) {
    throw new ChainError('wrong-chain', `configured ${chainId}, served ${BigInt(served)}`);
  }
}

/** Runs one exchange with the node and turns whatever it throws into a ChainError. */
export async function reach<T>(exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    throw toChainError(error);
  }
}

function toChainError(error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  if (isCallException(error)) {
    const refusal = explainRevert(error.data ?? '0x');
    return new ChainError('refused', `${refusal.code}: ${refusal.message}`, { cause: error, refusal });
  }
  if (isError(error, 'NONCE_EXPIRED')) return new ChainError('nonce-used', undefined, { cause: error });
  if (isError(error, 'REPLACEMENT_UNDERPRICED'))
    return new ChainError('fee-too-low', undefined, { cause: error });
  if (isError(error, 'INSUFFICIENT_FUNDS')) return new ChainError('no-funds', undefined, { cause: error });
  const text = messageOf(error);
  if (/nonce too low/i.test(text)) return new ChainError('nonce-used', undefined, { cause: error });
  if (/underpriced|max fee per gas less than|fee cap/i.test(text)) {
    return new ChainError('fee-too-low', undefined, { cause: error });
  }
  if (isUnreachable(error, text)) return new ChainError('chain-unreachable', text, { cause: error });
  return new ChainError('rpc-failed', text, { cause: error });
}

function isUnreachable(error: unknown, text: string): boolean {
  if (isError(error, 'TIMEOUT') || isError(error, 'NETWORK_ERROR') || isError(error, 'SERVER_ERROR'))
    return true;
  return /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|EPIPE|ETIMEDOUT|socket hang up/.test(
    `${text} ${(error as { code?: unknown }).code ?? ''}`,
  );
}

/** The node's own words: ethers keeps them under `error` or `info.error`. */
export function messageOf(error: unknown): string {
  const outer = error as {
    error?: { message?: string };
    info?: { error?: { message?: string } };
    message?: string;
  };
  return outer.error?.message ?? outer.info?.error?.message ?? outer.message ?? String(error);
}
