import { keccak_256 } from '@noble/hashes/sha3.js';
import { ChainUnavailable } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';

/*
 * Just enough of the contract ABI to ask ProcurementLedger its views: arguments and answers are all of static types, so
 * each is one 32-byte word after another. A chain library would weigh twenty times as much in a citizen's browser.
 */

const WORD = 64;

/** A 32-byte hash as bare hexadecimal, or an unsigned integer. */
export type AbiArgument = string | number;

/** Call data: four bytes of keccak-256(signature), then one word per argument. */
export function encodeCall(signature: string, args: readonly AbiArgument[]): string {
  const selector = toHex(keccak_256(new TextEncoder().encode(signature)).slice(0, 4));
  return `0x${selector}${args.map(encodeWord).join('')}`;
}

function encodeWord(value: AbiArgument): string {
  const word = typeof value === 'number' ? value.toString(16) : value;
  return word.padStart(WORD, '0');
}

/** Splits an answer into exactly `count` words. @throws ChainUnavailable */
export function decodeWords(answer: string, count: number): AbiWords {
  if (!/^0x[0-9a-f]*$/i.test(answer) || answer.length !== 2 + count * WORD) {
    throw new ChainUnavailable('malformed', `expected ${count} words`);
  }
  const word = (index: number) => answer.slice(2 + index * WORD, 2 + (index + 1) * WORD).toLowerCase();
  return {
    hash: word,
    uint(index) {
      const value = Number(BigInt(`0x${word(index)}`));
      if (!Number.isSafeInteger(value)) throw new ChainUnavailable('malformed', 'a number is out of range');
      return value;
    },
  };
}

export interface AbiWords {
  /** Word `index` as bare hexadecimal. */
  hash(index: number): string;
  /** Word `index` as a number. */
  uint(index: number): number;
}
