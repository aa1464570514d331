import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';

/*
 * Nodes for the chains of this folder's tests: JSON-RPC on loopback, at /0, /1 and so on. What a chain says is put into
 * words as the contract's interface has it, so that a verifier in any language can ask.
 */

type Word = number | string;
type View = (chain: ChainReader, args: readonly string[]) => Promise<readonly Word[] | null>;

const VIEWS: Readonly<Record<string, View>> = {
  'anchorCount()': async (chain) => [await chain.anchorCount()],
  'anchorAt(uint256)': async (chain, [index = '']) => {
    const anchor = await chain.anchorAt(Number(`0x${index}`));
    return anchor && [anchor.treeSize, anchor.time, anchor.rootHash];
  },
  'stageAt(bytes32,uint8,uint32)': async (chain, [key = '', stage = '', round = '']) => {
    const closed = await chain.stageAt(key, Number(`0x${stage}`), Number(`0x${round}`));
    if (closed === null) return zeros(5);
    return [closed.rootHash, closed.count, closed.anchorIndex, closed.time, closed.blockNumber];
  },
  'roundOf(bytes32,uint8)': async (chain, [key = '', stage = '']) => [
    await chain.roundOf(key, Number(`0x${stage}`)),
  ],
  'tenderOf(bytes32)': async (chain, [process = '']) => {
    const tender = await chain.tenderOf(process);
    if (tender === null) return zeros(7);
    return [tender.notice, tender.bidsDue, tender.standstill, 1, 1, tender.time, tender.blockNumber];
  },
  'awardAt(bytes32,uint32)': async (chain, [key = '', round = '']) => {
    const award = await chain.awardAt(key, Number(`0x${round}`));
    return award === null
      ? zeros(4)
      : [award.commitment, award.standstillEnds, award.time, award.blockNumber];
  },
};

const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const selector = (signature: string) => toHex(keccak_256(new TextEncoder().encode(signature)).subarray(0, 4));
const BY_SELECTOR = new Map(Object.entries(VIEWS).map(([signature, view]) => [selector(signature), view]));
const quantity = (value: number) => `0x${value.toString(16)}`;
const word = (value: Word) => (typeof value === 'number' ? value.toString(16) : value).padStart(64, '0');

async function answer(chain: ChainReader | undefined, method: string, [first, second]: readonly unknown[]) {
  if (chain === undefined) throw new Error('no such node');
  switch (method) {
    case 'eth_chainId':
      return quantity(await chain.chainId());
    case 'eth_blockNumber':
      return quantity(await chain.blockNumber());
    case 'eth_getCode':
      if (second !== 'latest') throw new Error('a state that this node does not keep');
      return `0x${toHex(await chain.code(String(first)))}`;
    case 'eth_getBlockByNumber': {
      const block = await chain.blockByNumber(Number(first));
      return block && { number: quantity(block.number), hash: block.hash, timestamp: quantity(block.time) };
    }
    case 'eth_call':
      return view(chain, (first as { data: string }).data.slice(2));
    default:
      throw new Error(`unknown method ${method}`);
  }
}

async function view(chain: ChainReader, data: string): Promise<string> {
  const asked = BY_SELECTOR.get(data.slice(0, 8));
  if (asked === undefined) throw new Error('unknown selector');
  const words = await asked(chain, data.slice(8).match(/.{64}/g) ?? []);
  if (words === null) throw new Error('execution reverted');
  return `0x${words.map(word).join('')}`;
}

/** Serves each chain at an address of its own. @returns the addresses, and how to end it. */
export async function serveChains(chains: readonly ChainReader[]) {
  const server: Server = createServer((request, response) => {
    // As public nodes do, for pages of any origin: one opened from the disk has none.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type');
    if (request.method === 'OPTIONS') return void response.end();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      const { method, params } = JSON.parse(Buffer.concat(parts).toString()) as {
        method: string;
        params: unknown[];
      };
      const answered = answer(chains[Number(request.url?.slice(1))], method, params);
      answered.then(
        (result) => response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result })),
        (error: unknown) =>
          response.end(
            JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: String(error) } }),
          ),
      );
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (chain: ChainReader) => `http://127.0.0.1:${port}/${chains.indexOf(chain)}`,
    close: () => new Promise((resolve) => void server.close(resolve)),
  };
}
