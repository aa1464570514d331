import { deployLedger, type Deployment } from '@/lib/server/chain/deploy';
import { addressOf } from '@/lib/server/chain/transactions';
import { embeddedChainId } from '../env';
import { rpc } from './chain';

export interface LedgerKeys {
  /** 64 hex each. */
  admin: string;
  anchorer: string;
  registrar: string;
  reviewer: string;
}

/** 10^6 ether in wei, as a JSON-RPC quantity: more than the demonstration can ever spend. */
const plenty = `0x${(10n ** 24n).toString(16)}`;

/**
 * The ledger on the embedded chain: deploys it from the admin's key, after giving the four accounts their balance, or
 * checks the one that is there.
 * @throws ChainError
 */
export async function deployEmbeddedLedger(
  rpcUrl: string,
  keys: LedgerKeys,
  existing: { address: string; blockNumber: number } | null,
): Promise<Deployment> {
  const address = (key: string) => addressOf(`0x${key}`);
  const holders = {
    admin: address(keys.admin),
    anchorer: address(keys.anchorer),
    registrar: address(keys.registrar),
    reviewer: address(keys.reviewer),
  };
  if (existing === null) {
    for (const holder of Object.values(holders)) await rpc(rpcUrl, 'anvil_setBalance', [holder, plenty]);
  }
  const deployerKey = `0x${keys.admin}`;
  const options = { rpcUrl, chainId: embeddedChainId, deployerKey, confirmations: 1, ...holders };
  return deployLedger(existing === null ? options : { ...options, existing });
}
