import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ask, nodeNames, readNodes, type Answer } from '@/lib/browser/offline-verifier/ask';
import { merklePath } from '@/lib/browser/offline-verifier/merkle-path';
import { pairUp, type Item } from '@/lib/browser/offline-verifier/pairs';
import { readFile, type ReadFile } from '@/lib/browser/offline-verifier/read-file';
import { readRegistry } from '@/lib/browser/offline-verifier/registry';
import { nodeWord, resultView } from '@/lib/browser/offline-verifier/result-view';
import { verifierWords } from '@/lib/browser/offline-verifier/words';
import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import { descriptorFingerprint } from '@/lib/evidence/descriptor';
import { STATE_BLOCK, withState } from '../../evidence/state/with-state';
import { awardRecord, FILE, NOW, REGISTRY, world } from '../../evidence/world';

const SHA256 = createHash('sha256').update(FILE).digest('hex');
const WORLD = world(SHA256);
const OTHER = world('ab'.repeat(32), { record: awardRecord('ab'.repeat(32), { data: {} }) });

const evidenceFile = ({ evidence } = WORLD): ReadFile => ({
  kind: 'evidence',
  evidence,
  text: JSON.stringify(evidence),
});
const document = (sha256: string, name: string): ReadFile => ({
  kind: 'document',
  file: { sha256, size: FILE.length, name },
});
const items = (...reads: ReadFile[]): Item[] =>
  reads.map((read, at) => ({ id: at + 1, name: `file-${at + 1}`, size: 1, read }));
const keys = (...reads: ReadFile[]) => {
  const { pairs, orphans } = pairUp(items(...reads));
  return [pairs.map(({ key }) => key), orphans.map(({ name }) => name)];
};

describe('which document goes with which evidence', () => {
  it('goes by the digest, in whatever order they come, and evidence without a document stands alone', () => {
    const own = document(SHA256, 'renamed.txt');
    expect(keys(evidenceFile(), evidenceFile(OTHER), own)).toEqual([['1/3', '2/'], []]);
    expect(keys(own, evidenceFile())).toEqual([['2/1'], []]);
  });

  it('holds an altered document against the only evidence, or that of its name, and passes none over', () => {
    const altered = document('cd'.repeat(32), 'whatever.txt');
    expect(keys(evidenceFile(), altered)).toEqual([['1/2'], []]);
    expect(keys(evidenceFile(), evidenceFile(OTHER), altered)).toEqual([['1/', '2/'], ['whatever.txt']]);
    const named = document('cd'.repeat(32), 'award-notice.txt');
    expect(keys(evidenceFile(), evidenceFile(OTHER), named)).toEqual([['1/3', '2/3'], []]);
    expect(keys(altered)).toEqual([[], ['whatever.txt']]);
  });

  it('counts the same evidence once', () => {
    expect(keys(evidenceFile(), evidenceFile())).toEqual([['1/'], []]);
  });
});

describe('the description of the registry', () => {
  it('is read by itself or within the answer of the interface, with its fingerprint', () => {
    const fingerprint = descriptorFingerprint(REGISTRY);
    expect(readRegistry(JSON.stringify(REGISTRY))).toEqual({
      ok: true,
      trusted: { registry: REGISTRY, fingerprint, embedded: false },
    });
    const answer = { descriptor: REGISTRY, prefixLength: 2, rpcUrl: null, embedded: true };
    expect(readRegistry(JSON.stringify(answer))).toMatchObject({ trusted: { fingerprint, embedded: true } });
    const shouted = { ...REGISTRY, contract: `0x${REGISTRY.contract.slice(2).toUpperCase()}` };
    expect(readRegistry(JSON.stringify(shouted))).toMatchObject({ trusted: { fingerprint } });
  });

  it('is refused when it is nothing, something else, contradictory or a secret', () => {
    const code = (text: string) => {
      const read = readRegistry(text);
      return read.ok ? 'ok' : read.code;
    };
    expect(code(' \n')).toBe('empty');
    expect(code('{')).toBe('not-json');
    expect(code('{}')).toBe('not-descriptor');
    expect(code(JSON.stringify({ ...REGISTRY, origin: 'registry.examp1e/tenderproof' }))).toBe(
      'not-descriptor',
    );
    expect(code('{"format":"tenderproof-key/1"}')).toBe('secret');
  });
});

describe('files', () => {
  const file = (name: string, content: string) => new File([content], name);
  const none = () => undefined;

  it('that hold secrets are told by name or head, and nothing else of them is kept', async () => {
    const secret = { kind: 'secret', secret: 'key' };
    expect(await readFile(file('tenderproof-key-1.json', '{}'), none)).toEqual(secret);
    expect(await readFile(file('innocent.json', '{"format":"tenderproof-key/1"}'), none)).toEqual(secret);
  });

  it('that describe a registry are pointed out and not used', async () => {
    expect(await readFile(file('registry.json', JSON.stringify(REGISTRY)), none)).toEqual({
      kind: 'descriptor',
    });
  });

  it('that are called evidence must be it', async () => {
    const read = await readFile(file('a.evidence.json', '{"format":"tenderproof-evidence/1"}'), none);
    expect(read.kind).toBe('not-evidence');
    expect((await readFile(file('a.json', JSON.stringify(WORLD.evidence)), none)).kind).toBe('evidence');
  });
});

