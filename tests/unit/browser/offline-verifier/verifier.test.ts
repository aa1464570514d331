import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { State } from '@/lib/browser/offline-verifier/state';
import { Verifier } from '@/lib/browser/offline-verifier/verifier';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import { receiptFor } from '../../evidence/receipt-world';
import { FILE, NOW, REGISTRY, world } from '../../evidence/world';

// The program behind the page, with a page that only remembers what it was to draw.

const WORLD = world(createHash('sha256').update(FILE).digest('hex'));
const { evidence, chain } = WORLD;
const EVIDENCE = new File([JSON.stringify(evidence)], 'a.evidence.json');
const NOTICE = new File([FILE], 'award-notice.txt');

let drawn: State;
let spoken: string[];
let readers: { node: string; contract: string }[];
/** What a node waits for before it answers. */
let gate: Promise<void>;
let verifier: Verifier;

const slow: ChainReader = { ...chain, chainId: () => gate.then(() => chain.chainId()) };

beforeEach(() => {
  spoken = [];
  readers = [];
  gate = Promise.resolve();
  verifier = new Verifier('en', {
    draw: (state) => void (drawn = state),
    announce: (text) => void spoken.push(text),
    progress: () => undefined,
    readerOf: (node, contract) => {
      readers.push({ node, contract });
      return slow;
    },
    now: () => NOW,
    print: () => undefined,
    reveal: () => undefined,
  });
});

const trust = (): void => {
  verifier.paste(JSON.stringify(REGISTRY));
  verifier.useRegistry();
};
const outcomes = () =>
  [...drawn.answers.values()].map((answers) => answers.map((one) => one.verification.verdict.outcome));
const settled = (expected: string[][]) => vi.waitFor(() => expect(outcomes()).toEqual(expected));

describe('the offline verifier, without its page', () => {
  it('asks nobody before the button is pressed, and then one reader for each node', async () => {
    trust();
    verifier.add([EVIDENCE, NOTICE]);
    await settled([['unchecked']]);
    verifier.typeNodes('https://a.example\nhttps://b.example');
    expect(readers).toEqual([]);
    verifier.askChain();
    verifier.askChain();
    await settled([['proven', 'proven']]);
    expect(readers.map(({ node }) => node)).toEqual(['https://a.example', 'https://b.example']);
    expect(readers[0]?.contract).toBe(REGISTRY.contract);
    expect(drawn.asking).toBe(false);
    expect(spoken.at(-1)).toMatch(/^award-notice\.txt: Yes\./);
  });

  it('forgets the answers of nodes that come after the registry was changed', async () => {
    trust();
    verifier.add([EVIDENCE]);
    await settled([['unchecked']]);
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    verifier.typeNodes('https://a.example');
    verifier.askChain();
    verifier.changeRegistry();
    open();
    await gate;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([drawn.trusted, drawn.asking, outcomes()]).toEqual([null, false, []]);
    trust();
    await settled([['unchecked']]);
  });

  it('keeps what nodes said when more files are added, and asks nobody about those', async () => {
    trust();
    verifier.add([EVIDENCE, NOTICE]);
    await settled([['unchecked']]);
    verifier.typeNodes('https://a.example');
    verifier.askChain();
    await settled([['proven']]);
    verifier.add([new File(['other'], 'other.txt')]);
    await settled([['proven'], ['refuted']]);
    expect(readers).toHaveLength(1);
    verifier.clear();
    expect([drawn.items, outcomes()]).toEqual([[], []]);
  });

  it('holds receipts against the registry that is trusted, and anew against another', async () => {
    const receipt = JSON.stringify(receiptFor(WORLD));
    verifier.add([
      new File([receipt], 'receipt.json'),
      new File(['{"format":"tenderproof-receipt/1"}'], 'x'),
    ]);
    const holds = () => [...drawn.receipts.values()].map((checked) => checked.holds);
    await vi.waitFor(() =>
      expect(drawn.items.map(({ read }) => read?.kind)).toEqual(['receipt', 'not-receipt']),
    );
    expect(holds()).toEqual([]);
    trust();
    expect(holds()).toEqual([true]);
    verifier.changeRegistry();
    expect(holds()).toEqual([]);
  });

  it('says what is missing when there is nothing to ask about', () => {
    verifier.askChain();
    expect(drawn.nodesFault?.code).toBe('none');
    verifier.typeNodes('https://a.example');
    verifier.askChain();
    expect(drawn.nodesFault?.code).toBe('nothing');
  });

  it('takes so many files and no more, and what is secret does not stay in the field', async () => {
    verifier.add(Array.from({ length: 201 }, (_, at) => new File(['x'], `${at}.txt`)));
    expect([drawn.items.length, drawn.tooMany]).toEqual([200, true]);
    await vi.waitFor(() => expect(drawn.items.every(({ read }) => read?.kind === 'document')).toBe(true));
    verifier.paste('{"format":"tenderproof-key/1"}');
    verifier.useRegistry();
    expect([drawn.registryFault?.code, drawn.pasted]).toEqual(['secret', '']);
  });
});
