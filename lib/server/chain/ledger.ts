import type { JsonRpcProvider } from 'ethers';
import { keccak256 } from 'ethers';
import { ledgerCodeHash, ledgerInterface } from './artifact';
import { ChainError } from './chain-error';
import {
  hash,
  number,
  toAnchor,
  toAward,
  toCancellation,
  toDueTime,
  toHold,
  toReopening,
  toRetirement,
  toStage,
  toTender,
  toUnit,
  type Anchor,
  type OnChainCommittee,
  type Values,
} from './ledger-records';
import { checkChain, connectRpc, reach } from './rpc';
import { askState } from './state-answers';
import { fromBytes32, fromUint, toBytes32, toUint } from './values';

export interface Block {
  readonly number: number;
  /** 0x-prefixed: the chain's own identifier. */
  readonly hash: string;
  readonly time: number;
}

/** A block to read the state of: a number, or the newest. Old state is pruned by many nodes. */
export type AtBlock = number | 'latest';

export interface LedgerAddress {
  readonly rpcUrl: string;
  readonly chainId: number;
  /** The contract's address, 0x-prefixed. */
  readonly address: string;
}

/** One view call; the returned values by name. @throws ChainError */
async function read(
  provider: JsonRpcProvider,
  address: string,
  name: string,
  args: readonly unknown[],
  at: AtBlock,
): Promise<unknown> {
  const data = ledgerInterface.encodeFunctionData(name, args);
  const answer = await reach(() => provider.call({ to: address, data, blockTag: at }));
  // A call to an address without code succeeds and returns nothing.
  if (answer === '0x') throw new ChainError('no-contract', address);
  return ledgerInterface.decodeFunctionResult(name, answer)[0];
}

/** What nodes say of a state that they no longer have. */
const PRUNED =
  /missing trie node|pruned|state .*(not|un)\s?available|BlockOutOfRange|header not found|historical/i;

/** Reads of the state at a block, whatever the reader names; of the newest, where the node no longer has that one. */
const boundTo =
  (call: ReadCall, block: number): ReadCall =>
  async (name, args) => {
    try {
      return await call(name, args, block);
    } catch (error) {
      if (error instanceof ChainError && error.code === 'rpc-failed' && PRUNED.test(error.message))
        return call(name, args, 'latest');
      throw error;
    }
  };

/** Reads of the anchors. */
function anchorReads(call: ReadCall) {
  const anchorCount = async (at: AtBlock = 'latest') =>
    fromUint((await call('anchorCount', [], at)) as bigint);
  const anchorAt = async (index: number, at: AtBlock = 'latest') =>
    toAnchor((await call('anchorAt', [toUint(index)], at)) as Values);
  return {
    anchorCount,
    /** @throws ChainError `refused` (UnknownAnchor) for an index that does not exist. */
    anchorAt,
    /** With its index; null while nothing is anchored. */
    async latestAnchor(at: AtBlock = 'latest'): Promise<{ index: number; anchor: Anchor } | null> {
      const count = await anchorCount(at);
      return count === 0 ? null : { index: count - 1, anchor: await anchorAt(count - 1, at) };
    },
    /** The first anchor with time ≥ `time`: what `closeStage` wants for `bids`. Anchor times never decrease. */
    async firstAnchorFrom(
      time: number,
      at: AtBlock = 'latest',
    ): Promise<{ index: number; anchor: Anchor } | null> {
      let low = 0;
      let high = await anchorCount(at);
      let found: Anchor | null = null;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const anchor = await anchorAt(middle, at);
        if (anchor.time >= time) {
          high = middle;
          found = anchor;
        } else low = middle + 1;
      }
      return found === null ? null : { index: low, anchor: found };
    },
    async verifyInclusion(
      claim: { commitment: string; index: number; anchorIndex: number; proof: readonly string[] },
      at: AtBlock = 'latest',
    ): Promise<boolean> {
      const { commitment, index, anchorIndex, proof } = claim;
      const args = [toBytes32(commitment), toUint(index), toUint(anchorIndex), proof.map(toBytes32)];
      return (await call('verifyInclusion', args, at)) as boolean;
    },
  };
}

type ReadCall = (name: string, args: readonly unknown[], at: AtBlock) => Promise<unknown>;

