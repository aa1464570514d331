import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyText, type Checked, type CheckWorld } from '@/lib/browser/verify/check';
import { LookupError } from '@/lib/browser/verify/lookup';
import { patientGet } from '@/lib/browser/verify/patient-get';
import { standingOf } from '@/lib/browser/verify/standing';
import { effectOf, type Placed } from '@/lib/browser/verify/supersession';
import { verdictOf } from '@/lib/browser/verify/verdict';
import { ChainUnavailable, type LedgerReader } from '@/lib/evidence/chain-reader';
import type { TenderRecord } from '@/lib/record/record';
import { awardRecord, FILE, NOW, REGISTRY, world } from '../../evidence/world';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const LATER_ID = '019c4b31-1000-7000-8000-000000000099';

const ranking: Partial<TenderRecord> = { type: 'ranking', documents: [] };
const base = world(sha256, { record: awardRecord(sha256, ranking) });

function site(listed: unknown[], options: { evidence?: unknown; chain?: Partial<LedgerReader> } = {}) {
  const asked: string[] = [];
  const chain = { ...base.chain, cancellationOf: async () => null, ...options.chain };
  const checkWorld: CheckWorld = {
    registry: REGISTRY,
    chain: () => chain,
    now: () => NOW,
    get: async (path) => {
      asked.push(path);
      if (path.startsWith('/api/v1/audit/')) return JSON.stringify({ records: listed, next: null, key: '' });
      if (options.evidence === undefined) throw new LookupError('evidence-missing', path);
      return JSON.stringify(options.evidence);
    },
  };
  return { asked, checkWorld };
}

/** A record of the list, as the registry publishes it. */
const row = (record: TenderRecord, index: number | null, commitment = 'c'.repeat(64)) => ({
  ...{ id: record.id, type: record.type, index, commitment, salt: null },
  entry: JSON.stringify({ record, signatures: [] }),
});

async function check(evidence: unknown, checkWorld: CheckWorld): Promise<Checked> {
  const checked = await verifyText(JSON.stringify(evidence), null, checkWorld);
  if ('detail' in checked) throw new Error(checked.detail);
  return checked;
}

/** Evidence of a record with a lower place in the log than the one of `base`, on the same chain: its key's own place is lower. */
const placed = (record: Partial<TenderRecord>, index: number, commitment = 'a'.repeat(64)): Placed => ({
  record: awardRecord(sha256, record),
  commitment,
  index,
});

describe('what a later record does to an earlier one', () => {
  const bid = { type: 'bid', stage: 2, data: { replaces: null } } satisfies Partial<TenderRecord>;
  const lotA = { unit: { lot: 'a', part: '' } };
  it.each<[string, Placed, Placed, string | null]>([
    [
      'a bid that was withdrawn',
      placed(bid, 1),
      placed({ type: 'bid-withdrawn', data: { bid: 'a'.repeat(64) } }, 2),
      'withdrawn',
    ],
    [
      'a bid, and the withdrawal of another',
      placed(bid, 1),
      placed({ type: 'bid-withdrawn', data: { bid: 'b'.repeat(64) } }, 2),
      null,
    ],
    [
      'a bid that was replaced',
      placed(bid, 1),
      placed({ ...bid, data: { replaces: { bid: 'a'.repeat(64), signature: '' } } }, 2),
      'replaced',
    ],
    ['a ranking and a later one', placed(ranking, 1), placed(ranking, 2), 'superseded'],
    ['a ranking and an earlier one', placed(ranking, 2), placed(ranking, 1), null],
    ['a ranking and itself', placed(ranking, 2), placed(ranking, 2), null],
    ['a ranking of another lot', placed(ranking, 1), placed({ ...ranking, ...lotA }, 2), null],
    ['a ranking of another tender', placed(ranking, 1), placed({ ...ranking, ocid: 'ocds-x-1' }, 2), null],
    [
      'a ranking by another organization',
      placed(ranking, 1),
      placed({ ...ranking, actor: { organization: 'org-x', person: 'p', role: 'officer' } }, 2),
      null,
    ],
    ['two bids', placed(bid, 1), placed(bid, 2), null],
    [
      'a notice whose committee was replaced',
      placed({ type: 'notice', data: { keysetHash: 'k' } }, 1),
      placed({ type: 'committee-replaced', data: { previous: 'k', keysetHash: 'l' } }, 2),
      'amended',
    ],
    [
      'a notice, and the replacement of a later committee',
      placed({ type: 'notice', data: { keysetHash: 'k' } }, 1),
      placed({ type: 'committee-replaced', data: { previous: 'l', keysetHash: 'm' } }, 2),
      null,
    ],
    [
      'a notice and the end of its tender',
      placed({ type: 'notice' }, 1),
      placed({ type: 'tender-unsuccessful' }, 2),
      'ended',
    ],
    [
      'a notice and the end of one lot',
      placed({ type: 'notice' }, 1),
      placed({ type: 'tender-unsuccessful', ...lotA }, 2),
      null,
    ],
    [
      'a ranking and the end of its lot',
      placed({ ...ranking, ...lotA }, 1),
      placed({ type: 'tender-unsuccessful', ...lotA }, 2),
      'ended',
    ],
  ])('%s', (_, earlier, later, effect) => expect(effectOf(earlier, later)).toBe(effect));
});

