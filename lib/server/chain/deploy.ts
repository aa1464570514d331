import { setTimeout as sleep } from 'node:timers/promises';
import { AbiCoder, concat, getAddress, isAddress } from 'ethers';
import { ledgerBytecode, ledgerCodeHash, ledgerInterface } from './artifact';
import { ChainError } from './chain-error';
import { connectLedger } from './ledger';
import { checkChain, connectRpc, reach } from './rpc';
import { addressOf, connectTransactions, type MinedCall } from './transactions';

export interface RoleHolders {
  readonly admin: string;
  readonly anchorer: string;
  readonly registrar: string;
  readonly reviewer: string;
}

export interface DeployOptions extends RoleHolders {
  readonly rpcUrl: string;
  readonly chainId: number;
  /** Pays for the deployment and gets no role. 32 bytes, 0x-prefixed. */
  readonly deployerKey: string;
  /** An earlier deployment: checked instead of deploying again. */
  readonly existing?: { readonly address: string; readonly blockNumber: number };
  /** How deep the deployment must lie before it counts (default 1). */
  readonly confirmations?: number;
}

export interface Deployment {
  /** EIP-55 checksummed, 0x-prefixed. */
  readonly address: string;
  /** keccak256 of the runtime code, 64 hex. */
  readonly codeHash: string;
  readonly chainId: number;
  /** The block that holds the deployment. */
  readonly blockNumber: number;
}

const POLL_MS = 200;
const GIVE_UP_MS = 10 * 60_000;

/**
 * Deploys ProcurementLedger, or checks the deployment it is given: right chain, this release's code, and the four accounts
 * in their roles. Nothing is deployed when any check fails. The caller writes the result down and passes it next time.
 * @throws ChainError
 */
export async function deployLedger(options: DeployOptions): Promise<Deployment> {
  checkHolders(options);
  const { rpcUrl, chainId } = options;
  const provider = connectRpc({ rpcUrl, chainId });
  try {
    await checkChain(provider, chainId);
  } finally {
    provider.destroy();
  }
  const { address, blockNumber } = options.existing ?? (await create(options));
  await checkDeployment(options, address);
  return { address: getAddress(address), codeHash: ledgerCodeHash, chainId, blockNumber };
}

function checkHolders({ admin, anchorer, registrar, reviewer }: RoleHolders): void {
  const holders = [admin, anchorer, registrar, reviewer];
  const wrong = holders.find((holder) => !isAddress(holder));
  if (wrong !== undefined) throw new ChainError('bad-value', `"${wrong}" is not an address`);
  if (new Set(holders.map((holder) => getAddress(holder))).size !== holders.length) {
    throw new ChainError(
      'bad-value',
      'admin, anchorer, registrar and reviewer must be four different accounts',
    );
  }
}

async function create(options: DeployOptions): Promise<{ address: string; blockNumber: number }> {
  const { rpcUrl, chainId, deployerKey, admin, anchorer, registrar, reviewer } = options;
  const transactions = connectTransactions({ rpcUrl, chainId });
  try {
    const holders = AbiCoder.defaultAbiCoder().encode(
      ['address', 'address', 'address', 'address'],
      [admin, anchorer, registrar, reviewer],
    );
    const nonce = await transactions.pendingNonce(addressOf(deployerKey));
    const data = concat([ledgerBytecode, holders]);
    const { raw, hash } = await transactions.signCall({ privateKey: deployerKey, data, nonce });
    await transactions.broadcast(raw);
    const mined = await waitFor(() => transactions.confirmation(hash, options.confirmations ?? 1));
    if (mined.created === null) throw new ChainError('rpc-failed', `the deployment ${hash} was reverted`);
    return { address: mined.created, blockNumber: mined.blockNumber };
  } finally {
    transactions.close();
  }
}

async function waitFor(ask: () => Promise<MinedCall | 'pending' | 'dropped'>): Promise<MinedCall> {
  const end = performance.now() + GIVE_UP_MS;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== 'pending' && answer !== 'dropped') return answer;
    await sleep(POLL_MS);
  }
  throw new ChainError('rpc-failed', 'the deployment was not confirmed within ten minutes');
}

async function checkDeployment(options: DeployOptions, address: string): Promise<void> {
  const { rpcUrl, chainId, anchorer, registrar, reviewer } = options;
  const ledger = connectLedger({ rpcUrl, chainId, address });
  try {
    await ledger.verifyDeployment();
  } finally {
    ledger.close();
  }
  const provider = connectRpc({ rpcUrl, chainId });
  const ask = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const data = ledgerInterface.encodeFunctionData(name, args);
    const answer = await reach(() => provider.call({ to: address, data }));
    return ledgerInterface.decodeFunctionResult(name, answer)[0];
  };
  try {
    const roles = { ANCHORER: anchorer, REGISTRAR: registrar, REVIEWER: reviewer };
    for (const [role, account] of Object.entries(roles)) {
      const held = await ask('hasRole', [await ask(role, []), account]);
      if (held !== true) throw new ChainError('role-missing', `${role}: ${account}`);
    }
  } finally {
    provider.destroy();
  }
}
