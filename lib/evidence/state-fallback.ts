import { keccak_256 } from '@noble/hashes/sha3.js';
import { toHex } from '@/lib/record/hex';
import { ChainUnavailable, type ChainReader } from './chain-reader';
import type { RegistryDescriptor } from './descriptor';
import type { OpenedState, ProvenState } from './state-proof';
import { stateReader, type StateReader } from './state-reader';

/*
 * Nodes forget the state of old blocks, and some serve headers only. Where the evidence proves the contract's storage in
 * a block, and the node has that very block, that proof answers what the node cannot. What the node does answer counts.
 */

/** The proven state once its block was found on the chain, deep enough; null where it was not. Never throws. */
export type SettledState = () => Promise<ProvenState | null>;

export function settledState(
  chain: ChainReader | null,
  { confirmations }: RegistryDescriptor,
  opened: OpenedState | null,
): SettledState {
  let found: Promise<ProvenState | null> | undefined;
  return () => (found ??= chain === null || !opened?.ok ? Promise.resolve(null) : find(chain, opened.state));

  async function find(node: ChainReader, state: ProvenState): Promise<ProvenState | null> {
    try {
      const depth = (await node.blockNumber()) - state.block.number + 1;
      if (depth < confirmations) return null;
      return (await node.blockByNumber(state.block.number))?.hash === state.block.hash ? state : null;
    } catch (error) {
      if (error instanceof ChainUnavailable) return null;
      throw error;
    }
  }
}

/** keccak-256 of the contract's code, 0x…: the node's word, else the proven one. @throws ChainUnavailable */
export function codeHashOf(node: ChainReader, contract: string, settled: SettledState): Promise<string> {
  const fromNode = async () => `0x${toHex(keccak_256(await node.code(contract)))}`;
  return orProven(fromNode, settled, async (state) => state.codeHash);
}

/** A reader that asks the node, and the proven state for what of the contract the node cannot answer. */
export function backedByState(node: ChainReader, settled: SettledState): ChainReader {
  const either = <T>(ask: (reader: StateReader) => Promise<T>): Promise<T> =>
    orProven(
      () => ask(node),
      settled,
      (state) => ask(stateReader(state)),
    );
  return {
    ...node,
    anchorCount: () => either((reader) => reader.anchorCount()),
    anchorAt: (index) => either((reader) => reader.anchorAt(index)),
    stageAt: (key, stage, round) => either((reader) => reader.stageAt(key, stage, round)),
    roundOf: (key, stage) => either((reader) => reader.roundOf(key, stage)),
    tenderOf: (process) => either((reader) => reader.tenderOf(process)),
    awardAt: (key, round) => either((reader) => reader.awardAt(key, round)),
  };
}

async function orProven<T>(
  fromNode: () => Promise<T>,
  settled: SettledState,
  fromState: (state: ProvenState) => Promise<T>,
): Promise<T> {
  try {
    return await fromNode();
  } catch (error) {
    // Nodes that contradict each other are not silent: nothing settles which of them is right.
    if (!(error instanceof ChainUnavailable) || error.code === 'disagree') throw error;
    const state = await settled();
    if (state === null) throw error;
    try {
      return await fromState(state);
    } catch {
      throw error;
    }
  }
}
