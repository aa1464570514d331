import { setTimeout as sleep } from 'node:timers/promises';
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

/** How often a read is asked again when the head moved while the node was answering, and how long between, in milliseconds. */
const HEAD_MOVED = { times: 5, pause: 50 };

/** A node that keeps recent states only may resolve `latest` and find, a moment later, that a newer block took its place. */
export const headMoved = (error: unknown) => /BlockOutOfRange|header not found/i.test(messageOf(error));

/** Runs one exchange with the node and turns whatever it throws into a ChainError. */
export async function reach<T>(exchange: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await exchange();
    } catch (error) {
      if (attempt > HEAD_MOVED.times || !headMoved(error)) throw toChainError(error);
      await sleep(HEAD_MOVED.pause);
    }
  }
}

/** Without revert data, only the node's own words tell whether the contract refused or the node could not answer. */
const isRefusal = (error: unknown, data: string | null) =>
  (data !== null && data !== '0x') || /revert|vm exception|vm execution|out of gas/i.test(messageOf(error));

function toChainError(error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  if (isCallException(error) && isRefusal(error, error.data)) {
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

/** Whether the node took the question and will not answer it, which says nothing of the chain. */
export function declines(error: unknown): boolean {
  if (!isUnreachable(error, messageOf(error))) return true;
  const { response } = error as { response?: { statusCode?: number } };
  const status = response?.statusCode ?? 0;
  return status >= 400 && status < 500;
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
