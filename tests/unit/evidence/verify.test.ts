import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import type { Evidence } from '@/lib/evidence/format';
import { parseEvidence } from '@/lib/evidence/format';
import { STEP_IDS, type StepCode, type StepId } from '@/lib/evidence/step';
import { verifyEvidence, type EvidenceQuestion } from '@/lib/evidence/verify';
import { awardRecord, FILE, NOW, OCID, REGISTRY, world } from './world';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const file = { sha256, size: FILE.length, name: 'award-notice.txt' };
const { evidence, chain, commitment } = world(sha256);

const ask = (change: Partial<EvidenceQuestion> = {}) =>
  verifyEvidence({ evidence, registry: REGISTRY, file, chain, now: NOW, ...change });

/** A deep copy of the honest evidence with one thing altered. */
function bent(alter: (copy: Evidence) => void): Evidence {
  const copy = structuredClone(evidence);
  alter(copy);
  return copy;
}

const codeOf = async (question: Partial<EvidenceQuestion>, id: StepId): Promise<StepCode | undefined> =>
  (await ask(question)).steps.find((step) => step.id === id)?.code;

describe('honest evidence', () => {
  it('passes every step that applies and says what the record is', async () => {
    const result = await ask();
    expect(result.steps.map(({ id, outcome }) => [id, outcome])).toEqual(
      STEP_IDS.map((id) => [id, id === 'state' ? 'skipped' : 'pass']),
    );
    expect(result.commitment).toBe(commitment);
    expect(result.verdict).toMatchObject({
      outcome: 'proven',
      facts: {
        type: 'award',
        role: 'officer',
        stage: 5,
        ocid: OCID,
        documentTitle: 'award-notice.txt',
        signed: true,
      },
    });
  });

  it('survives being written and read as a file', async () => {
    const parsed = parseEvidence(JSON.stringify(evidence, null, 2));
    expect(parsed.ok && (await ask({ evidence: parsed.evidence })).verdict.outcome).toBe('proven');
  });

  it('is proven without a file, and unchecked without a chain', async () => {
    const { file: _, ...rest } = { evidence, registry: REGISTRY, file, chain, now: NOW };
    expect((await verifyEvidence(rest)).verdict.outcome).toBe('proven');
    const offline = await ask({ chain: null });
    expect(offline.verdict.outcome).toBe('unchecked');
    expect(offline.steps.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
  });

  it('is pending before anchoring, while confirmations are awaited, and while the stage is open', async () => {
    const fresh = bent((copy) => {
      copy.anchor = null;
      copy.stage = null;
    });
    const open: ChainReader = { ...chain, stageAt: async () => null };
    expect((await ask({ evidence: fresh, chain: open })).verdict.outcome).toBe('pending');
    expect((await ask({ chain: { ...chain, blockNumber: async () => 92 } })).verdict.outcome).toBe('pending');
    const unclosed = bent((copy) => void (copy.stage = null));
    expect(await codeOf({ evidence: unclosed, chain: open }, 'stage')).toBe('stage-open');
    expect(await codeOf({ evidence: unclosed }, 'stage')).toBe('stage-closed-since');
  });

  it('points out a round that no longer counts', async () => {
    const result = await ask({ chain: { ...chain, roundOf: async () => 1 } });
    expect(result.verdict).toMatchObject({ outcome: 'proven', facts: { earlierRound: true } });
  });
});

describe('evidence that was altered', () => {
  const zeros = '0'.repeat(64);
  it.each<[string, StepId, StepCode, (copy: Evidence) => void]>([
    [
      'another registry',
      'registry',
      'other-origin',
      (e) => void (e.log.origin = 'registry.examp1e/tenderproof'),
    ],
    ['another chain', 'registry', 'other-chain', (e) => void (e.anchor && (e.anchor.chainId = 1))],
    [
      'another contract',
      'registry',
      'other-contract',
      (e) => void (e.anchor && (e.anchor.contract = `0x${'1'.repeat(40)}`)),
    ],
    [
      'a key of another registry',
      'registry',
      'other-origin',
      (e) => void (e.keys[0] && (e.keys[0].log.origin = 'x')),
    ],
    ['another salt', 'log', 'log-proof-invalid', (e) => void (e.salt = zeros)],
    [
      'a price',
      'log',
      'log-proof-invalid',
      (e) => void (e.entry.record.data = { value: { amount: '1.00', currency: 'CNY' } }),
    ],
    [
      'a time',
      'signatures',
      'signature-invalid',
      (e) => void (e.entry.record.time = '2026-02-09T09:30:00.250Z'),
    ],
    ['a dropped signature', 'log', 'log-proof-invalid', (e) => void (e.entry.signatures = [])],
    ['a dropped key', 'signatures', 'signing-key-missing', (e) => void (e.keys = [])],
    [
      'a key without proof',
      'signatures',
      'signing-key-unproven',
      (e) => void (e.keys[0] && (e.keys[0].log.index = 5)),
    ],
    ['another index', 'log', 'log-proof-invalid', (e) => void (e.log.index = 13)],
    ['a superfluous node', 'log', 'log-proof-invalid', (e) => void e.log.inclusionProof.push(zeros)],
    ['an index past the size', 'log', 'log-proof-invalid', (e) => void (e.log.index = 40)],
    ['size 0', 'log', 'log-proof-invalid', (e) => void (e.log.treeSize = 0)],
    [
      'a forged checkpoint',
      'checkpoint',
      'checkpoint-signature-invalid',
      (e) => void (e.checkpoint = e.checkpoint.replace('\n40\n', '\n41\n')),
    ],
    ['no checkpoint', 'checkpoint', 'checkpoint-malformed', (e) => void (e.checkpoint = 'x')],
    ['another log size', 'checkpoint', 'checkpoint-of-another-tree', (e) => void (e.log.treeSize = 41)],
    [
      'an anchor of another root',
      'anchor',
      'anchor-of-another-tree',
      (e) => void (e.anchor && (e.anchor.rootHash = zeros)),
    ],
    [
      'an anchor that the chain has not',
      'anchor',
      'anchor-not-on-chain',
      (e) => void (e.anchor && (e.anchor.anchorIndex = 8)),
    ],
    ['an earlier anchor time', 'anchor', 'anchor-differs', (e) => void (e.anchor && (e.anchor.time -= 1))],
    [
      'another block',
      'anchor',
      'block-differs',
      (e) => void (e.anchor && (e.anchor.blockHash = `0x${zeros}`)),
    ],
    ['another stage', 'stage', 'stage-of-another-process', (e) => void (e.stage && (e.stage.stage = 4))],
    ['another process', 'stage', 'stage-of-another-process', (e) => void (e.stage && (e.stage.key = zeros))],
    [
      'another place in the stage',
      'stage',
      'stage-proof-invalid',
      (e) => void (e.stage && (e.stage.index = 2)),
    ],
    ['an empty stage', 'stage', 'stage-proof-invalid', (e) => void (e.stage && (e.stage.count = 0))],
    [
      'another stage root',
      'stage-anchor',
      'stage-differs',
      (e) => void (e.stage && (e.stage.rootHash = zeros)),
    ],
    ['another count', 'stage-anchor', 'stage-differs', (e) => void (e.stage && (e.stage.count = 6))],
    ['another round', 'stage-anchor', 'stage-not-on-chain', (e) => void (e.stage && (e.stage.round = 1))],
  ])('is refuted: %s', async (_, id, code, alter) => {
    const question = { evidence: bent(alter) };
    expect((await ask(question)).verdict.outcome).toBe('refuted');
    expect(await codeOf(question, id)).toBe(code);
  });

  it('is refuted for a file with one byte changed', async () => {
    const altered = Uint8Array.from(FILE);
    altered[0] = (altered[0] ?? 0) ^ 1;
    const other = { sha256: createHash('sha256').update(altered).digest('hex'), size: altered.length };
    expect(await codeOf({ file: other }, 'file')).toBe('file-not-in-record');
    expect((await ask({ file: other })).verdict.outcome).toBe('refuted');
  });
});

describe('a registry that misbehaves', () => {
  it.each<[string, StepId, StepCode, Partial<ChainReader>]>([
    ['other code at the address', 'anchor', 'contract-code-differs', { code: async () => Uint8Array.of(1) }],
    ['no contract at all', 'anchor', 'contract-code-differs', { code: async () => new Uint8Array() }],
    [
      'a stage closed over fewer leaves',
      'order',
      'not-below-stage-anchor',
      { anchorAt: async () => ({ treeSize: 12, time: 0, rootHash: '' }) },
    ],
  ])('is refuted: %s', async (_, id, code, change) => {
    const question = { chain: { ...chain, ...change } };
    expect(await codeOf(question, id)).toBe(code);
    expect((await ask(question)).verdict.outcome).toBe('refuted');
  });

  it('refutes a key of another person, a later key, and a record that is no key', async () => {
    const key = evidence.keys[0]?.entry.record;
    if (key === undefined) throw new Error('no key');
    const anothers = { ...key, actor: { ...key.actor, person: 'p-other' } };
    const cases: [ReturnType<typeof world>, StepCode][] = [
      [world(sha256, { keyRecord: anothers }), 'signing-key-of-another'],
      [world(sha256, { keyIndex: 30 }), 'signing-key-later'],
      [world(sha256, { keyRecord: { ...key, type: 'budget-line' } }), 'signing-key-unproven'],
    ];
    for (const [bad, code] of cases)
      expect(await codeOf({ evidence: bad.evidence, chain: bad.chain }, 'signatures')).toBe(code);
  });

  it('refutes a backdated anchor and a record from the future', async () => {
    const late = world(sha256, { record: awardRecord(sha256, { time: '2026-02-10T09:40:00.000Z' }) });
    expect(await codeOf({ evidence: late.evidence, chain: late.chain }, 'order')).toBe('time-after-anchor');
    expect(await codeOf({ now: Date.parse('2026-01-01T00:00:00.000Z') }, 'order')).toBe('time-in-future');
  });

  it('refutes a notice that is not the one the tender was opened with', async () => {
    const notice = world(sha256, { record: awardRecord(sha256, { type: 'notice' }) });
    const tender = { notice: notice.commitment, bidsDue: 1, standstill: 1, time: 1, blockNumber: 1 };
    const opened = (commitmentOnChain: string): ChainReader => ({
      ...notice.chain,
      tenderOf: async () => ({ ...tender, notice: commitmentOnChain }),
    });
    const question = { evidence: notice.evidence, chain: opened(notice.commitment) };
    expect(await codeOf(question, 'order')).toBe('order-holds');
    expect(await codeOf({ ...question, chain: opened('0'.repeat(64)) }, 'order')).toBe(
      'notice-not-published',
    );
    expect(await codeOf({ ...question, chain: notice.chain }, 'order')).toBe('tender-not-open-yet');
  });

  it('refutes a bid filed when bids were due', async () => {
    const bid = world(sha256, { record: awardRecord(sha256, { type: 'bid' }) });
    const due = (time: string): ChainReader => ({
      ...bid.chain,
      tenderOf: async () => ({
        notice: '',
        bidsDue: Date.parse(time) / 1000,
        standstill: 1,
        time: 1,
        blockNumber: 1,
      }),
    });
    expect(await codeOf({ evidence: bid.evidence, chain: due('2026-02-10T09:30:00.000Z') }, 'order')).toBe(
      'bid-after-due',
    );
    expect(await codeOf({ evidence: bid.evidence, chain: due('2026-02-10T09:30:01.000Z') }, 'order')).toBe(
      'order-holds',
    );
  });
});

describe('a chain that cannot be asked', () => {
  it('leaves the verdict unchecked, never proven', async () => {
    const down = async (): Promise<never> => {
      throw new ChainUnavailable('unreachable', 'test');
    };
    const dead: ChainReader = {
      chainId: down,
      code: down,
      blockNumber: down,
      blockByNumber: down,
      anchorCount: down,
      anchorAt: down,
      stageAt: down,
      roundOf: down,
      tenderOf: down,
      awardAt: down,
    };
    expect((await ask({ chain: dead })).verdict.outcome).toBe('unchecked');
    expect(await codeOf({ chain: { ...chain, chainId: async () => 1 } }, 'anchor')).toBe('chain-is-another');
    for (const name of ['anchorAt', 'stageAt', 'blockByNumber', 'roundOf', 'blockNumber'] as const) {
      expect((await ask({ chain: { ...chain, [name]: down } })).verdict.outcome).toBe('unchecked');
    }
  });

  it('treats a reader that breaks in another way as a failure', async () => {
    const broken: ChainReader = { ...chain, anchorAt: async () => JSON.parse('{') as never };
    expect(await codeOf({ chain: broken }, 'anchor')).toBe('unexpected');
  });
});

describe('hostile input', () => {
  it('is refuted, whatever it is, without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.anything()), async (value) => {
        const result = await ask({ evidence: value });
        expect(result.verdict.outcome).toBe('refuted');
        expect(result.steps.length).toBe(STEP_IDS.length);
      }),
      { numRuns: 200 },
    );
  });

  it('never stays proven when any string, number or list in it changes', async () => {
    for (const [path, value] of leavesOf(evidence)) {
      // Not verifiable from storage, and said so in the specification.
      if (path.at(-1) === 'transactionHash') continue;
      const changed = structuredClone(evidence);
      set(changed, path, typeof value === 'number' ? value + 1 : flipLast(value));
      expect([path.join('.'), (await ask({ evidence: changed })).verdict.outcome]).toEqual([
        path.join('.'),
        'refuted',
      ]);
    }
  });

  it('refuses unknown members, duplicate keys, trailing bytes and oversized files', () => {
    const text = JSON.stringify(evidence);
    expect(parseEvidence(text).ok).toBe(true);
    expect(parseEvidence(`${text}x`)).toMatchObject({ ok: false, code: 'not-json' });
    expect(parseEvidence(text.replace('{', '{"extra":1,'))).toMatchObject({
      ok: false,
      code: 'not-evidence',
    });
    expect(parseEvidence(text.replace('{', '{"salt":"",'))).toMatchObject({ ok: false, code: 'not-json' });
    expect(parseEvidence(' '.repeat(5_000_000))).toMatchObject({ ok: false, code: 'not-json' });
    expect(parseEvidence('['.repeat(1_000_000))).toMatchObject({ ok: false, code: 'not-json' });
  });

  it('refuses a descriptor that is not one', async () => {
    const registry = { ...REGISTRY, logKey: 'x' };
    expect(await codeOf({ registry }, 'registry')).toBe('descriptor-malformed');
  });
});

function leavesOf(value: unknown, path: string[] = []): [string[], string | number][] {
  if (typeof value === 'string' || typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

function flipLast(text: string): string {
  const last = text.at(-1);
  return text.slice(0, -1) + (last === '0' ? '1' : last === '\n' ? '' : '0');
}

function set(target: object, path: readonly string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key) as object, target);
  Reflect.set(parent, path.at(-1) ?? '', value);
}
