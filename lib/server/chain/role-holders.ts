import { ledgerInterface } from './artifact';
import type { LedgerAddress } from './ledger';
import { connectRpc, reach } from './rpc';

export type LedgerRole = 'ANCHORER' | 'REGISTRAR';

/** Asks the contract which of these accounts has which role. @throws ChainError */
export async function readRoles<A extends string>(
  { rpcUrl, chainId, address }: LedgerAddress,
  accounts: Record<A, string>,
): Promise<Record<A, Record<LedgerRole, boolean>>> {
  const provider = connectRpc({ rpcUrl, chainId });
  const ask = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const data = ledgerInterface.encodeFunctionData(name, args);
    const answer = await reach(() => provider.call({ to: address, data }));
    return ledgerInterface.decodeFunctionResult(name, answer)[0];
  };
  try {
    const roles = { ANCHORER: await ask('ANCHORER', []), REGISTRAR: await ask('REGISTRAR', []) };
    const has = async (account: string) => ({
      ANCHORER: (await ask('hasRole', [roles.ANCHORER, account])) === true,
      REGISTRAR: (await ask('hasRole', [roles.REGISTRAR, account])) === true,
    });
    const names = Object.keys(accounts) as A[];
    const held = await Promise.all(names.map(async (name) => [name, await has(accounts[name])] as const));
    return Object.fromEntries(held) as Record<A, Record<LedgerRole, boolean>>;
  } finally {
    provider.destroy();
  }
}
