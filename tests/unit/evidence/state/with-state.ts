import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import type { Evidence, StateWitness } from '@/lib/evidence/format';
import { slotsOf } from '@/lib/evidence/state-slots';
import { witnessOf } from '@/lib/evidence/state-witness';
import { blockTime, CLOSED, REGISTRY, type world } from '../world';
import { makeState, WORDS, type StateOptions } from './chain-state';

/* Evidence of the small registry that brings a proof of the contract's storage, and the chain that has its block. */

export type World = Pick<ReturnType<typeof world>, 'evidence' | 'chain'>;

export const STATE_BLOCK = 110;

export interface Change extends Partial<Pick<StateOptions, 'header' | 'codeHash' | 'number' | 'keepZeros'>> {
  /** Instead of, or beside, what the contract holds. */
  readonly words?: readonly (readonly [string, bigint])[];
  /** What of the storage is proven; what a verifier asks for, if not named. */
  readonly slots?: readonly string[];
}

export function wordsOf({ anchor, stage }: Evidence): Map<string, bigint> {
  if (anchor === null) throw new Error('not anchored');
  return new Map([
    ...WORDS.anchorCount(8, anchor.treeSize),
    ...WORDS.anchor(7, anchor),
    ...(stage === null
      ? []
      : [
          ...WORDS.stage(stage.key, stage.stage, stage.round, { ...stage, ...CLOSED }),
          ...WORDS.status(stage.key, [0, 0, 0, 0, 0]),
        ]),
  ]);
}

/** The same evidence with the state of block 110, whose hash the same chain then has. */
export function withState({ evidence, chain }: World, change: Change = {}): World & { state: StateWitness } {
  const number = change.number ?? STATE_BLOCK;
  const made = makeState({
    contract: REGISTRY.contract,
    codeHash: REGISTRY.codeHash,
    time: blockTime(number),
    ...change,
    number,
    words: new Map([...wordsOf(evidence), ...(change.words ?? [])]),
  });
  const taken = witnessOf(made.block, made.proof(change.slots ?? slotsOf(evidence, CLOSED.anchorIndex)));
  if (!taken.ok) throw new Error(taken.fault);
  const { block, witness } = taken;
  return {
    evidence: { ...evidence, state: witness },
    state: witness,
    chain: {
      ...chain,
      blockByNumber: async (asked) => (asked === number ? block : chain.blockByNumber(asked)),
    },
  };
}

const down = async (): Promise<never> => {
  throw new ChainUnavailable('refused', 'the state of this block is pruned');
};

/** A node that no longer has any state: it serves blocks only. */
export function headersOnly(chain: ChainReader): ChainReader {
  const nothing = { code: down, anchorCount: down, anchorAt: down, stageAt: down };
  return { ...chain, ...nothing, roundOf: down, tenderOf: down, awardAt: down };
}
