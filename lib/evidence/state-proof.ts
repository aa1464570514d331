import { fromHex, toHex } from '@/lib/record/hex';
import { keccakHex, lookup, nodesByHash, type TrieNodes } from './trie';
import { decodeRlp, type RlpItem } from './rlp';
import { ChainUnavailable } from './chain-reader';
import type { StateWitness } from './format';

/*
 * Reads the contract's storage out of evidence itself: the header gives the block's hash and the root of the state, the
 * account lies under that root and gives the root of the storage, and every word lies under that (EIP-1186). Whoever
 * trusts the block's hash needs no node for the rest, and no node has to have kept the state.
 */

export interface ProvenState {
  /** Number, hash (0x…) and time (seconds since 1970) of the block in which the contract held these words. */
  readonly block: { readonly number: number; readonly hash: string; readonly time: number };
  /** keccak-256 of the contract's code, 0x… */
  readonly codeHash: string;
  /**
   * The word at a slot (0x and 64 digits); 0 where nothing was written.
   * @throws ChainUnavailable `uncovered` where the witness lacks a node on the way, `malformed` where no word lies there
   */
  word(slot: string): bigint;
}

/**
 * `header-malformed`: it is no header of a block. `account-unproven`: a node on the way to the account is missing, or is
 * none. `no-account`: proven that the block's state has no such contract.
 */
export type StateFault = 'header-malformed' | 'account-unproven' | 'no-account';

export type OpenedState =
  { readonly ok: true; readonly state: ProvenState } | { readonly ok: false; readonly fault: StateFault };

/** Opens a witness for the contract at an address. Never throws, whatever the witness is. */
export function openState(witness: StateWitness, contract: string): OpenedState {
  const header = headerOf(witness.header);
  if (header === null) return { ok: false, fault: 'header-malformed' };
  const key = keyOf(contract.toLowerCase());
  const found = lookup(header.stateRoot, key, nodesByHash(bytesOf(witness.account)));
  if (found.kind === 'absent') return { ok: false, fault: 'no-account' };
  const account = found.kind === 'value' ? accountOf(found.value) : null;
  if (account === null) return { ok: false, fault: 'account-unproven' };
  const nodes = nodesByHash(bytesOf(witness.storage));
  const { block } = header;
  const word = (slot: string) => wordAt(account.storageRoot, slot, nodes);
  return { ok: true, state: { block, codeHash: account.codeHash, word } };
}

/**
 * The same witness with only those nodes of the storage that these slots need, in the order of their first use.
 * @throws RangeError for a witness whose account does not open
 */
export function trimState(witness: StateWitness, slots: readonly string[]): StateWitness {
  const root = storageRootOf(witness);
  const nodes = nodesByHash(bytesOf(witness.storage));
  const used = new Set<string>();
  for (const slot of slots) lookup(root, keyOf(slot), nodes, (hash) => used.add(hash));
  const storage = [...used].map((hash) => `0x${toHex(nodes.get(hash) ?? new Uint8Array())}`);
  return { header: witness.header, account: [...witness.account], storage };
}

/** The header's fields have kept their places in every fork so far; new ones are added at the end. */
const STATE_ROOT = 3;
const NUMBER = 8;
const TIMESTAMP = 11;
const FEWEST_FIELDS = 15;

function headerOf(header: string) {
  const bytes = hexBytes(header);
  const fields = bytes === null ? null : stringsOf(decodeRlp(bytes));
  if (bytes === null || fields === null || fields.length < FEWEST_FIELDS) return null;
  const root = fields[STATE_ROOT];
  const number = numberOf(fields[NUMBER]);
  const time = numberOf(fields[TIMESTAMP]);
  if (root?.length !== 32 || number === null || time === null) return null;
  return { stateRoot: toHex(root), block: { number, hash: `0x${keccakHex(bytes)}`, time } };
}

/** An account is [nonce, balance, root of its storage, hash of its code]. */
function accountOf(value: Uint8Array): { storageRoot: string; codeHash: string } | null {
  const fields = stringsOf(decodeRlp(value));
  const [, , root, code] = fields ?? [];
  if (fields?.length !== 4 || root?.length !== 32 || code?.length !== 32) return null;
  return { storageRoot: toHex(root), codeHash: `0x${toHex(code)}` };
}

function wordAt(root: string, slot: string, nodes: TrieNodes): bigint {
  const found = lookup(root, keyOf(slot), nodes);
  if (found.kind === 'absent') return 0n;
  if (found.kind === 'missing')
    throw new ChainUnavailable('uncovered', `node 0x${found.hash} of slot ${slot}`);
  const word = found.kind === 'value' ? decodeRlp(found.value) : null;
  // Without leading zeros. The empty string is zero, which clients delete but some chains for development keep.
  if (!(word instanceof Uint8Array) || word.length > 32 || word[0] === 0) {
    throw new ChainUnavailable('malformed', `slot ${slot}`);
  }
  return word.length === 0 ? 0n : BigInt(`0x${toHex(word)}`);
}

/** The way to an account has one leaf: the account. */
function storageRootOf({ account }: StateWitness): string {
  for (const bytes of bytesOf(account)) {
    const leaf = stringsOf(decodeRlp(bytes));
    const found = leaf?.length === 2 && leaf[1] !== undefined ? accountOf(leaf[1]) : null;
    if (found !== null) return found.storageRoot;
  }
  throw new RangeError('The witness holds no account: take the proof of the contract’s storage anew');
}

/** Addresses and slots lie in their tries under the keccak-256 of their bytes. */
function keyOf(hex: string): Uint8Array {
  return fromHex(keccakHex(fromHex(hex.slice(2))));
}

function bytesOf(nodes: readonly string[]): Uint8Array[] {
  return nodes.map((node) => hexBytes(node) ?? new Uint8Array());
}

function hexBytes(text: string): Uint8Array | null {
  return /^0x(?:[0-9a-f]{2})*$/.test(text) ? fromHex(text.slice(2)) : null;
}

/** A list of strings, without lists among them. */
function stringsOf(item: RlpItem | null): readonly Uint8Array[] | null {
  if (item === null || item instanceof Uint8Array) return null;
  return item.every((part) => part instanceof Uint8Array) ? item : null;
}

/** An unsigned number without leading zeros; null for none, and above 2^53 - 1. */
function numberOf(bytes: Uint8Array | undefined): number | null {
  if (bytes === undefined || bytes.length > 7 || bytes[0] === 0) return null;
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : null;
}