describe('the standing of a genuine record', () => {
  /** The later record is the one of `base`, at place 12; the earlier one is given a place below, as its evidence would. */
  const earlierOf = async (checkWorld: CheckWorld): Promise<Checked> => {
    const checked = await check(base.evidence, checkWorld);
    const { evidence } = checked;
    return {
      ...checked,
      evidence: { ...evidence, log: { ...evidence.log, index: 11 } },
      verification: { ...checked.verification, commitment: 'd'.repeat(64) },
    };
  };
  const later = { ...base.evidence.entry.record };
  const listed = [row(later, 12)];

  it('is unchanged when nothing later is listed', async () => {
    const { checkWorld } = site([row(later, null), row({ ...later, id: LATER_ID, type: 'award' }, 13)]);
    const checked = await earlierOf(checkWorld);
    const standing = await standingOf(checked, checkWorld, true);
    expect(standing).toEqual({ kind: 'in-force', by: null, since: null });
    expect(verdictOf({ ...checked, standing })).toBe('genuine');
  });

  it('is superseded by a record whose own evidence is proven', async () => {
    const { checkWorld } = site(listed, { evidence: base.evidence });
    const checked = await earlierOf(checkWorld);
    const standing = await standingOf(checked, checkWorld, true);
    expect(standing).toMatchObject({
      kind: 'superseded',
      since: later.time,
      by: { verification: { verdict: { outcome: 'proven' } } },
    });
    expect(verdictOf({ ...checked, standing })).toBe('superseded');
  });

  it('is not changed by what the registry only claims', async () => {
    const forged = structuredClone(base.evidence);
    forged.entry.record.data = { forged: true };
    const otherType = world(sha256).evidence;
    for (const evidence of [forged, otherType, { nonsense: 1 }]) {
      const { checkWorld } = site(listed, { evidence });
      const checked = await earlierOf(checkWorld);
      const standing = await standingOf(checked, checkWorld, true);
      expect(standing?.kind).toBe('claimed');
      expect(verdictOf({ ...checked, standing })).toBe('genuine');
    }
  });

  it('is not known when the registry does not say, or is not asked', async () => {
    const missing = site(listed);
    const checked = await earlierOf(missing.checkWorld);
    expect((await standingOf(checked, missing.checkWorld, true))?.kind).toBe('unavailable');
    const quiet = site(listed);
    expect((await standingOf(checked, quiet.checkWorld, false))?.kind).toBe('unasked');
    expect(quiet.asked).toEqual([]);
    const garbled = site([{ id: 'x' }]);
    expect((await standingOf(checked, garbled.checkWorld, true))?.kind).toBe('unavailable');
  });

  it('is cancelled when the chain says so, whatever the registry says', async () => {
    const cancelled = { commitment: '', stage: 2, time: 1_770_800_000, blockNumber: 100 };
    const { checkWorld, asked } = site([], { chain: { cancellationOf: async () => cancelled } });
    const checked = await earlierOf(checkWorld);
    const standing = await standingOf(checked, checkWorld, true);
    expect(standing).toMatchObject({ kind: 'cancelled', since: '2026-02-11T08:53:20.000Z' });
    expect([verdictOf({ ...checked, standing }), asked]).toEqual(['ended', []]);
  });

  it('is never genuine when the nodes contradict each other about it', async () => {
    const disagree = async (): Promise<never> => Promise.reject(new ChainUnavailable('disagree', 'x'));
    const { checkWorld } = site([], { chain: { cancellationOf: disagree } });
    const checked = await earlierOf(checkWorld);
    const standing = await standingOf(checked, checkWorld, true);
    expect(verdictOf({ ...checked, standing })).toBe('disputed');
  });

  it('is an earlier round when the chain counts a later one', async () => {
    const { checkWorld } = site([], { chain: { roundOf: async () => 1 } });
    const checked = await check(base.evidence, checkWorld);
    const standing = await standingOf(checked, checkWorld, true);
    expect([standing?.kind, verdictOf({ ...checked, standing })]).toEqual(['earlier-round', 'superseded']);
  });

  it('is nobody’s business for what is not genuine, or not on chain yet', async () => {
    const { checkWorld, asked } = site(listed, { evidence: base.evidence });
    const forged = structuredClone(base.evidence);
    forged.salt = '0'.repeat(64);
    const waiting = structuredClone(base.evidence);
    waiting.anchor = null;
    for (const [evidence, verdict] of [
      [forged, 'refuted'],
      [waiting, 'filed'],
    ] as const) {
      const checked = await check(evidence, checkWorld);
      expect([await standingOf(checked, checkWorld, true), verdictOf(checked)]).toEqual([null, verdict]);
    }
    expect(asked).toEqual([]);
    const open = structuredClone(base.evidence);
    open.stage = null;
    const stage = site([], { chain: { stageAt: async () => null } });
    expect(verdictOf(await check(open, stage.checkWorld))).toBe('anchored');
  });
});