/** Reads of one process. `key` is SHA-256(ocid). */
function processReads(call: ReadCall) {
  return {
    tenderOf: async (key: string, at: AtBlock = 'latest') =>
      toTender((await call('tenderOf', [toBytes32(key)], at)) as Values),
    /** @throws ChainError `refused` for a version that does not exist. */
    async committeeAt(key: string, version: number, at: AtBlock = 'latest'): Promise<OnChainCommittee> {
      const v = (await call('committeeAt', [toBytes32(key), toUint(version)], at)) as Values;
      return { keyset: hash(v, 'keyset'), time: number(v, 'time'), blockNumber: number(v, 'blockNumber') };
    },
    /** The stage as closed in its current round; null while open. A cancelled process has its last stage frozen too. */
    stageOf: async (key: string, stage: number, at: AtBlock = 'latest') =>
      toStage((await call('stageOf', [toBytes32(key), toUint(stage)], at)) as Values),
    stageAt: async (key: string, stage: number, round: number, at: AtBlock = 'latest') =>
      toStage((await call('stageAt', [toBytes32(key), toUint(stage), toUint(round)], at)) as Values),
    roundOf: async (key: string, stage: number, at: AtBlock = 'latest') =>
      fromUint((await call('roundOf', [toBytes32(key), toUint(stage)], at)) as bigint),
    bidsDueAt: async (key: string, version: number, at: AtBlock = 'latest') =>
      toDueTime((await call('bidsDueAt', [toBytes32(key), toUint(version)], at)) as Values),
    awardAt: async (key: string, round: number, at: AtBlock = 'latest') =>
      toAward((await call('awardAt', [toBytes32(key), toUint(round)], at)) as Values),
    awardOf: async (key: string, at: AtBlock = 'latest') =>
      toAward((await call('awardOf', [toBytes32(key)], at)) as Values),
    cancellationOf: async (key: string, at: AtBlock = 'latest') =>
      toCancellation((await call('cancellationOf', [toBytes32(key)], at)) as Values),
    /** Seconds since 1970, or null when the envelope was never committed on chain. */
    async bidCommittedAt(key: string, envelope: string, at: AtBlock = 'latest'): Promise<number | null> {
      const time = (await call('bidCommittedAt', [toBytes32(key), toBytes32(envelope)], at)) as bigint;
      return time === 0n ? null : fromUint(time);
    },
  };
}

/** Reads that find everything there is: audit needs no events. */
function listReads(call: ReadCall) {
  const hex = (value: unknown) => fromBytes32(value as string);
  return {
    processCount: async (at: AtBlock = 'latest') => fromUint((await call('processCount', [], at)) as bigint),
    /** SHA-256(ocid) of process number `index`, in the order of publication. */
    processAt: async (index: number, at: AtBlock = 'latest') =>
      hex(await call('processAt', [toUint(index)], at)),
    unitCount: async (process: string, at: AtBlock = 'latest') =>
      fromUint((await call('unitCount', [toBytes32(process)], at)) as bigint),
    unitAt: async (process: string, index: number, at: AtBlock = 'latest') =>
      hex(await call('unitAt', [toBytes32(process), toUint(index)], at)),
    unitOf: async (unit: string, at: AtBlock = 'latest') =>
      toUnit((await call('unitOf', [toBytes32(unit)], at)) as Values),
    holdCount: async (key: string, at: AtBlock = 'latest') =>
      fromUint((await call('holdCount', [toBytes32(key)], at)) as bigint),
    holdAt: async (key: string, index: number, at: AtBlock = 'latest') =>
      toHold((await call('holdAt', [toBytes32(key), toUint(index)], at)) as Values),
    /** The decision by which a round began; null for round 0. */
    reopeningAt: async (key: string, stage: number, round: number, at: AtBlock = 'latest') =>
      toReopening((await call('reopeningAt', [toBytes32(key), toUint(stage), toUint(round)], at)) as Values),
    retirement: async (at: AtBlock = 'latest') => toRetirement((await call('retirement', [], at)) as Values),
  };
}

async function readBlock(provider: JsonRpcProvider, at: AtBlock): Promise<Block> {
  const block = await reach(() => provider.getBlock(at));
  if (block?.hash == null) throw new ChainError('rpc-failed', `the node has no block ${at}`);
  return { number: block.number, hash: block.hash, time: block.timestamp };
}

/**
 * A typed reader of one deployed ledger. Connecting asks nothing of the node; call `verifyDeployment` once at start.
 * Every method throws ChainError.
 */
export function connectLedger({ rpcUrl, chainId, address }: LedgerAddress) {
  const provider = connectRpc({ rpcUrl, chainId });
  const call: ReadCall = (name, args, at) => read(provider, address, name, args, at);
  const readsBy = (way: ReadCall) => ({ ...anchorReads(way), ...processReads(way), ...listReads(way) });
  return {
    address,
    chainId,
    ...readsBy(call),
    /** The same reads of the state at one block: what is to be believed as final is not read from a later one. */
    at: (block: number) => readsBy(boundTo(call, block)),
    latestBlock: () => readBlock(provider, 'latest'),
    block: (blockNumber: number) => readBlock(provider, blockNumber),
    /** What the node says of the contract's storage in its newest block, and of that block: nothing of it is checked here. */
    state: (slots: readonly string[]) => askState(provider, address, slots),
    /** Is this the configured chain, and is this release's contract at the address? @throws ChainError */
    async verifyDeployment(): Promise<void> {
      await checkChain(provider, chainId);
      const code = await reach(() => provider.getCode(address));
      if (code === '0x') throw new ChainError('no-contract', address);
      if (keccak256(code).slice(2) !== ledgerCodeHash) throw new ChainError('code-mismatch', address);
    },
    close: () => provider.destroy(),
  };
}

export type Ledger = ReturnType<typeof connectLedger>;
