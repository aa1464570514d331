import { computeAddress, SigningKey, Transaction, type JsonRpcProvider } from 'ethers';
import { ledgerInterface } from './artifact';
import { ChainError } from './chain-error';
import { number, type Values } from './ledger-records';
import type { LedgerRefusal } from './refusal';
import { connectRpc, messageOf, reach, type ChainAddress } from './rpc';

// For an outbox: simulate, sign, write the signed bytes down, broadcast, ask for the outcome; after a crash, broadcast the
// same bytes again. The nonce is the caller's, kept in its database: ethers' NonceManager advances on failed sends.

/** In wei per gas. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

export interface CallToSign {
  /** 32 bytes, 0x-prefixed. */
  readonly privateKey: string;
  /** The contract's address; absent to create one. */
  readonly to?: string;
  /** 0x-prefixed, from an encoder in calls.ts. */
  readonly data: string;
  readonly nonce: number;
  /** Default: the node's estimate and a quarter. */
  readonly gasLimit?: bigint;
  /** Default: `suggestFees()`. */
  readonly fees?: Fees;
}

export interface SignedCall {
  /** What to broadcast, as often as need be: the same bytes are the same transaction. */
  readonly raw: string;
  /** The transaction's hash, 0x-prefixed: known before it is sent. */
  readonly hash: string;
  readonly from: string;
  readonly gasLimit: bigint;
  readonly fees: Fees;
}

export interface MinedCall {
  readonly blockNumber: number;
  readonly blockHash: string;
  /** The block's time, in seconds since 1970. */
  readonly time: number;
  readonly gasUsed: bigint;
  readonly reverted: boolean;
  /** Why it was reverted, asked again of the state after its block; null when it was not, or the state is gone. */
  readonly refusal: LedgerRefusal | null;
  /** What `extendLog` stored; null for other calls, and for a repetition that changed nothing. */
  readonly anchored: { readonly anchorIndex: number; readonly treeSize: number } | null;
  /** The address created, for a deployment. */
  readonly created: string | null;
}

/** `pending`: known, not yet deep enough. `dropped`: the node knows nothing of it; broadcasting the same bytes is safe. */
export type Confirmation = 'pending' | 'dropped' | MinedCall;

export interface CallToSimulate {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** The address that a private key signs for. */
export function addressOf(privateKey: string): string {
  return computeAddress(privateKey);
}

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

/** Room for two doublings of the base fee, so that a signed transaction outlives a short crowd. @throws ChainError */
async function suggestFees(provider: JsonRpcProvider): Promise<Fees> {
  const { maxFeePerGas, maxPriorityFeePerGas } = await reach(() => provider.getFeeData());
  if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
    throw new ChainError('rpc-failed', 'the chain has no EIP-1559 fees');
  }
  return { maxFeePerGas, maxPriorityFeePerGas };
}

/**
 * Estimated on the pending block: `latest` has an old time on a chain that mines on demand. ethers' own estimateGas
 * drops the block tag. A replacement of a pending call must pass the gas limit of what it replaces, because the pending
 * block holds that already.
 */
async function estimateGas(provider: JsonRpcProvider, from: string, call: CallToSign): Promise<bigint> {
  const request = call.to === undefined ? { from, data: call.data } : { from, to: call.to, data: call.data };
  const estimate = await reach(
    () => provider.send('eth_estimateGas', [request, 'pending']) as Promise<string>,
  );
  return (BigInt(estimate) * 5n) / 4n;
}

async function signCall(provider: JsonRpcProvider, chainId: number, call: CallToSign): Promise<SignedCall> {
  const from = addressOf(call.privateKey);
  const fees = call.fees ?? (await suggestFees(provider));
  const gasLimit = call.gasLimit ?? (await estimateGas(provider, from, call));
  const { to, data, nonce } = call;
  const transaction = Transaction.from({ type: 2, chainId, to: to ?? null, data, nonce, gasLimit, ...fees });
  transaction.signature = new SigningKey(call.privateKey).sign(transaction.unsignedHash);
  if (transaction.hash === null) throw new ChainError('bad-value', 'the transaction has no hash');
  return { raw: transaction.serialized, hash: transaction.hash, from, gasLimit, fees };
}