describe('asking for many files', () => {
  it('asks what files share once, and gives a busy registry time', async () => {
    const asked: string[] = [];
    const waits: number[] = [];
    let busy = 2;
    const get = patientGet(
      async (path) => {
        asked.push(path);
        if (path.includes('records') || busy-- <= 0) return path;
        throw new LookupError('registry-busy', path, 7);
      },
      async (milliseconds) => void waits.push(milliseconds),
    );
    await Promise.all([get('/api/v1/registry'), get('/api/v1/registry')]);
    expect([asked.length, waits]).toEqual([3, [7000, 7000]]);
    await get('/api/v1/registry');
    expect(asked.length).toBe(3);
  });

  it('gives up in the end, and asks again what failed', async () => {
    let asked = 0;
    const get = patientGet(
      async (path) => {
        asked += 1;
        throw new LookupError(path === '/api/v1/registry' ? 'registry-busy' : 'registry-answer', path);
      },
      async () => undefined,
    );
    await expect(get('/api/v1/registry')).rejects.toMatchObject({ code: 'registry-busy' });
    expect(asked).toBe(13);
    await expect(get('/api/v1/evidence?sha256=')).rejects.toMatchObject({ code: 'registry-answer' });
    await expect(get('/api/v1/evidence?sha256=')).rejects.toMatchObject({ code: 'registry-answer' });
    expect(asked).toBe(15);
  });
});
