import { computeAddress, SigningKey, toBeHex, Transaction, type JsonRpcProvider } from 'ethers';
import { ledgerInterface } from './artifact';
import { ChainError } from './chain-error';
import { suggestFees, type Fees } from './fees';
import { number, type Values } from './ledger-records';
import type { LedgerRefusal } from './refusal';
import { connectRpc, messageOf, reach, type ChainAddress } from './rpc';

// For an outbox: simulate, sign, write the signed bytes down, broadcast, ask for the outcome; after a crash, broadcast the
// same bytes again. The nonce is the caller's, kept in its database: ethers' NonceManager advances on failed sends.

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

/** Where a transaction is now. */
async function outcome(provider: JsonRpcProvider, hash: string): Promise<Confirmation> {
  const receipt = await reach(() => provider.getTransactionReceipt(hash));
  if (receipt === null) {
    return (await reach(() => provider.getTransaction(hash))) === null ? 'dropped' : 'pending';
  }
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

async function confirmation(
  provider: JsonRpcProvider,
  hash: string,
  confirmations: number,
): Promise<Confirmation> {
  // The final height is read before the receipt: a block that comes between can only make us wait once more.
  const height = (await reach(() => provider.getBlockNumber())) - confirmations + 1;
  const found = await outcome(provider, hash);
  return typeof found === 'object' && found.blockNumber > height ? 'pending' : found;
}

/** What nodes say of the tag where the chain has none, or they know of none yet. */
const NO_SUCH_TAG =
  /finali[sz]ed|unknown block|block not found|invalid (argument|block|param|tag|input)|(un|not )supported/i;

/** The number of the newest block that the chain itself calls final; null where the node knows of none. */
async function finalizedBlock(provider: JsonRpcProvider): Promise<number | null> {
  try {
    return (await reach(() => provider.getBlock('finalized')))?.number ?? null;
  } catch (error) {
    const answered = error instanceof ChainError && error.code === 'rpc-failed';
    if (answered && NO_SUCH_TAG.test(messageOf(error.cause))) return null;
    throw error;
  }
}

/** The event of one anchor: which transaction stored it. Null where the node has pruned its logs. */
async function anchorEvent(provider: JsonRpcProvider, address: string, index: number, fromBlock: number) {
  const topic = ledgerInterface.getEvent('LogExtended')?.topicHash ?? null;
  const topics = [topic, toBeHex(index, 32)];
  const [log] = await reach(() => provider.getLogs({ address, topics, fromBlock, toBlock: 'latest' }));
  return log ? { hash: log.transactionHash, blockNumber: log.blockNumber, blockHash: log.blockHash } : null;
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
    /** Where it is now, however shallow. */
    outcome: (hash: string) => outcome(provider, hash),
    /** The number of the newest block under the chain's `finalized` tag; null where it has none. */
    finalizedBlock: () => finalizedBlock(provider),
    /** The hash of the chain's block of this number; null when it has none. */
    blockHash: async (blockNumber: number) =>
      (await reach(() => provider.getBlock(blockNumber)))?.hash ?? null,
    /** Which transaction stored anchor `index` of the contract at `address`; null when the node's logs do not tell. */
    anchorEvent: (address: string, index: number, fromBlock: number) =>
      anchorEvent(provider, address, index, fromBlock),
    /** In wei. */
    balance: (address: string) => reach(() => provider.getBalance(address)),
    close: () => provider.destroy(),
  };
}

export type Transactions = ReturnType<typeof connectTransactions>;
