import {
  ChainUnavailable,
  type ChainBlock,
  type ChainReader,
  type LedgerReader,
} from '@/lib/evidence/chain-reader';
import type { StateWitness } from '@/lib/evidence/format';
import { witnessOf } from '@/lib/evidence/state-witness';
import { fromHex } from '@/lib/record/hex';
import { decodeWords, encodeCall, type AbiArgument, type AbiWords } from './abi';
import { jsonRpc, type Rpc } from './json-rpc';

const ZERO_HASH = '0'.repeat(64);

/**
 * Reads ProcurementLedger at `contract` through the node at `url`. Make a new one for each verification: it remembers
 * every answer.
 * @param at the block as of which the contract is asked.
 */
export function chainReader(
  url: string,
  contract: string,
  fetcher?: typeof fetch,
  at: number | 'latest' = 'latest',
): LedgerReader {
  return readerOver(jsonRpc(url, fetcher), contract, at);
}

/** As `chainReader`, over a connection that may be shared by several readers. */
export function readerOver(rpc: Rpc, contract: string, at: number | 'latest'): LedgerReader {
  const block = at === 'latest' ? at : `0x${at.toString(16)}`;
  const view = async (signature: string, args: readonly AbiArgument[], words: number): Promise<AbiWords> => {
    const answer = await rpc('eth_call', [{ to: contract, data: encodeCall(signature, args) }, block]);
    return decodeWords(text(answer), words);
  };
  const prove = (slots: readonly string[]) => proofOf(rpc, contract, slots, block);
  return { ...blockReads(rpc, block), ...ledgerReads(view), prove };
}

/** EIP-1186. Most nodes prove the newest blocks only, some none at all. */
async function proofOf(
  rpc: Rpc,
  contract: string,
  slots: readonly string[],
  at: string,
): Promise<StateWitness | null> {
  try {
    const number = at === 'latest' ? await rpc('eth_blockNumber', []) : at;
    const header = await rpc('eth_getBlockByNumber', [number, false]);
    const taken = witnessOf(header, await rpc('eth_getProof', [contract, slots, number]));
    return taken.ok ? taken.witness : null;
  } catch (error) {
    if (error instanceof ChainUnavailable) return null;
    throw error;
  }
}

function blockReads(
  rpc: Rpc,
  at: string,
): Pick<ChainReader, 'chainId' | 'code' | 'blockNumber' | 'blockByNumber'> {
  return {
    chainId: async () => quantity(await rpc('eth_chainId', [])),
    async code(address) {
      const answer = text(await rpc('eth_getCode', [address, at]));
      try {
        return fromHex(answer.slice(2).toLowerCase());
      } catch {
        throw new ChainUnavailable('malformed', 'code');
      }
    },
    blockNumber: async () => quantity(await rpc('eth_blockNumber', [])),
    blockByNumber: async (number) =>
      block(await rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])),
  };
}

type View = (signature: string, args: readonly AbiArgument[], words: number) => Promise<AbiWords>;
type LedgerReads = Omit<LedgerReader, 'chainId' | 'code' | 'blockNumber' | 'blockByNumber' | 'prove'>;

/** The struct layouts are those of contracts/LedgerTypes.sol, in their order. */
function ledgerReads(view: View): LedgerReads {
  const anchorCount = async () => (await view('anchorCount()', [], 1)).uint(0);
  return {
    anchorCount,
    async anchorAt(index) {
      // Past the end the contract reverts, which nodes report in as many ways as there are nodes.
      if (index >= (await anchorCount())) return null;
      const words = await view('anchorAt(uint256)', [index], 3);
      return { treeSize: words.uint(0), time: words.uint(1), rootHash: words.hash(2) };
    },
    async stageAt(key, stage, round) {
      const words = await view('stageAt(bytes32,uint8,uint32)', [key, stage, round], 5);
      if (words.hash(0) === ZERO_HASH) return null;
      return {
        rootHash: words.hash(0),
        count: words.uint(1),
        anchorIndex: words.uint(2),
        time: words.uint(3),
        blockNumber: words.uint(4),
      };
    },
    roundOf: async (key, stage) => (await view('roundOf(bytes32,uint8)', [key, stage], 1)).uint(0),
    async tenderOf(process) {
      const words = await view('tenderOf(bytes32)', [process], 7);
      if (words.hash(0) === ZERO_HASH) return null;
      return {
        notice: words.hash(0),
        bidsDue: words.uint(1),
        standstill: words.uint(2),
        time: words.uint(5),
        blockNumber: words.uint(6),
      };
    },
    async awardAt(key, round) {
      const words = await view('awardAt(bytes32,uint32)', [key, round], 4);
      if (words.hash(0) === ZERO_HASH) return null;
      return {
        commitment: words.hash(0),
        standstillEnds: words.uint(1),
        time: words.uint(2),
        blockNumber: words.uint(3),
      };
    },
    async cancellationOf(key) {
      const words = await view('cancellationOf(bytes32)', [key], 4);
      if (words.uint(2) === 0) return null;
      return {
        commitment: words.hash(0),
        stage: words.uint(1),
        time: words.uint(2),
        blockNumber: words.uint(3),
      };
    },
  };
}

function block(answer: unknown): ChainBlock | null {
  if (answer === null) return null;
  if (
    typeof answer !== 'object' ||
    !('number' in answer) ||
    !('hash' in answer) ||
    !('timestamp' in answer)
  ) {
    throw new ChainUnavailable('malformed', 'block');
  }
  return {
    number: quantity(answer.number),
    hash: text(answer.hash).toLowerCase(),
    time: quantity(answer.timestamp),
  };
}

function text(answer: unknown): string {
  if (typeof answer !== 'string' || !answer.startsWith('0x'))
    throw new ChainUnavailable('malformed', 'not hexadecimal');
  return answer;
}

function quantity(answer: unknown): number {
  const value = /^0x[0-9a-f]{1,14}$/i.test(text(answer)) ? Number(answer) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new ChainUnavailable('malformed', 'not a quantity');
  return value;
}
