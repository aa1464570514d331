import type { LedgerRefusal } from './refusal';

/** Why something on the chain could not be read, sent or believed. */
export type ChainErrorCode =
  | 'chain-unreachable'
  | 'wrong-chain'
  | 'no-contract'
  | 'code-mismatch'
  | 'role-missing'
  | 'foreign-root'
  | 'refused'
  | 'nonce-used'
  | 'fee-too-low'
  | 'no-funds'
  | 'bad-value'
  | 'no-proofs'
  | 'rpc-failed';

const MESSAGES: Record<ChainErrorCode, string> = {
  'chain-unreachable': 'The chain does not answer: check CHAIN_RPC_URL and that the node runs',
  'wrong-chain': 'The node serves another chain than the one configured: check CHAIN_RPC_URL and CHAIN_ID',
  'no-contract': 'There is no contract at this address on this chain: check the address, or deploy',
  'code-mismatch': 'The contract at this address is not this release’s ProcurementLedger: check the address',
  'role-missing': 'The contract does not give this account the role it needs: check the configured keys',
  'foreign-root':
    'The newest anchor on the chain is not of this log: check CONTRACT_ADDRESS and that the database is the newest',
  refused: 'The contract refuses this act',
  'nonce-used': 'Another transaction with this nonce was mined: ask for its outcome, then sign anew',
  'fee-too-low': 'The node wants a higher fee: sign again with the same nonce and raised fees',
  'no-funds': 'The account cannot pay for the transaction: fund it',
  'bad-value': 'A value does not fit what the contract takes or gives',
  'no-proofs': 'The node gives no proofs of the contract’s storage (eth_getProof)',
  'rpc-failed': 'The node answered with an error: see its message',
};

/** An error of the chain adapters. `refusal` is set when, and only when, `code` is `refused`. */
export class ChainError extends Error {
  readonly code: ChainErrorCode;
  readonly refusal: LedgerRefusal | null;

  constructor(
    code: ChainErrorCode,
    detail?: string,
    options: { cause?: unknown; refusal?: LedgerRefusal } = {},
  ) {
    super(detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} (${detail})`, { cause: options.cause });
    this.name = 'ChainError';
    this.code = code;
    this.refusal = options.refusal ?? null;
  }
}
