import { createHash, randomBytes } from 'node:crypto';
import { deployLedger, type Deployment } from '@/lib/server/chain/deploy';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { connectLedger, type Ledger } from '@/lib/server/chain/ledger';
import {
  addressOf,
  connectTransactions,
  type MinedCall,
  type Transactions,
} from '@/lib/server/chain/transactions';
import { leafHash } from '@/lib/merkle/hash';
import { buildLevels, consistencyProof, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { toHex } from '@/lib/record/hex';
import { CHAIN_ID, startAnvil, type Anvil } from './anvil';

export const GENESIS = 1_790_000_000;

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const EMPTY_ROOT = sha256('');

/** Commitment number `index` of the test log. */
export function commitment(index: number): string {
  return sha256(`commitment ${index}`);
}

/** Root and proofs of the honest test log. */
export function logTree(size: number) {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(Buffer.from(commitment(i), 'hex')));
  const levels = buildLevels(leaves);
  return {
    root: toHex(rootOf(levels)),
    consistency: (oldSize: number) => consistencyProof(levels, oldSize).map(toHex),
    inclusion: (index: number) => inclusionProof(levels, index).map(toHex),
  };
}

const ROLES = ['deployer', 'admin', 'anchorer', 'registrar', 'reviewer', 'stranger'] as const;
export type Person = (typeof ROLES)[number];

export interface World {
  readonly anvil: Anvil;
  readonly keys: Readonly<Record<Person, string>>;
  readonly deployment: Deployment;
  readonly ledger: Ledger;
  readonly transactions: Transactions;
  address(person: Person): string;
  /** Sends without asking first, so that a refusal is mined as a reverted transaction; returns its outcome. */
  send(person: Person, data: string, time?: number): Promise<MinedCall>;
  /** Anchors the honest log at `newSize` leaves in a block of that time. */
  anchor(newSize: number, time: number): Promise<MinedCall>;
  stop(): Promise<void>;
}

function newKeys(): Record<Person, string> {
  const entries = ROLES.map((person) => [person, `0x${randomBytes(32).toString('hex')}`] as const);
  return Object.fromEntries(entries) as Record<Person, string>;
}

async function mine(transactions: Transactions, raw: string, hash: string): Promise<MinedCall> {
  await transactions.broadcast(raw);
  for (let i = 0; i < 200; i += 1) {
    const outcome = await transactions.confirmation(hash, 1);
    if (outcome !== 'pending' && outcome !== 'dropped') return outcome;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('not mined');
}

/** A fresh chain with a deployed ledger and a funded account per role. */
export async function startWorld(): Promise<World> {
  const anvil = await startAnvil(GENESIS);
  const keys = newKeys();
  const address = (person: Person) => addressOf(keys[person]);
  for (const person of ROLES) await anvil.call('anvil_setBalance', address(person), '0x56bc75e2d63100000');
  const { rpcUrl } = anvil;
  const deployment = await deployLedger({
    rpcUrl,
    chainId: CHAIN_ID,
    deployerKey: keys.deployer,
    admin: address('admin'),
    anchorer: address('anchorer'),
    registrar: address('registrar'),
    reviewer: address('reviewer'),
  });
  const ledger = connectLedger({ rpcUrl, chainId: CHAIN_ID, address: deployment.address });
  const transactions = connectTransactions({ rpcUrl, chainId: CHAIN_ID });
  const send = async (person: Person, data: string, time?: number) => {
    if (time !== undefined) await anvil.call('evm_setNextBlockTimestamp', time);
    const nonce = await transactions.pendingNonce(address(person));
    const call = { privateKey: keys[person], to: deployment.address, data, nonce, gasLimit: 1_000_000n };
    const { raw, hash } = await transactions.signCall(call);
    return mine(transactions, raw, hash);
  };
  return {
    anvil,
    keys,
    deployment,
    ledger,
    transactions,
    address,
    send,
    async anchor(newSize, time) {
      const oldSize = (await ledger.latestAnchor())?.anchor.treeSize ?? 0;
      const tree = logTree(newSize);
      const call = { oldSize, newSize, newRoot: tree.root, proof: tree.consistency(oldSize) };
      return send('anchorer', encodeExtendLog(call), time);
    },
    async stop() {
      ledger.close();
      transactions.close();
      await anvil.stop();
    },
  };
}
