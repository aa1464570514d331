import { keccak_256 } from '@noble/hashes/sha3.js';
import {
  anchorCountSlot,
  anchorSlots,
  awardSlots,
  roundSlot,
  stageSlots,
  tenderSlots,
} from '@/lib/evidence/ledger-slots';
import { decodeRlp, encodeRlp } from '@/lib/evidence/rlp';
import { keccakHex, lookup, nodesByHash } from '@/lib/evidence/trie';
import { fromHex, toHex } from '@/lib/record/hex';
import { naiveTrie, type NaiveTrie } from './naive-trie';

/*
 * The state of a chain that does not exist: some accounts, the contract's storage as its layout has it, and the header of
 * a block. It answers eth_getBlockByNumber and eth_getProof as a node does.
 */

const ZERO = `0x${'00'.repeat(32)}`;

export interface MadeState {
  /** As eth_getBlockByNumber answers it; `header` changes what the block has beside the state. */
  readonly block: Readonly<Record<string, unknown>>;
  /** As eth_getProof answers for an address, the contract's if none is named. */
  proof(slots: readonly string[], address?: string): unknown;
}

export interface StateOptions {
  readonly contract: string;
  readonly codeHash: string;
  readonly words: ReadonlyMap<string, bigint>;
  readonly number: number;
  readonly time: number;
  /** Keep slots of zero, as chains for development do. */
  readonly keepZeros?: boolean;
  /** Changed or further members of the block. */
  readonly header?: Readonly<Record<string, unknown>>;
}

export function makeState(options: StateOptions): MadeState {
  const entries = [...options.words].filter(([, word]) => word !== 0n || options.keepZeros === true);
  const storage = naiveTrie(
    new Map(entries.map(([slot, word]) => [keccakHex(fromHex(slot.slice(2))), encodeRlp(minimal(word))])),
  );
  const account = (storageRoot: string, codeHash: string) =>
    encodeRlp([minimal(1n), minimal(0n), fromHex(storageRoot), fromHex(codeHash.slice(2))]);
  const accounts = new Map([[addressKey(options.contract), account(storage.root, options.codeHash)]]);
  // Strangers, so that the way to the contract has branches.
  for (let n = 1; n <= 40; n += 1) {
    accounts.set(
      addressKey(`0x${n.toString(16).padStart(40, '0')}`),
      account(keccakHex(Uint8Array.of(n)), ZERO),
    );
  }
  const state = naiveTrie(accounts);
  const block = { ...baseHeader(state.root, options.number, options.time), ...options.header };
  return {
    block: { ...block, hash: hashOfHeader(block) },
    proof: (slots, address = options.contract) => ({
      address,
      accountProof: pathTo(state, addressKey(address)),
      storageProof: slots.map((key) => ({
        key,
        value: `0x${(options.words.get(key) ?? 0n).toString(16)}`,
        proof: pathTo(storage, keccakHex(fromHex(key.slice(2)))),
      })),
    }),
  };
}

function baseHeader(stateRoot: string, number: number, time: number): Record<string, unknown> {
  const hash = (text: string) => `0x${keccakHex(new TextEncoder().encode(text))}`;
  return {
    parentHash: hash('parent'),
    sha3Uncles: hash('uncles'),
    miner: `0x${'5a'.repeat(20)}`,
    stateRoot: `0x${stateRoot}`,
    transactionsRoot: hash('transactions'),
    receiptsRoot: hash('receipts'),
    logsBloom: `0x${'00'.repeat(256)}`,
    difficulty: '0x0',
    number: `0x${number.toString(16)}`,
    gasLimit: '0x1c9c380',
    gasUsed: '0x5208',
    timestamp: `0x${time.toString(16)}`,
    extraData: '0x74657374',
    mixHash: hash('randao'),
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x7',
    withdrawalsRoot: hash('withdrawals'),
    blobGasUsed: '0x0',
    excessBlobGas: '0x20000',
    parentBeaconBlockRoot: hash('beacon'),
    requestsHash: hash('requests'),
  };
}

