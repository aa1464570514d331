import { connectLedger, type Ledger } from './chain/ledger';
import { addressOf, connectTransactions, type Transactions } from './chain/transactions';
import type { Env } from './env';

/** The roles whose keys this machine holds (protocol §4). */
export type SenderRole = 'anchorer' | 'registrar';

/** The chain as the worker uses it: reads, sends, and the two keys. */
export interface ChainWorld {
  ledger: Ledger;
  transactions: Transactions;
  keys: Record<SenderRole, { privateKey: string; address: string }>;
  confirmations: number;
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
    confirmations: env.CHAIN_CONFIRMATIONS,
    beforeSend,
    close() {
      ledger.close();
      transactions.close();
    },
  };
}
