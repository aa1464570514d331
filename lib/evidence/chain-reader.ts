import type { StateWitness } from './format';

/*
 * What a verifier asks of the chain: plain data, no transactions, no events (nodes prune them). Hashes of the registry
 * are bare hexadecimal, those of the chain carry 0x, as in the evidence. Nothing written is answered as null.
 */

export interface ChainBlock {
  readonly number: number;
  readonly hash: string;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface ChainAnchor {
  readonly treeSize: number;
  readonly time: number;
  readonly rootHash: string;
}

export interface ChainStage {
  readonly rootHash: string;
  readonly count: number;
  readonly anchorIndex: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface ChainTender {
  readonly notice: string;
  readonly bidsDue: number;
  readonly standstill: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface ChainAward {
  readonly commitment: string;
  readonly standstillEnds: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface ChainCancellation {
  readonly commitment: string;
  readonly stage: number;
  readonly time: number;
  readonly blockNumber: number;
}

/** Reads one contract on one chain. Each function may throw `ChainUnavailable`, and nothing else. */
export interface ChainReader {
  chainId(): Promise<number>;
  /** Deployed code; empty where there is none. */
  code(address: string): Promise<Uint8Array>;
  blockNumber(): Promise<number>;
  blockByNumber(number: number): Promise<ChainBlock | null>;
  anchorCount(): Promise<number>;
  anchorAt(index: number): Promise<ChainAnchor | null>;
  stageAt(key: string, stage: number, round: number): Promise<ChainStage | null>;
  roundOf(key: string, stage: number): Promise<number>;
  tenderOf(process: string): Promise<ChainTender | null>;
  awardAt(key: string, round: number): Promise<ChainAward | null>;
  /**
   * Proofs of these slots of the contract's storage, in a block that the node serves; null where it gives none that hold.
   * Nobody needs it: what it shows is whether the node's own answers follow from its own block.
   */
  prove?(slots: readonly string[]): Promise<StateWitness | null>;
}

/** Asks also what no step of a verification needs: what became of a tender since. */
export interface LedgerReader extends ChainReader {
  /** @param key of the process or of a unit of it */
  cancellationOf(key: string): Promise<ChainCancellation | null>;
}

/**
 * `disagree`: several nodes were asked, and they do not say the same. `unsettled`: they differ in the newest blocks only.
 * `uncovered`: no node was asked, and the storage proofs in the evidence do not reach so far.
 */
export type ChainFault = 'unreachable' | 'refused' | 'malformed' | 'disagree' | 'unsettled' | 'uncovered';

const MESSAGES: Record<ChainFault, string> = {
  unreachable: 'The node could not be reached: check its address, or choose another node',
  refused: 'The node refused the question: choose another node',
  malformed: 'The node answered something that is not an answer: choose another node',
  disagree: 'The nodes contradict each other: at least one of them is wrong',
  uncovered: 'The proof of the contract’s storage does not cover this: ask a node',
  unsettled: 'The nodes have not settled on the newest blocks yet: try again in a minute',
};

export class ChainUnavailable extends Error {
  readonly code: ChainFault;

  constructor(code: ChainFault, detail: string) {
    super(`${MESSAGES[code]} (${detail})`);
    this.name = 'ChainUnavailable';
    this.code = code;
  }
}
