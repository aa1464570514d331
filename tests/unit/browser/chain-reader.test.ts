import { Interface } from 'ethers';
import { describe, expect, it } from 'vitest';
import { anchorCountSlot } from '@/lib/evidence/ledger-slots';
import { openState } from '@/lib/evidence/state-proof';
import { makeState, WORDS } from '../evidence/state/chain-state';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import artifact from '../../../contracts/artifact/ProcurementLedger.json';

/*
 * A node that answers through the contract's own ABI, as another library encodes it: a selector or a struct layout that
 * the hand-written reader gets wrong cannot pass.
 */
const abi = new Interface(artifact.abi);
const contract = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const hash = (byte: string) => `0x${byte.repeat(32)}`;

type Answer = (args: readonly unknown[]) => readonly unknown[];
const views: Record<string, Answer> = {
  anchorCount: () => [8n],
  anchorAt: ([index]) => [[40n, 1_770_000_000n + (index as bigint), hash('ab')]],
  stageAt: ([, stage, round]) =>
    round === 0n
      ? [[hash('cd'), 5n, 7n, 1_770_000_600n, 100n + (stage as bigint)]]
      : [[hash('00'), 0n, 0n, 0n, 0n]],
  roundOf: () => [2n],
  tenderOf: ([process]) =>
    process === hash('11')
      ? [[hash('ef'), 1_780_000_000n, 600n, 1n, 2n, 1_770_000_001n, 77n]]
      : [[hash('00'), 0n, 0n, 0n, 0n, 0n, 0n]],
  awardAt: ([key, round]) =>
    key === hash('11') && round === 3n
      ? [[hash('aa'), 1_790_000_000n, 1_789_000_000n, 88n]]
      : [[hash('00'), 0n, 0n, 0n]],
  cancellationOf: ([key]) =>
    key === hash('11') ? [[hash('bb'), 2n, 1_790_000_001n, 89n]] : [[hash('00'), 0n, 0n, 0n]],
};

/** As of which blocks the contract was asked. */
const blocks = new Set<unknown>();

const methods: Record<string, (params: readonly unknown[]) => unknown> = {
  eth_chainId: () => '0x7a69',
  eth_blockNumber: () => '0x64',
  eth_getCode: () => '0x60806040',
  eth_getBlockByNumber: ([number]) =>
    number === '0x5b' ? { number: '0x5b', hash: hash('9B'), timestamp: '0x69801f80', extra: [] } : null,
  eth_call: ([call, block]) => {
    blocks.add(block);
    const { to, data } = call as { to: string; data: string };
    expect(to).toBe(contract);
    const parsed = abi.parseTransaction({ data });
    if (parsed === null) throw new Error('unknown selector');
    return abi.encodeFunctionResult(parsed.name, [...(views[parsed.name]?.(parsed.args) ?? [])]);
  },
};

let asked = 0;
const node: typeof fetch = async (_, init) => {
  asked += 1;
  const { method, params } = JSON.parse(String(init?.body)) as { method: string; params: unknown[] };
  return Response.json({ jsonrpc: '2.0', id: 1, result: methods[method]?.(params) });
};

