import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { verifyEvidence } from '@/lib/evidence/verify';
import { PUBLIC_VIEWER, mayRead } from '@/lib/procedure/disclosure';
import { CATALOGUE } from '@/lib/record/catalogue';
import { assembleEvidence } from '@/lib/server/evidence';
import { registryDescriptor } from '@/lib/server/registry';
import { checkTender, type TenderCheckSources } from '@/lib/tender-check/check-tender';
import { outcomeOfAll, type CheckRow, type CheckSubject } from '@/lib/tender-check/report';
import { driveTo, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';
import { checked, checkSources, faultsOf } from '../../support/tender-check';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 9162 §2.1.1, word for word: the slow tree. */
function naiveRoot(commitments: Uint8Array[]): Buffer {
  const [only] = commitments;
  if (only === undefined) return sha256();
  if (commitments.length === 1) return sha256(Buffer.of(0), only);
  let k = 1;
  while (k * 2 < commitments.length) k *= 2;
  return sha256(Buffer.of(1), naiveRoot(commitments.slice(0, k)), naiveRoot(commitments.slice(k)));
}

describe('the whole main job, by operations', () => {
  let scene: Scene;
  let tender: Drive;
  let key: string;
  beforeAll(async () => {
    scene = await startScene();
    tender = await driveTo(scene, 'implementation');
    key = sha256(Buffer.from(tender.ocid)).toString('hex');
  });
  afterAll(() => scene.close());

  it('had no round of the worker fail', () => {
    expect(scene.errors).toEqual([]);
  });

  it('closed stages 0 to 6 on chain in order, with the roots and counts of the records', async () => {
    const { filed } = await scene.process(tender.id);
    let block = 0;
    for (let stage = 0; stage <= 6; stage += 1) {
      const records = filed.filter((f) => CATALOGUE[f.type].stage === stage);
      const inOrder = records.toSorted((a, b) => Number(a.index) - Number(b.index));
      const root = naiveRoot(inOrder.map((f) => Buffer.from(f.commitment, 'hex'))).toString('hex');
      const closed = await scene.chain.ledger.stageOf(key, stage);
      expect(closed, `stage ${stage}`).toMatchObject({ rootHash: root, count: records.length });
      expect(closed!.blockNumber).toBeGreaterThan(block);
      block = closed!.blockNumber;
    }
    expect(await scene.chain.ledger.stageOf(key, 7)).toBeNull();
  });

  it('published lists of log indices from which anybody recomputes the stages', async () => {
    const closures = await scene.world.db.stageClosure.findMany({ where: { tenderId: tender.id } });
    expect(closures.map((c) => c.stage).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const closure of closures) {
      const indices = closure.leaves as number[];
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
      const leaves = await scene.world.db.leaf.findMany({
        where: { index: { in: indices.map(BigInt) } },
        orderBy: { index: 'asc' },
      });
      const root = naiveRoot(leaves.map((l) => l.commitment));
      expect(Buffer.from(closure.rootHash).equals(root), `stage ${closure.stage}`).toBe(true);
      const anchor = await scene.chain.ledger.anchorAt(closure.anchorIndex);
      for (const index of indices) expect(index).toBeLessThan(anchor.treeSize);
    }
  });

  it('anchored the log: each anchor on chain is the root of the log at its size', async () => {
    const anchors = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
    expect(await scene.chain.ledger.anchorCount()).toBe(anchors.length);
    const leaves = await scene.world.db.leaf.findMany({ orderBy: { index: 'asc' } });
    for (const row of anchors) {
      const anchor = await scene.chain.ledger.anchorAt(row.index);
      expect(anchor).toMatchObject({ treeSize: Number(row.treeSize), time: row.time.getTime() / 1000 });
      expect(anchor.rootHash).toBe(
        naiveRoot(leaves.slice(0, anchor.treeSize).map((l) => l.commitment)).toString('hex'),
      );
    }
  });

  it('closed bids with the first anchor at or after the due time, which holds every bid', async () => {
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue) / 1000;
    const first = await scene.chain.ledger.firstAnchorFrom(due);
    const closed = await scene.chain.ledger.stageOf(key, 2);
    expect(closed!.anchorIndex).toBe(first!.index);
    if (first!.index > 0)
      expect((await scene.chain.ledger.anchorAt(first!.index - 1)).time).toBeLessThan(due);
    expect(closed!.count).toBe(tender.bids.length);
  });

  it('stands on chain as filed: notice, due time, standstill, key set, announcement', async () => {
    const process = await scene.process(tender.id);
    const notice = process.filed.find((f) => f.type === 'notice')!;
    const onChain = await scene.chain.ledger.tenderOf(key);
    expect(onChain).toMatchObject({
      notice: notice.commitment,
      bidsDue: Date.parse(process.chain.opening!.bidsDue) / 1000,
      standstill: 60,
    });
    const announced = process.filed.find((f) => f.type === 'award-announced')!;
    const award = await scene.chain.ledger.awardOf(key);
    expect(award!.commitment).toBe(announced.commitment);
    expect(await scene.chain.ledger.cancellationOf(key)).toBeNull();
  });

  it('opened every bid as it was sealed, and awards the bid that the rule puts first', async () => {
    const process = await scene.process(tender.id);
    const opened = process.filed
      .filter((f) => f.type === 'bid-opened')
      .map((f) => f.data as { seed: string });
    expect(opened.map((o) => o.seed).sort()).toEqual(
      tender.bids.map((b) => Buffer.from(b.seed).toString('hex')).sort(),
    );
    const award = process.filed.find((f) => f.type === 'award')!.data as {
      supplier: { id: string };
      value: unknown;
    };
    const ranking = process.filed.find((f) => f.type === 'ranking')!.data as {
      rows: { rank: number; total: string; tenderer: { id: string } }[];
    };
    const [first] = ranking.rows;
    expect(award).toMatchObject({
      supplier: first!.tenderer,
      value: { amount: first!.total, currency: 'EUR' },
    });
  });

  it('gives evidence that proves every disclosed record against the chain', async () => {
    const { rpcUrl: _rpcUrl, embedded: _embedded, ...registry } = registryDescriptor();
    const chain = chainReader(scene.test.chain.rpcUrl, scene.test.contract.address);
    const process = await scene.process(tender.id);
    const disclosed = process.filed.filter((f) => mayRead(process, f, PUBLIC_VIEWER));
    expect(disclosed.length).toBeGreaterThan(20);
    const outcomes: string[] = [];
    for (const filed of disclosed) {
      const assembled = await assembleEvidence(scene.world, filed.id);
      if (!assembled.ok) throw new Error(`${filed.type}: ${assembled.reason}`);
      const { verdict, steps, commitment } = await verifyEvidence({
        evidence: assembled.evidence,
        registry,
        chain,
        now: scene.clock.now(),
      });
      const failed = steps.filter((s) => s.outcome === 'fail').map((s) => `${s.id} ${s.code}`);
      outcomes.push(`${filed.type} ${verdict.outcome} ${failed.join()}`.trim());
      expect(commitment).toBe(filed.commitment);
      expect(verdict.facts).toMatchObject({ type: filed.type, stage: CATALOGUE[filed.type].stage });
    }
    expect(outcomes.filter((o) => !o.endsWith('proven'))).toEqual([]);
  });

  describe('checked as a whole, as a citizen’s browser does', () => {
    const codes = (rows: readonly CheckRow[], subject: CheckSubject) =>
      rows.filter((row) => row.subject === subject).map((row) => row.code);

    it('holds: records, stages, documents, openings, ranking', async () => {
      const rows = await checked(scene, tender.ocid);
      expect(faultsOf(rows)).toEqual([]);
      expect(outcomeOfAll(rows)).toBe('holds');
      expect(codes(rows, 'records').filter((code) => code === 'record-proven').length).toBeGreaterThan(20);
      expect(codes(rows, 'stages').length).toBe(7);
      expect(codes(rows, 'documents').length).toBeGreaterThan(0);
      expect(codes(rows, 'openings')).toEqual(tender.bids.map(() => 'opening-same'));
      expect(codes(rows, 'ranking')).toEqual(['ranking-same']);
    });

    it('names a document that was exchanged, and one that is gone', async () => {
      const other = { sha256: '0'.repeat(64), size: 3 };
      const exchanged = await checked(scene, tender.ocid, { document: async () => other });
      expect(new Set(codes(exchanged, 'documents'))).toEqual(new Set(['document-differs']));
      expect(outcomeOfAll(exchanged)).toBe('fails');
      const gone = await checked(scene, tender.ocid, { document: async () => null });
      expect(new Set(codes(gone, 'documents'))).toEqual(new Set(['document-missing']));
      expect(outcomeOfAll(gone)).toBe('unchecked');
    });

    it('does not take another file for a sealed bid, nor a bid that nobody opened for nothing', async () => {
      const sources = checkSources(scene, tender.ocid);
      const altered: TenderCheckSources['envelope'] = async (sha256) => {
        const source = await sources.envelope(sha256);
        return source && { ...source, size: source.size - 1 };
      };
      const rows = await checked(scene, tender.ocid, { envelope: altered });
      expect(new Set(codes(rows, 'openings'))).toEqual(new Set(['opening-undecided']));
      const process = await sources.process();
      const opened = process?.records.find(({ type }) => type === 'bid-opened');
      const without = { ...process!, records: process!.records.filter((record) => record !== opened) };
      const left = await checked(scene, tender.ocid, { process: async () => without });
      expect(codes(left, 'openings').filter((code) => code === 'opening-left-out')).toHaveLength(1);
      expect(codes(left, 'stages')).toContain('stage-partly-published');
      const hidden = process!.records.find(({ type }) => type === 'bid');
      const fewer = { ...process!, records: process!.records.filter((record) => record !== hidden) };
      const kept = await checked(scene, tender.ocid, { process: async () => fewer });
      expect(kept.filter(({ code }) => code === 'bid-not-shown').map(({ id }) => id)).toEqual([
        hidden?.commitment,
      ]);
      expect(outcomeOfAll(kept)).toBe('fails');
    });

    it('believes no evidence of something else, none that was altered, and none without the chain', async () => {
      const sources = checkSources(scene, tender.ocid);
      const { records = [] } = (await sources.process()) ?? {};
      const notice = records.find(({ type }) => type === 'notice')!;
      const swapped = await checked(scene, tender.ocid, { evidence: () => sources.evidence(notice.id) });
      const own = codes(swapped, 'records').filter((code) => code === 'record-proven');
      expect(own).toHaveLength(1);
      expect(codes(swapped, 'records')).toContain('record-of-another');
      const altered = await checked(scene, tender.ocid, {
        evidence: async (id) =>
          (await sources.evidence(id))?.replace('"role":"officer"', '"role":"approver"') ?? null,
      });
      expect(codes(altered, 'records')).toContain('record-refuted');
      const offline = await checked(scene, tender.ocid, { chain: null });
      expect(codes(offline, 'records')).not.toContain('record-proven');
      expect(outcomeOfAll(offline)).toBe('unchecked');
      expect(await checkTender('ocds-other', sources, { row() {}, progress() {} })).toBeNull();
    });
  });
});