describe('nodes', () => {
  it('are read one a line, bounded, and only where a page may ask them', () => {
    expect(readNodes(' https://a.example/key \n\nhttp://127.0.0.1:8545\nhttps://a.example/key')).toEqual({
      ok: true,
      nodes: ['https://a.example/key', 'http://127.0.0.1:8545'],
    });
    for (const line of [
      'ftp://a.example',
      'javascript:alert(1)',
      'a.example',
      'https://user:secret@a.example',
    ]) {
      expect(readNodes(line)).toEqual({ ok: false, code: 'invalid', line });
    }
    expect(readNodes('\n')).toMatchObject({ code: 'none' });
    const nine = Array.from({ length: 9 }, (_, at) => `https://n${at}.example`).join('\n');
    expect(readNodes(nine)).toMatchObject({ code: 'too-many' });
  });

  it('are shown without the path, which may be a key to them', () => {
    expect(
      nodeNames(['https://a.example/v3/secret', 'https://b.example', 'https://a.example/other']),
    ).toEqual(['a.example (1)', 'b.example', 'a.example (2)']);
  });
});

describe('what the card of a pair says', () => {
  const pair = pairUp(items(evidenceFile(), document(SHA256, 'award-notice.txt'))).pairs[0]!;
  const away: ChainReader = {
    ...WORLD.chain,
    chainId: () => Promise.reject(new ChainUnavailable('unreachable', 'away')),
  };
  const lying: ChainReader = { ...WORLD.chain, anchorAt: () => Promise.resolve(null) };
  const answers = (readers: [string, ChainReader][]): Promise<Answer[]> =>
    ask(pair, { registry: REGISTRY, readers: new Map(readers), now: NOW });
  const view = async (...readers: [string, ChainReader][]) =>
    resultView(pair, await answers(readers), verifierWords('en'))!;

  it('without a chain: that it was not asked, and nothing of what is proven', async () => {
    const { outcome, notAsked, meaning, nodes, steps } = await view();
    expect(outcome).toBe('unchecked');
    expect(notAsked).toMatch(/^The chain was not asked\./);
    expect([meaning, nodes, steps.length]).toEqual([null, [], 11]);
  });

  it('without a chain, with the storage proven: the block to compare, without being asked', async () => {
    const { evidence, chain } = withState(WORLD);
    const proven = pairUp(items(evidenceFile({ ...WORLD, evidence }))).pairs[0]!;
    const shown = resultView(
      proven,
      await ask(proven, { registry: REGISTRY, readers: new Map(), now: NOW }),
      verifierWords('en'),
    )!;
    const block = (await chain.blockByNumber(STATE_BLOCK))!;
    expect(shown.steps.filter(({ open }) => open)).toEqual([
      expect.objectContaining({
        id: 'state',
        compared: [
          { what: 'Number of the block', expected: null, found: '110' },
          { what: 'Block', expected: null, found: block.hash },
        ],
      }),
    ]);
  });

  it('with nodes that agree: proven, by name of each', async () => {
    const shown = await view(['https://a.example/1', WORLD.chain], ['https://b.example', WORLD.chain]);
    expect([shown.outcome, shown.notAsked, shown.disagreement, shown.why]).toEqual([
      'proven',
      null,
      null,
      null,
    ]);
    expect(shown.nodes.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'a.example confirms',
      'b.example confirms',
    ]);
  });

  it('with nodes that do not agree: the worst, whose it is, and what each said', async () => {
    const shown = await view(
      ['https://a.example', WORLD.chain],
      ['https://b.example', away],
      ['https://c.example', lying],
    );
    expect(shown.outcome).toBe('refuted');
    expect(shown.disagreement).toContain('those of c.example');
    expect(shown.nodes).toEqual([
      expect.stringContaining('a.example confirms'),
      expect.stringContaining('b.example gave no answer that can be used'),
      expect.stringContaining('c.example contradicts it: The chain has no such anchor.'),
    ]);
  });

  it('a node of another chain is named as such, and nothing is made of its answers', async () => {
    const foreign = { ...WORLD.chain, chainId: () => Promise.resolve(1) };
    const shown = await view(['https://a.example', foreign]);
    expect(shown.outcome).toBe('unchecked');
    expect(shown.nodes).toEqual(['a.example serves another chain than this registry’s.']);
  });

  it('a node is not blamed for what no chain decides', async () => {
    // By this clock the record is of the future.
    const now = Date.parse('2025-01-01');
    const [answer] = await ask(pair, {
      registry: REGISTRY,
      readers: new Map([['https://a.example', WORLD.chain]]),
      now,
    });
    expect(answer?.verification.verdict.outcome).toBe('refuted');
    expect(nodeWord(answer?.verification.steps ?? [])).toEqual({ says: 'confirms', code: null });
  });

  it('the path by hand, and none that leads elsewhere', () => {
    const path = merklePath(WORLD.evidence, WORLD.commitment);
    expect(path?.steps.at(-1)?.result).toBe(WORLD.evidence.log.rootHash);
    expect(merklePath(WORLD.evidence, 'ab'.repeat(32))).toBeNull();
  });

  it('quotes what evidence says without marks that could turn it round', async () => {
    const [notice] = awardRecord(SHA256).documents;
    const record = awardRecord(SHA256, { documents: [{ ...notice!, title: 'a\u202eexe.txt' }] });
    const { evidence } = world(SHA256, { record });
    const bent = { ...pair, evidence };
    const given = await ask(bent, { registry: REGISTRY, readers: new Map(), now: NOW });
    const { facts } = resultView(bent, given, verifierWords('zh'))!;
    expect(facts[0]).toContain('a\ufffdexe.txt');
  });
});
