import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { agreeingReader, type ChainNode } from '@/lib/browser/verify/agreeing-reader';
import { readNodes } from '@/lib/browser/verify/ask-nodes';
import { ChainUnavailable, type LedgerReader } from '@/lib/evidence/chain-reader';
import { verifyEvidence } from '@/lib/evidence/verify';
import { withState } from '../../evidence/state/with-state';
import { FILE, NOW, REGISTRY, world } from '../../evidence/world';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const { evidence, chain } = world(sha256);
const honest: LedgerReader = { ...chain, cancellationOf: async () => null };

type Bend = Partial<LedgerReader>;
const node = (name: string, bend: Bend = {}): ChainNode => ({ name, read: () => ({ ...honest, ...bend }) });
const down = async (): Promise<never> => Promise.reject(new ChainUnavailable('unreachable', 'down'));
const DOWN = Object.fromEntries(
  Object.keys(honest).map((method) => [method, down]),
) as unknown as LedgerReader;
const lie = { anchorAt: async () => ({ treeSize: 40, time: 1, rootHash: 'ff'.repeat(32) }) };

async function verified(...nodes: ChainNode[]) {
  const reader = agreeingReader(nodes, REGISTRY.confirmations);
  const question = { evidence, registry: REGISTRY, file: { sha256, size: FILE.length }, now: NOW };
  const { verdict, steps } = await verifyEvidence({ ...question, chain: reader });
  return { outcome: verdict.outcome, codes: steps.map(({ code }) => code), report: reader.report() };
}

describe('several nodes', () => {
  it('prove what each of them proves', async () => {
    const { outcome, report } = await verified(node('a'), node('b'), node('c'));
    expect(outcome).toBe('proven');
    expect(report).toMatchObject({ block: 120, question: null });
    expect(report.nodes.map(({ name, head, fault }) => [name, head, fault])).toEqual([
      ['a', 120, null],
      ['b', 120, null],
      ['c', 120, null],
    ]);
  });

  it('give proofs of the contract’s storage when one of them does, under a block on which all agree', async () => {
    const proven = withState({ evidence, chain });
    const { blockByNumber } = proven.chain;
    const prove = async () => proven.state;
    expect(
      (await verified(node('a', { blockByNumber }), node('b', { blockByNumber, prove }))).codes,
    ).toContain('state-of-node');
    const alone = await verified(node('a', { blockByNumber, prove }));
    expect([alone.outcome, alone.codes.at(-1)]).toEqual(['proven', 'state-of-node']);
    // The one that proves under a block of its own is contradicted by the other about that block.
    expect((await verified(node('a'), node('b', { blockByNumber, prove }))).outcome).toBe('unchecked');
  });

  it('are one node when there is one, asked for what is newest', async () => {
    const asked: (number | 'latest')[] = [];
    const only: ChainNode = { name: 'a', read: (at) => (asked.push(at), honest) };
    expect((await verified(only)).outcome).toBe('proven');
    expect(asked).toEqual(['latest']);
    expect((await verified(node('a', DOWN))).codes).toContain('chain-unavailable');
  });

  it('are asked as of the newest block that all of them have', async () => {
    const asked: (number | 'latest')[] = [];
    const ahead: ChainNode = {
      name: 'ahead',
      read: (at) => (asked.push(at), { ...honest, blockNumber: async () => 125 }),
    };
    const { outcome, report } = await verified(ahead, node('behind'));
    expect([outcome, report.block, asked]).toEqual(['proven', 120, ['latest', 120]]);
    expect(report.nodes.map(({ head }) => head)).toEqual([125, 120]);
  });

  it('prove nothing when one lies, whichever it is and in whatever', async () => {
    for (const nodes of [
      [node('a'), node('b', lie)],
      [node('a', lie), node('b'), node('c')],
      // Two that belong together outvote nobody.
      [node('a', lie), node('b', lie), node('c')],
    ]) {
      const { outcome, codes, report } = await verified(...nodes);
      expect(outcome).toBe('unchecked');
      expect(codes).toContain('nodes-disagree');
      expect(report.question).toBe('anchorAt 7');
      expect(report.nodes.every(({ answer }) => answer !== null)).toBe(true);
    }
  });

  it('never prove anything when exactly one of them bends any answer that it is asked', async () => {
    const bends: Record<string, Bend> = {
      chainId: { chainId: async () => 1 },
      code: { code: async () => Uint8Array.of(1) },
      block: { blockByNumber: async (number) => ({ number, hash: `0x${'00'.repeat(32)}`, time: 0 }) },
      anchorAt: lie,
      noAnchor: { anchorAt: async () => null },
      stageAt: { stageAt: async () => null },
      roundOf: { roundOf: async () => 1 },
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(bends)),
        fc.integer({ min: 2, max: 5 }),
        fc.nat(4),
        async (bend, count, at) => {
          const nodes = Array.from({ length: count }, (_, i) =>
            node(`${i}`, i === at % count ? bends[bend] : {}),
          );
          expect((await verified(...nodes)).outcome).toBe('unchecked');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('prove nothing when one does not answer, and say which', async () => {
    const { outcome, codes, report } = await verified(node('a'), node('b', DOWN));
    expect([outcome, codes.includes('nodes-disagree')]).toEqual(['unchecked', false]);
    expect(report.nodes.map(({ fault }) => fault === null)).toEqual([true, false]);
  });

  it('contradict each other even while a third one is silent', async () => {
    const other = {
      blockByNumber: async (number: number) => ({ number, hash: `0x${'00'.repeat(32)}`, time: 0 }),
    };
    const half: Bend = { anchorAt: down };
    expect((await verified(node('a', lie), node('b'), node('c', half))).codes).toContain('nodes-disagree');
    expect((await verified(node('a', other), node('b'))).codes).toContain('nodes-disagree');
  });

  it('may differ in the newest blocks for a moment, which is no lie', async () => {
    const fork: Bend = {
      blockByNumber: async (number) =>
        number > 118 ? { number, hash: `0x${'00'.repeat(32)}`, time: 0 } : honest.blockByNumber(number),
    };
    const { outcome, codes } = await verified(node('a'), node('b', fork));
    expect([outcome, codes.includes('nodes-disagree'), codes.includes('chain-unavailable')]).toEqual([
      'unchecked',
      false,
      true,
    ]);
  });

  it('rely on nothing any more once they have contradicted each other', async () => {
    const reader = agreeingReader([node('a', lie), node('b')], 3);
    await expect(reader.anchorAt(7)).rejects.toMatchObject({ code: 'disagree' });
    await expect(reader.anchorCount()).rejects.toMatchObject({ code: 'disagree' });
  });
});

describe('addresses of nodes', () => {
  it('are read one a line, each once', () => {
    expect(
      readNodes(' https://a.example/x\n\nhttp://127.0.0.1:8545\nhttps://a.example/x\nfile:///etc\nnode'),
    ).toEqual({
      urls: ['https://a.example/x', 'http://127.0.0.1:8545'],
      unusable: ['file:///etc', 'node'],
    });
    expect(readNodes('')).toEqual({ urls: [], unusable: [] });
  });
});