const NUMBERS = new Set(
  'difficulty number gasLimit gasUsed timestamp baseFeePerGas blobGasUsed excessBlobGas'.split(' '),
);

/** Of the members in their order, which is the header's; members without a value are of later forks. */
function hashOfHeader(block: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(block).filter(([, value]) => typeof value === 'string');
  const bytes = fields.map(([name, value]) =>
    NUMBERS.has(name) ? minimal(BigInt(String(value))) : fromHex(String(value).slice(2)),
  );
  return `0x${keccakHex(encodeRlp(bytes))}`;
}

/** The nodes from the root to a key, or to where it is not. */
function pathTo(trie: NaiveTrie, key: string): string[] {
  const nodes = nodesByHash(trie.nodes);
  const used: string[] = [];
  lookup(trie.root, fromHex(key), nodes, (hash) => used.push(hash));
  return used.map((hash) => `0x${toHex(nodes.get(hash) as Uint8Array)}`);
}

function addressKey(address: string): string {
  return toHex(keccak_256(fromHex(address.slice(2).toLowerCase())));
}

/** A number's bytes without leading zeros. */
export function minimal(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const digits = value.toString(16);
  return fromHex(digits.length % 2 === 0 ? digits : `0${digits}`);
}

const big = (hash: string): bigint => BigInt(`0x${hash}`);

/** The words of the contract for what some views answer; the layout is that of contracts/. */
export const WORDS = {
  anchorCount: (count: number, treeSize: number): [string, bigint][] => [
    [anchorCountSlot(), BigInt(count) | (BigInt(treeSize) << 64n)],
  ],
  anchor: (
    index: number,
    { treeSize, time, rootHash }: { treeSize: number; time: number; rootHash: string },
  ) => pairs(anchorSlots(index), [BigInt(treeSize) | (BigInt(time) << 64n), big(rootHash)]),
  stage: (
    key: string,
    stage: number,
    round: number,
    closed: { rootHash: string; count: number; anchorIndex: number; time: number; blockNumber: number },
  ) =>
    pairs(stageSlots(key, stage, round), [
      big(closed.rootHash),
      BigInt(closed.count) |
        (BigInt(closed.anchorIndex) << 64n) |
        (BigInt(closed.time) << 128n) |
        (BigInt(closed.blockNumber) << 192n),
    ]),
  /** Rounds of stages 3 to 7. */
  status: (key: string, rounds: readonly number[]): [string, bigint][] => [
    [
      roundSlot(key),
      rounds.reduce((word, round, i) => word | (BigInt(round) << BigInt(152 + 16 * i)), 0x0801n),
    ],
  ],
  tender: (
    process: string,
    tender: { notice: string; bidsDue: number; standstill: number; time: number; blockNumber: number },
  ) =>
    pairs(tenderSlots(process), [
      big(tender.notice),
      BigInt(tender.bidsDue) |
        (BigInt(tender.standstill) << 64n) |
        (1n << 96n) |
        (1n << 128n) |
        (BigInt(tender.time) << 160n),
      BigInt(tender.blockNumber),
    ]),
  award: (
    key: string,
    round: number,
    award: { commitment: string; standstillEnds: number; time: number; blockNumber: number },
  ) =>
    pairs(awardSlots(key, round), [
      big(award.commitment),
      BigInt(award.standstillEnds) | (BigInt(award.time) << 64n) | (BigInt(award.blockNumber) << 128n),
    ]),
};

function pairs(slots: readonly string[], words: readonly bigint[]): [string, bigint][] {
  return slots.map((slot, i) => [slot, words[i] ?? 0n]);
}

/** How many fields a witness's header has. */
export function fieldsOf(header: string): number {
  return (decodeRlp(fromHex(header.slice(2))) as readonly unknown[]).length;
}
