import { decodeWords, encodeCall } from '@/lib/browser/verify/abi';
import { jsonRpc } from '@/lib/browser/verify/json-rpc';
import { ChainUnavailable } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';

/*
 * `commitBid` of ProcurementLedger (protocol §4), straight from this browser: for the hour in which the registry does not
 * answer. Nothing here asks the registry for anything.
 */

export interface CommitFacts {
  chainId: number;
  /** "0x" and 40 hex digits. */
  contract: string;
  ocid: string;
  /** SHA-256 of the sealed envelope, 64 hex digits. */
  envelope: string;
}

const argumentsOf = ({ ocid, envelope }: CommitFacts) => [toHex(processKey(ocid)), envelope];

/** The data of the transaction. */
export const commitBidData = (facts: CommitFacts): string =>
  encodeCall('commitBid(bytes32,bytes32)', argumentsOf(facts));

/**
 * When the chain first noted this envelope for this process, in seconds since 1970; null when it never did.
 * @throws ChainUnavailable when the node does not answer, or is of another chain
 */
export async function bidCommittedAt(rpcUrl: string, facts: CommitFacts): Promise<number | null> {
  // A new one each time: it remembers its answers.
  const rpc = jsonRpc(rpcUrl);
  if (Number(await rpc('eth_chainId', [])) !== facts.chainId)
    throw new ChainUnavailable('malformed', 'the node is of another chain');
  const data = encodeCall('bidCommittedAt(bytes32,bytes32)', argumentsOf(facts));
  const answer = await rpc('eth_call', [{ to: facts.contract, data }, 'latest']);
  return decodeWords(String(answer), 1).uint(0) || null;
}

/** A wallet in the browser (EIP-1193). */
export interface Wallet {
  request(call: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

/** The wallet that put itself into this page; null without one. */
export function findWallet(): Wallet | null {
  const found: unknown = (globalThis as { ethereum?: unknown }).ethereum;
  const wallet = found as Partial<Wallet> | null | undefined;
  return typeof wallet?.request === 'function' ? (wallet as Wallet) : null;
}

export type WalletFault = 'other-chain' | 'no-account' | 'declined' | 'failed';

export class WalletError extends Error {
  readonly code: WalletFault;
  constructor(code: WalletFault, detail = '') {
    super(detail || code);
    this.name = 'WalletError';
    this.code = code;
  }
}

/** EIP-1193: the person said no. */
const DECLINED = 4001;

async function ask(wallet: Wallet, method: string, params: readonly unknown[] = []): Promise<unknown> {
  try {
    return await wallet.request({ method, params });
  } catch (error) {
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
    const detail = typeof message === 'string' ? message.slice(0, 200) : '';
    throw new WalletError(code === DECLINED ? 'declined' : 'failed', detail);
  }
}

/** Has the wallet send `commitBid`, after its owner agreed there. @returns the transaction's hash @throws WalletError */
export async function sendCommitBid(wallet: Wallet, facts: CommitFacts): Promise<string> {
  const accounts = await ask(wallet, 'eth_requestAccounts');
  const from: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof from !== 'string') throw new WalletError('no-account');
  // After the accounts: a wallet may change its chain when it is unlocked.
  if (Number(await ask(wallet, 'eth_chainId')) !== facts.chainId) throw new WalletError('other-chain');
  const transaction = { from, to: facts.contract, data: commitBidData(facts) };
  const hash = await ask(wallet, 'eth_sendTransaction', [transaction]);
  if (typeof hash !== 'string') throw new WalletError('failed');
  return hash;
}
