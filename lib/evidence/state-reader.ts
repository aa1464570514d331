import { ChainUnavailable, type LedgerReader } from './chain-reader';
import { anchorCountSlot, anchorSlots, awardSlots, roundSlot, stageSlots, tenderSlots } from './ledger-slots';
import type { ProvenState } from './state-proof';

/** The views of the contract that storage proofs answer. */
export type StateReader = Pick<
  LedgerReader,
  'anchorCount' | 'anchorAt' | 'stageAt' | 'roundOf' | 'tenderOf' | 'awardAt'
>;

/** Stages from here on have rounds, of 16 bits each from bit 152 of the key's status word up (contracts/lib/Status.sol). */
const FIRST_WITH_ROUNDS = 3;
const STAGES = 8;

/** Answers the contract's views from proven words. Each throws `ChainUnavailable` for what the witness does not cover. */
export function stateReader(state: ProvenState): StateReader {
  const words = (slots: readonly string[]) => slots.map((slot) => state.word(slot));
  const anchorCount = async () => lane(state.word(anchorCountSlot()), 0);
  return {
    anchorCount,
    async anchorAt(index) {
      if (index >= (await anchorCount())) return null;
      const [mark = 0n, root = 0n] = words(anchorSlots(index));
      return { treeSize: lane(mark, 0), time: lane(mark, 64), rootHash: hash(root) };
    },
    async stageAt(key, stage, round) {
      const [root = 0n, numbers = 0n] = words(stageSlots(key, stage, round));
      if (root === 0n) return null;
      return {
        rootHash: hash(root),
        count: lane(numbers, 0),
        anchorIndex: lane(numbers, 64),
        time: lane(numbers, 128),
        blockNumber: lane(numbers, 192),
      };
    },
    async roundOf(key, stage) {
      if (stage < FIRST_WITH_ROUNDS || stage >= STAGES) return 0;
      return lane(state.word(roundSlot(key)), 152 + 16 * (stage - FIRST_WITH_ROUNDS), 16);
    },
    async tenderOf(process) {
      const [notice = 0n, terms = 0n, block = 0n] = words(tenderSlots(process));
      if (notice === 0n) return null;
      return {
        notice: hash(notice),
        bidsDue: lane(terms, 0),
        standstill: lane(terms, 64, 32),
        time: lane(terms, 160),
        blockNumber: lane(block, 0),
      };
    },
    async awardAt(key, round) {
      const [commitment = 0n, numbers = 0n] = words(awardSlots(key, round));
      if (commitment === 0n) return null;
      return {
        commitment: hash(commitment),
        standstillEnds: lane(numbers, 0),
        time: lane(numbers, 64),
        blockNumber: lane(numbers, 128),
      };
    },
  };
}

/** The `bits` bits of a word from bit `from` up, as a number. */
function lane(word: bigint, from: number, bits = 64): number {
  const value = Number(BigInt.asUintN(bits, word >> BigInt(from)));
  if (!Number.isSafeInteger(value)) throw new ChainUnavailable('malformed', 'a number is out of range');
  return value;
}

function hash(word: bigint): string {
  return word.toString(16).padStart(64, '0');
}
