import { fromHex, toHex } from '@/lib/record/hex';
import type { StateWitness } from './format';
import { encodeRlp } from './rlp';
import { openState, trimState } from './state-proof';
import { keccakHex } from './trie';

/*
 * A witness from what a node answers to eth_getBlockByNumber and eth_getProof. Nothing in either answer is believed:
 * what comes out opens under the block's hash, and the block's hash is for the caller to judge.
 */

/**
 * `block-malformed`, `proof-malformed`: not the answers that these questions have. `header-differs`: the header's fields do
 * not hash to the block's own hash, as with a chain that hashes others. `account-unproven`, `storage-unproven`: the nodes
 * do not lead from the header's state root to the account, or from there to a slot.
 */
export type WitnessFault =
  'block-malformed' | 'proof-malformed' | 'header-differs' | 'account-unproven' | 'storage-unproven';

export type TakenWitness =
  | {
      readonly ok: true;
      readonly witness: StateWitness;
      readonly block: { readonly number: number; readonly hash: string; readonly time: number };
    }
  | { readonly ok: false; readonly fault: WitnessFault };

/**
 * @param block what eth_getBlockByNumber answered
 * @param proof what eth_getProof answered for the contract, its slots and that very block
 */
export function witnessOf(block: unknown, proof: unknown): TakenWitness {
  const header = headerBytes(block);
  if (header === null) return { ok: false, fault: 'block-malformed' };
  const parts = proofParts(proof);
  if (parts === null) return { ok: false, fault: 'proof-malformed' };
  const whole = { header: `0x${toHex(encodeRlp(header))}`, account: parts.account, storage: parts.storage };
  const hash = memberOf(block, 'hash');
  if (typeof hash !== 'string' || `0x${keccakHex(fromHex(whole.header.slice(2)))}` !== hash.toLowerCase())
    return { ok: false, fault: 'header-differs' };
  const opened = openState(whole, parts.address);
  if (!opened.ok) return { ok: false, fault: 'account-unproven' };
  const { state } = opened;
  try {
    for (const slot of parts.slots) state.word(slot);
  } catch {
    return { ok: false, fault: 'storage-unproven' };
  }
  return { ok: true, witness: trimState(whole, parts.slots), block: state.block };
}

/**
 * The header's fields in the order in which they are hashed; `number` are without leading zeros, the others as they are.
 * Each fork since London has added to the end (EIP-1559, 4895, 4844, 4788, 7685).
 */
const FIELDS: readonly (readonly [string, 'bytes' | 'number'])[] = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'number'],
  ['number', 'number'],
  ['gasLimit', 'number'],
  ['gasUsed', 'number'],
  ['timestamp', 'number'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
];
const LATER_FIELDS: readonly (readonly [string, 'bytes' | 'number'])[] = [
  ['baseFeePerGas', 'number'],
  ['withdrawalsRoot', 'bytes'],
  ['blobGasUsed', 'number'],
  ['excessBlobGas', 'number'],
  ['parentBeaconBlockRoot', 'bytes'],
  ['requestsHash', 'bytes'],
];

function headerBytes(block: unknown): Uint8Array[] | null {
  const later = LATER_FIELDS.filter(([name]) => (memberOf(block, name) ?? null) !== null);
  const fields: Uint8Array[] = [];
  for (const [name, kind] of [...FIELDS, ...later]) {
    const value = hexOf(memberOf(block, name), kind);
    if (value === null) return null;
    fields.push(value);
  }
  return fields;
}

function proofParts(proof: unknown) {
  const address = memberOf(proof, 'address');
  const account = nodesOf(memberOf(proof, 'accountProof'));
  const entries = memberOf(proof, 'storageProof');
  if (typeof address !== 'string' || !/^0x[0-9a-f]{40}$/i.test(address)) return null;
  if (account === null || !Array.isArray(entries)) return null;
  const slots: string[] = [];
  const storage: string[] = [];
  for (const entry of entries as readonly unknown[]) {
    const key = memberOf(entry, 'key');
    const nodes = nodesOf(memberOf(entry, 'proof'));
    // Some nodes repeat the slot as it was asked, some without its leading zeros.
    if (nodes === null || typeof key !== 'string' || !/^0x[0-9a-f]{1,64}$/i.test(key)) return null;
    slots.push(`0x${key.slice(2).toLowerCase().padStart(64, '0')}`);
    storage.push(...nodes);
  }
  return { address, account, slots, storage };
}

function nodesOf(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const nodes = (value as readonly unknown[]).map((node) => hexOf(node, 'bytes'));
  return nodes.every((node) => node !== null) ? nodes.map((node) => `0x${toHex(node)}`) : null;
}

function hexOf(value: unknown, kind: 'bytes' | 'number'): Uint8Array | null {
  if (typeof value !== 'string' || !/^0x[0-9a-f]*$/i.test(value)) return null;
  const digits = value.slice(2).toLowerCase();
  if (kind === 'bytes') return digits.length % 2 === 0 ? fromHex(digits) : null;
  const least = digits.replace(/^0+/, '');
  return fromHex(least.length % 2 === 0 ? least : `0${least}`);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