async function broadcast(provider: JsonRpcProvider, raw: string): Promise<'accepted' | 'already-known'> {
  return reach(async () => {
    try {
      await provider.send('eth_sendRawTransaction', [raw]);
      return 'accepted';
    } catch (error) {
      if (/already (known|imported)|known transaction/i.test(messageOf(error))) return 'already-known';
      throw error;
    }
  });
}

async function simulate(provider: JsonRpcProvider, call: CallToSimulate): Promise<LedgerRefusal | null> {
  try {
    await reach(() => provider.call({ ...call, blockTag: 'pending' }));
    return null;
  } catch (error) {
    if (error instanceof ChainError && error.refusal !== null) return error.refusal;
    throw error;
  }
}

function anchoredBy(logs: readonly { topics: readonly string[]; data: string }[]): MinedCall['anchored'] {
  for (const log of logs) {
    const event = ledgerInterface.parseLog(log);
    if (event?.name !== 'LogExtended') continue;
    const values: Values = event.args;
    return { anchorIndex: number(values, 'anchorIndex'), treeSize: number(values, 'treeSize') };
  }
  return null;
}

/** A receipt does not say why; the same call on the state after the block nearly always reverts the same way. */
async function refusalAt(
  provider: JsonRpcProvider,
  hash: string,
  blockNumber: number,
): Promise<LedgerRefusal | null> {
  const sent = await reach(() => provider.getTransaction(hash));
  if (sent === null || sent.to === null) return null;
  const { from, to, data, gasLimit } = sent;
  try {
    await reach(() => provider.call({ from, to, data, gasLimit, blockTag: blockNumber }));
    return null;
  } catch (error) {
    return error instanceof ChainError ? error.refusal : null;
  }
}

async function confirmation(
  provider: JsonRpcProvider,
  hash: string,
  confirmations: number,
): Promise<Confirmation> {
  // The head is read before the receipt: a block that comes between can only make us wait once more.
  const head = await reach(() => provider.getBlockNumber());
  const receipt = await reach(() => provider.getTransactionReceipt(hash));
  if (receipt === null) {
    return (await reach(() => provider.getTransaction(hash))) === null ? 'dropped' : 'pending';
  }
  if (head - receipt.blockNumber + 1 < confirmations) return 'pending';
  const block = await reach(() => provider.getBlock(receipt.blockNumber));
  // A reorganisation between the two answers: the receipt is of a block that is no longer in the chain.
  if (block?.hash !== receipt.blockHash) return 'pending';
  const reverted = receipt.status !== 1;
  return {
    blockNumber: receipt.blockNumber,
    blockHash: receipt.blockHash,
    time: block.timestamp,
    gasUsed: receipt.gasUsed,
    reverted,
    refusal: reverted ? await refusalAt(provider, hash, receipt.blockNumber) : null,
    anchored: anchoredBy(receipt.logs),
    created: reverted ? null : receipt.contractAddress,
  };
}

/** A connection for sending. Every method throws ChainError. */
export function connectTransactions({ rpcUrl, chainId }: ChainAddress) {
  const provider = connectRpc({ rpcUrl, chainId });
  return {
    suggestFees: () => suggestFees(provider),
    /** The next nonce, transactions in the node's pool counted: where an outbox begins, not what it lives on. */
    pendingNonce: (address: string) => reach(() => provider.getTransactionCount(address, 'pending')),
    /** Nonces below this are used up for good. */
    minedNonce: (address: string) => reach(() => provider.getTransactionCount(address, 'latest')),
    /** Would the contract accept the call now, from this account? null when it would. Nothing is sent. */
    simulate: (call: CallToSimulate) => simulate(provider, call),
    /** Signs; nothing is sent. Without `gasLimit`, a call that would revert throws `refused`. */
    signCall: (call: CallToSign) => signCall(provider, chainId, call),
    /** `nonce-used` may mean that this very transaction was mined: ask `confirmation` before signing anew. */
    broadcast: (raw: string) => broadcast(provider, raw),
    /** @param confirmations how many blocks deep, the transaction's own included (1 = mined) */
    confirmation: (hash: string, confirmations: number) => confirmation(provider, hash, confirmations),
    close: () => provider.destroy(),
  };
}

export type Transactions = ReturnType<typeof connectTransactions>;
