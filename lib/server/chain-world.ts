import { connectLedger, type Ledger } from './chain/ledger';
import { addressOf, connectTransactions, type Transactions } from './chain/transactions';
import type { Env } from './env';

/** The roles whose keys this machine holds (protocol §4). */
export type SenderRole = 'anchorer' | 'registrar';

/** What the worker remembers of the chain between two rounds. Moments are `performance.now()`. */
export interface ChainMemory {
  /** When the chain was last seen to be ours; null: look before anything is sent. */
  checkedAt: number | null;
  recheckedAt: number | null;
  /** Whether the node has named a finalized block before: then its having none is a trouble, not a kind of chain. */
  finalizedSeen: boolean;
  /** How many times in a row final calls were not found. */
  suspicions: number;
  /** Mined calls that are not final yet, by id: the head under which they were last looked at. */
  looked: Map<string, string>;
  /** Stuck calls, by id: the head under which they were last replaced. On a chain that stands still no fee helps. */
  raised: Map<string, string>;
  /** The newest block as last reported, and when it was first seen; null before. */
  head: { hash: string; seenAt: number; fresh: boolean } | null;
}

/** The chain as the worker uses it: reads, sends, and the two keys. */
export interface ChainWorld {
  ledger: Ledger;
  transactions: Transactions;
  keys: Record<SenderRole, { privateKey: string; address: string }>;
  /** What counts as final: lib/worker/finality.ts. */
  finality: { rule: Env['CHAIN_FINALITY']; confirmations: number };
  /** The most that a unit of gas may cost, in wei. */
  feeCap: bigint;
  memory: ChainMemory;
  /** Runs before each broadcast: the demonstration's seed sets the embedded chain's clock here. */
  beforeSend: () => Promise<void>;
  close(): void;
}

export function connectChain(env: Env, beforeSend: () => Promise<void> = async () => undefined): ChainWorld {
  const { CHAIN_RPC_URL: rpcUrl, CHAIN_ID: chainId, CONTRACT_ADDRESS: address } = env;
  const ledger = connectLedger({ rpcUrl, chainId, address });
  const transactions = connectTransactions({ rpcUrl, chainId });
  const key = (privateKey: string) => ({ privateKey, address: addressOf(privateKey) });
  return {
    ledger,
    transactions,
    keys: { anchorer: key(env.ANCHORER_KEY), registrar: key(env.REGISTRAR_KEY) },
    finality: { rule: env.CHAIN_FINALITY, confirmations: env.CHAIN_CONFIRMATIONS },
    feeCap: BigInt(env.CHAIN_MAX_FEE_GWEI) * 10n ** 9n,
    memory: {
      checkedAt: null,
      recheckedAt: null,
      finalizedSeen: false,
      suspicions: 0,
      looked: new Map(),
      raised: new Map(),
      head: null,
    },
    beforeSend,
    close() {
      ledger.close();
      transactions.close();
    },
  };
}