describe('reading the chain', () => {
  it('takes proofs of the newest block, or of the one that is named, and none that do not open', async () => {
    const storage = new Map(WORDS.anchorCount(3, 9));
    const made = makeState({
      contract,
      codeHash: hash('5c'),
      words: storage,
      number: 100,
      time: 1_790_000_000,
    });
    const at: unknown[] = [];
    const proving =
      (change: Record<string, (params: readonly unknown[]) => unknown> = {}): typeof fetch =>
      async (_, init) => {
        const { method, params } = JSON.parse(String(init?.body)) as { method: string; params: unknown[] };
        const answers: typeof methods = {
          eth_blockNumber: () => '0x64',
          eth_getBlockByNumber: () => made.block,
          eth_getProof: ([address, slots, number]) => (
            at.push(address, number),
            made.proof(slots as string[])
          ),
          ...change,
        };
        return Response.json({ jsonrpc: '2.0', id: 1, result: answers[method]?.(params) ?? null });
      };
    const prove = async (fetcher: typeof fetch, block?: number) =>
      chainReader('http://node.test', contract, fetcher, block).prove?.([anchorCountSlot()]);
    const witness = await prove(proving());
    const opened = openState(witness!, contract);
    expect(opened.ok && opened.state.block.hash).toBe(made.block['hash']);
    expect(await prove(proving(), 100)).toEqual(witness);
    expect(at).toEqual([contract, '0x64', contract, '0x64']);
    expect(await prove(proving({ eth_getProof: () => null }))).toBeNull();
    expect(
      await prove(proving({ eth_getBlockByNumber: () => ({ ...made.block, gasUsed: '0x1' }) })),
    ).toBeNull();
    expect(await prove(() => Promise.reject(new Error('away')))).toBeNull();
  });

  it('asks and understands every view of the contract', async () => {
    const reader = chainReader('http://node.test', contract, node);
    expect(await reader.chainId()).toBe(31337);
    expect(await reader.code(contract)).toEqual(Uint8Array.of(0x60, 0x80, 0x60, 0x40));
    expect(await reader.blockNumber()).toBe(100);
    expect(await reader.blockByNumber(91)).toEqual({ number: 91, hash: hash('9b'), time: 0x69801f80 });
    expect(await reader.blockByNumber(92)).toBeNull();
    expect(await reader.anchorCount()).toBe(8);
    expect(await reader.anchorAt(7)).toEqual({
      treeSize: 40,
      time: 1_770_000_007,
      rootHash: 'ab'.repeat(32),
    });
    expect(await reader.anchorAt(8)).toBeNull();
    expect(await reader.stageAt('11'.repeat(32), 5, 0)).toEqual({
      rootHash: 'cd'.repeat(32),
      count: 5,
      anchorIndex: 7,
      time: 1_770_000_600,
      blockNumber: 105,
    });
    expect(await reader.stageAt('11'.repeat(32), 5, 1)).toBeNull();
    expect(await reader.roundOf('11'.repeat(32), 5)).toBe(2);
    expect(await reader.tenderOf('11'.repeat(32))).toEqual({
      notice: 'ef'.repeat(32),
      bidsDue: 1_780_000_000,
      standstill: 600,
      time: 1_770_000_001,
      blockNumber: 77,
    });
    expect(await reader.tenderOf('22'.repeat(32))).toBeNull();
    expect(await reader.awardAt('11'.repeat(32), 3)).toMatchObject({
      commitment: 'aa'.repeat(32),
      blockNumber: 88,
    });
    expect(await reader.awardAt('11'.repeat(32), 2)).toBeNull();
  });

  it('understands a cancellation', async () => {
    const reader = chainReader('http://node.test', contract, node);
    expect(await reader.cancellationOf('11'.repeat(32))).toEqual({
      commitment: 'bb'.repeat(32),
      stage: 2,
      time: 1_790_000_001,
      blockNumber: 89,
    });
    expect(await reader.cancellationOf('22'.repeat(32))).toBeNull();
  });

  it('asks as of the newest block, or of the one that is named', async () => {
    for (const at of ['latest', 90] as const) {
      blocks.clear();
      await chainReader('http://node.test', contract, node, at).anchorCount();
      expect([...blocks]).toEqual([at === 'latest' ? at : '0x5a']);
    }
  });

  it('asks equal questions once', async () => {
    const reader = chainReader('http://node.test', contract, node);
    asked = 0;
    await Promise.all([reader.chainId(), reader.chainId(), reader.anchorCount(), reader.anchorCount()]);
    expect(asked).toBe(2);
  });

  const answering =
    (body: string): typeof fetch =>
    async () =>
      new Response(body);
  it.each<[string, typeof fetch, string]>([
    ['a node that is down', async () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['a page instead of a node', answering('<html>'), 'malformed'],
    ['an error', answering('{"error":{"code":3,"message":"execution reverted"}}'), 'refused'],
    ['null', answering('null'), 'malformed'],
    ['no result', answering('{}'), 'malformed'],
    ['another type', answering('{"result":[]}'), 'malformed'],
    ['too few words', answering('{"result":"0x00"}'), 'malformed'],
    ['a number out of range', answering(`{"result":"0x${'ff'.repeat(32)}"}`), 'malformed'],
    ['an endless answer', answering(`{"result":"0x${'00'.repeat(300_000)}"}`), 'malformed'],
  ])('names the fault: %s', async (_, fetcher, code) => {
    await expect(chainReader('http://node.test', contract, fetcher).anchorCount()).rejects.toMatchObject({
      name: 'ChainUnavailable',
      code,
    });
  });
});
