import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import { parseEvidence } from '@/lib/evidence/format';
import type { StepCode, StepId } from '@/lib/evidence/step';
import { verifyEvidence, type Verification } from '@/lib/evidence/verify';
import { FORGED, GOOD, type Variant } from '../variants';
import { FILE, NOW, REGISTRY, world } from '../world';
import { WORDS } from './chain-state';
import { headersOnly, STATE_BLOCK, withState, type Change } from './with-state';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const file = { sha256, size: FILE.length };
const honest = world(sha256);
const proven = withState(honest);

const ask = (evidence: unknown, chain: ChainReader | null): Promise<Verification> =>
  verifyEvidence({ evidence, registry: REGISTRY, file, chain, now: NOW });

const stepOf = ({ steps }: Verification, id: StepId) => steps.find((step) => step.id === id);

async function judged({ text, chain, now }: Variant): Promise<Verification> {
  const parsed = parseEvidence(text);
  const evidence = parsed.ok ? parsed.evidence : undefined;
  return verifyEvidence({ evidence, registry: REGISTRY, file, chain, now });
}

const named = (variants: readonly Variant[], name: string): Variant => {
  const found = variants.find((variant) => variant.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('the proof of the contract’s storage', () => {
  it('is not needed, and its absence lowers nothing', async () => {
    const result = await ask(honest.evidence, honest.chain);
    expect(stepOf(result, 'state')).toMatchObject({ outcome: 'skipped', code: 'no-state-proof' });
    expect(result.verdict.outcome).toBe('proven');
  });

  it('leaves a number and a hash to compare where no node is asked, and the verdict unchecked', async () => {
    const result = await ask(proven.evidence, null);
    const { hash } = (await proven.chain.blockByNumber(STATE_BLOCK))!;
    expect(stepOf(result, 'state')).toEqual({
      id: 'state',
      outcome: 'skipped',
      code: 'state-block-to-compare',
      compared: [
        { what: 'block-number', expected: '', found: String(STATE_BLOCK) },
        { what: 'block-hash', expected: '', found: hash },
      ],
    });
    expect(result.verdict.outcome).toBe('unchecked');
  });

  it('answers in the place of a node that serves blocks only, and not of one that lacks its block', async () => {
    const steps: StepId[] = ['signatures', 'anchor', 'stage-anchor', 'order'];
    const codes = (result: Verification) => steps.map((id) => stepOf(result, id)?.code);
    const silent = await ask(proven.evidence, headersOnly(proven.chain));
    expect(codes(silent)).toEqual(['signatures-valid', 'anchor-on-chain', 'stage-on-chain', 'order-holds']);
    expect(silent.verdict.outcome).toBe('proven');
    const without = await ask(honest.evidence, headersOnly(honest.chain));
    expect(codes(without)).toEqual(steps.map(() => 'chain-unavailable'));
    const elsewhere = await ask(proven.evidence, headersOnly(honest.chain));
    expect(codes(elsewhere)).toEqual(steps.map(() => 'chain-unavailable'));
    expect(elsewhere.verdict.outcome).toBe('refuted');
  });

  it('does not answer for nodes that contradict each other', async () => {
    const disagree = async (): Promise<never> => {
      throw new ChainUnavailable('disagree', 'test');
    };
    for (const name of ['anchorAt', 'stageAt', 'roundOf', 'code'] as const) {
      const result = await ask(proven.evidence, { ...proven.chain, [name]: disagree });
      expect(result.steps.map(({ code }) => code)).toContain('nodes-disagree');
      expect(result.verdict.outcome).toBe('unchecked');
    }
  });

  it('does not overrule what a node answers', async () => {
    const other = { ...proven.chain, stageAt: async () => null };
    expect(stepOf(await ask(proven.evidence, other), 'stage-anchor')?.code).toBe('stage-not-on-chain');
    const round = await ask(proven.evidence, { ...proven.chain, roundOf: async () => 1 });
    expect(round.verdict.facts?.earlierRound).toBe(true);
  });

  it('never stays proven when any byte string in it changes, or is left out', async () => {
    const { state } = proven;
    const altered = (hex: string) => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');
    const changed = [{ ...state, header: altered(state.header) }];
    for (const part of ['account', 'storage'] as const) {
      for (const [i, node] of state[part].entries()) {
        changed.push({ ...state, [part]: state[part].with(i, altered(node)) });
        changed.push({ ...state, [part]: state[part].toSpliced(i, 1) });
      }
    }
    expect(changed.length).toBeGreaterThan(15);
    for (const other of changed) {
      const result = await ask({ ...honest.evidence, state: other }, proven.chain);
      expect(result.verdict.outcome).toBe('refuted');
    }
  });

  it('is looked for on the chain once, however many questions it answers', async () => {
    let asked = 0;
    const chain = headersOnly(proven.chain);
    const blockByNumber: ChainReader['blockByNumber'] = (number) => {
      if (number === STATE_BLOCK) asked += 1;
      return chain.blockByNumber(number);
    };
    await ask(proven.evidence, { ...chain, blockByNumber });
    // Once to settle that it may answer, once for its own step.
    expect(asked).toBe(2);
  });

  it.each<[string, StepCode]>([
    ['a bit of the header', 'state-of-another-block'],
    ['a header with another state root', 'state-account-unproven'],
    ['a header with other extra data', 'state-of-another-block'],
    ['a header number with a zero before it', 'state-header-malformed'],
    ['half a header', 'state-header-malformed'],
    ['a header that is a string', 'state-header-malformed'],
    ['a bit of the account', 'state-account-unproven'],
    ['no leaf of the account', 'state-account-unproven'],
    ['of another contract', 'state-account-unproven'],
    ['no nodes of the storage', 'state-incomplete'],
    ['node 3 of the storage left out', 'state-incomplete'],
    ['a bit of node 3 of the storage', 'state-incomplete'],
    ['an anchor number out of range', 'state-incomplete'],
    ['without the round, and a node that serves blocks only', 'state-incomplete'],
    ['a contract of other code', 'contract-code-differs'],
    ['another root of the anchor', 'state-differs'],
    ['another time of the anchor', 'state-differs'],
    ['an anchor fewer', 'state-differs'],
    ['another root of the stage', 'state-differs'],
    ['another count of the stage', 'state-differs'],
    ['a stage that is open', 'state-differs'],
    ['a stage before its anchor', 'state-differs'],
    ['a block before the anchor', 'state-differs'],
    ['the anchor’s block, with another hash', 'state-differs'],
    ['another notice', 'state-differs'],
    ['another award', 'state-differs'],
    ['a bid at the due time', 'state-differs'],
    ['of a block that the chain has not', 'state-of-another-block'],
  ])('is refuted: %s', async (name, code) => {
    const result = await judged(named(FORGED, `proofs: ${name}`));
    expect(stepOf(result, 'state')).toMatchObject({ outcome: 'fail', code });
    expect(result.verdict.outcome).toBe('refuted');
  });

  it.each<[string, StepCode, string]>([
    ['too few blocks above it', 'awaiting-confirmations', 'pending'],
    ['a block that is still to come', 'awaiting-confirmations', 'pending'],
    ['of a block too new, and a node that serves blocks only', 'awaiting-confirmations', 'unchecked'],
    ['a node that serves no block of that number', 'chain-unavailable', 'unchecked'],
    ['a node of another chain', 'chain-is-another', 'unchecked'],
    ['no tender', 'state-proven', 'pending'],
    ['no node', 'state-block-to-compare', 'unchecked'],
  ])('waits, or is left unchecked: %s', async (name, code, outcome) => {
    const result = await judged(named(FORGED, `proofs: ${name}`));
    expect(stepOf(result, 'state')?.code).toBe(code);
    expect(result.verdict.outcome).toBe(outcome);
  });

  it('proves what is good, whether the node answers or the proofs', async () => {
    for (const variant of GOOD) {
      const result = await judged(variant);
      const state = stepOf(result, 'state')?.code;
      expect([variant.name, state]).toEqual([
        variant.name,
        variant.text.includes('"state":{') ? 'state-proven' : 'no-state-proof',
      ]);
    }
    const later = await judged(named(GOOD, 'a later round by the proofs alone'));
    expect(later.verdict).toMatchObject({ outcome: 'proven', facts: { earlierRound: true } });
  });
});

describe('a node that gives proofs itself, for evidence that has none', () => {
  const proving = (change: Change = {}): ChainReader => {
    const { state, chain } = withState(honest, change);
    return { ...chain, prove: async () => state };
  };
  const asked = async (chain: ChainReader, evidence = honest.evidence) => {
    const result = await ask(evidence, chain);
    return [stepOf(result, 'state')?.code, result.verdict.outcome];
  };

  it('has its answers held against its own block', async () => {
    const result = await ask(honest.evidence, proving());
    const { hash } = (await proving().blockByNumber(STATE_BLOCK))!;
    expect(stepOf(result, 'state')).toMatchObject({ outcome: 'pass', code: 'state-of-node' });
    expect(stepOf(result, 'state')?.compared).toContainEqual({
      what: 'block-hash',
      expected: hash,
      found: hash,
    });
    expect(result.verdict.outcome).toBe('proven');
  });

  it('is not believed when its proofs say something else than its answers', async () => {
    const { anchor } = honest.evidence;
    const other = 'node-contradicts-itself';
    expect(await asked(proving({ words: WORDS.anchor(7, { ...anchor!, time: 1 }) }))).toEqual([
      other,
      'unchecked',
    ]);
    expect(await asked(proving({ words: WORDS.anchorCount(7, 33) }))).toEqual([other, 'unchecked']);
    expect(await asked(proving({ codeHash: `0x${'5c'.repeat(32)}` }))).toEqual([other, 'unchecked']);
    expect(await asked(proving({ number: 90 }))).toEqual([other, 'unchecked']);
    // A proof under another block than the one that it serves.
    const { blockByNumber } = honest.chain;
    expect(await asked({ ...proving(), blockByNumber })).toEqual([other, 'unchecked']);
  });

  it('is taken at its word when it gives none, and where nothing is on chain yet', async () => {
    const none = { ...honest.chain, prove: async () => null };
    expect(await asked(none)).toEqual(['no-state-proof', 'proven']);
    const broken = { ...proving(), prove: async () => ({ header: '0xc0', account: ['0x80'], storage: [] }) };
    expect(await asked(broken)).toEqual(['no-state-proof', 'proven']);
    const fresh = { ...honest.evidence, anchor: null, stage: null };
    const open = { ...proving(), stageAt: async () => null };
    expect(await asked(open, fresh)).toEqual(['no-state-proof', 'pending']);
  });

  it('does not turn what it says against the evidence into a doubt of the node', async () => {
    const bad = { ...honest.evidence, anchor: { ...honest.evidence.anchor!, time: 1 } };
    expect(await asked(proving(), bad)).toEqual(['no-state-proof', 'refuted']);
  });

  it('is asked for no proofs where the evidence has its own', async () => {
    const never = { ...proven.chain, prove: () => Promise.reject(new Error('asked')) };
    expect(await asked(never, proven.evidence)).toEqual(['state-proven', 'proven']);
  });
});
