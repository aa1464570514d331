import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getBidFile } from '@/app/api/v1/bids/[recordId]/files/[n]/route';
import { GET as getDocument } from '@/app/api/v1/documents/[recordId]/[documentId]/route';
import { GET as getEnvelope } from '@/app/api/v1/envelopes/[sha256]/route';
import { GET as getEvidence } from '@/app/api/v1/evidence/[recordId]/route';
import { GET as searchEvidence } from '@/app/api/v1/evidence/route';
import { GET as getOcds } from '@/app/api/v1/ocds/[ocid]/route';
import { GET as getReceipt } from '@/app/api/v1/receipts/[recordId]/route';
import { GET as getRegistry } from '@/app/api/v1/registry/route';
import { GET as getState } from '@/app/api/v1/tenders/[ocid]/state/route';
import { GET as getTime } from '@/app/api/v1/tenders/[ocid]/time/route';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { GET as getTile } from '@/app/log/tile/[...path]/route';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { processOf } from '@/lib/demo/acts';
import { registryDescriptorSchema } from '@/lib/evidence/descriptor';
import { receiptSchema, verifyPromise } from '@/lib/evidence/receipt';
import { verifyEvidence } from '@/lib/evidence/verify';
import { verifyCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { hashReaderFromTiles } from '@/lib/merkle/tile';
import { decodeEntries, entriesPath, tilePath } from '@/lib/merkle/tile-path';
import { buildLevels, readRoot, rootOf } from '@/lib/merkle/tree';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import { liveBids, notice, openedBids } from '@/lib/procedure/state';
import type { Actor } from '@/lib/procedure/roles';
import { findDocuments } from '@/lib/server/find-documents';
import { registryDescriptor } from '@/lib/server/registry';
import { call, newTender, pdf, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { digest, inPhase, openBids, publish, sealBid, sendEnvelope, submit, type SealedBid } from './played';

let registry: Registry;
let tender: { id: string; ocid: string };
let bids: { a: SealedBid; b: SealedBid };

const process = () => processOf(registry.world, tender.id);
const evidence = (recordId: string, actor: Actor | null = null, headers: Record<string, string> = {}) =>
  call(getEvidence.as(actor), `/api/v1/evidence/${recordId}`, { recordId }, { headers });
const envelope = (sha256: string, actor: Actor | null, headers: Record<string, string> = {}) =>
  call(getEnvelope.as(actor), `/api/v1/envelopes/${sha256}`, { sha256 }, { headers });
const descriptor = () => {
  const { rpcUrl: _rpc, embedded: _embedded, ...pinned } = registryDescriptor();
  return registryDescriptorSchema.parse(pinned);
};
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const verify = async (response: Response, file?: Uint8Array) =>
  verifyEvidence({
    evidence: await response.json(),
    registry: descriptor(),
    chain: chainReader(registry.test.env.CHAIN_RPC_URL, descriptor().contract),
    now: registry.time.now,
    ...(file ? { file: { sha256: digest(file), size: file.length } } : {}),
  });

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry);
});
afterAll(() => registry.stop());

describe('before the opening', () => {
  it('proves the notice, and its very document', async () => {
    const filed = notice(await process());
    const file = pdf(`notice of ${tender.ocid}`);
    const { verdict, steps } = await verify(await evidence(filed?.id ?? ''), file);
    expect(steps.filter((s) => s.outcome === 'fail')).toEqual([]);
    expect(verdict).toMatchObject({
      outcome: 'pending',
      facts: { type: 'notice', documentTitle: 'notice.pdf' },
    });
    const altered = await verify(await evidence(filed?.id ?? ''), pdf('another'));
    expect(altered.verdict.outcome).toBe('refuted');
  });

  it('carries the evidence of the keys that signed', async () => {
    const accepted = (await process()).filed.find((f) => f.type === 'committee-accepted');
    await registry.until(
      async () => (await registry.world.db.stageClosure.count({ where: { stage: 0 } })) > 0,
    );
    const { verdict, steps } = await verify(await evidence(accepted?.id ?? ''));
    expect(steps.map((s) => [s.id, s.outcome])).not.toContainEqual(['signatures', 'skipped']);
    expect(verdict).toMatchObject({ outcome: 'proven', facts: { signed: true } });
  });

  it('serves the document of the notice, whole, in parts, and not again', async () => {
    const filed = notice(await process());
    const params = { recordId: filed?.id ?? '', documentId: filed?.documents[0]?.id ?? '' };
    const get = (headers: Record<string, string> = {}) =>
      call(getDocument.as(null), `/api/v1/documents/${params.recordId}/${params.documentId}`, params, {
        headers,
      });
    const file = pdf(`notice of ${tender.ocid}`);
    const whole = await get();
    expect(whole.headers.get('content-type')).toBe('application/pdf');
    expect(whole.headers.get('content-disposition')).toContain("filename*=UTF-8''notice.pdf");
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    expect(await bytesOf(whole)).toEqual(file);
    const part = await get({ range: 'bytes=2-5' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${file.length}`);
    expect(await bytesOf(part)).toEqual(file.slice(2, 6));
    expect(await bytesOf(await get({ range: 'bytes=-3' }))).toEqual(file.slice(-3));
    expect((await get({ range: 'bytes=9999-' })).status).toBe(416);
    expect((await get({ 'if-none-match': `"${digest(file)}"` })).status).toBe(304);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });

  it('refuses what is no envelope of this tenderer for this tender', async () => {
    const sealed = await sealBid(await process(), PEOPLE.bidderA, '5');
    const before = (await registry.files()).length;
    const send = async (bytes: Uint8Array<ArrayBuffer>, who = PEOPLE.bidderA, headers = {}) =>
      refusalOf(await sendEnvelope(tender.id, who, bytes, headers));
    expect(await send(new Uint8Array(4000))).toMatchObject({ status: 422, code: 'not-an-envelope' });
    expect(await send(sealed.bytes, PEOPLE.bidderB)).toMatchObject({
      status: 422,
      code: 'envelope-of-another-tender',
    });
    expect(await send(sealed.bytes.slice(0, -1))).toMatchObject({ status: 422, code: 'not-an-envelope' });
    const announced = { 'content-length': String(sealed.bytes.length) };
    expect(await send(sealed.bytes.slice(0, -1), PEOPLE.bidderA, announced)).toMatchObject({
      code: 'upload-truncated',
    });
    const damaged = sealed.bytes.slice();
    damaged[damaged.length - 100] = (damaged.at(-100) ?? 0) ^ 1;
    expect(await send(damaged)).toMatchObject({
      code: 'not-an-envelope',
      params: { detail: 'payload-hash' },
    });
    expect(await send(sealed.bytes, PEOPLE.officer)).toMatchObject({ status: 403, code: 'not-permitted' });
    expect(await refusalOf(await sendEnvelope(tender.id, null, sealed.bytes))).toMatchObject({ status: 401 });
    const draft = await newTender(registry);
    expect(await refusalOf(await sendEnvelope(draft.id, PEOPLE.bidderA, sealed.bytes))).toMatchObject({
      status: 404,
    });
    expect((await registry.files()).length).toBe(before);
    expect(await registry.world.db.upload.count({ where: { kind: 'envelope' } })).toBe(0);
  });

  it('takes the same envelope again after a lost answer, as one upload', async () => {
    const sealed = await sealBid(await process(), PEOPLE.bidderA, '7');
    const ids = [];
    for (let i = 0; i < 2; i += 1) {
      const answer = (await (await sendEnvelope(tender.id, PEOPLE.bidderA, sealed.bytes)).json()) as {
        id: string;
      };
      ids.push(answer.id);
    }
    expect(new Set(ids).size).toBe(1);
    await registry.world.db.upload.deleteMany({ where: { kind: 'envelope' } });
  });

  it('shows a bid to its tenderer only', async () => {
    const visible = async (who: Actor | null) => {
      const params = { ocid: tender.ocid };
      const response = await call(getState.as(who), `/api/v1/tenders/${tender.ocid}/state`, params);
      return ((await response.json()) as { records: number }).records;
    };
    const before = await visible(PEOPLE.officer);
    bids = {
      a: await submit(registry, tender.id, PEOPLE.bidderA, '90'),
      b: await submit(registry, tender.id, PEOPLE.bidderB, '95.5'),
    };
    expect(await visible(PEOPLE.officer)).toBe(before);
    expect(await visible(PEOPLE.bidderA)).toBe((await visible(null)) + 1);
    const bid = liveBids(await process()).find((b) => b.actor.person === PEOPLE.bidderA.person);
    await registry.until(async () => (await registry.world.db.filing.count()) === 0);
    for (const who of [null, PEOPLE.bidderB, PEOPLE.officer, PEOPLE.approver, PEOPLE.regulator]) {
      expect((await evidence(bid?.id ?? '', who)).status).toBe(404);
      expect((await envelope(bid?.data.envelope ?? '', who)).status).toBe(404);
    }
    expect((await evidence(bid?.id ?? '', PEOPLE.bidderA)).status).toBe(200);
    expect((await envelope(bid?.data.envelope ?? '', PEOPLE.bidderA)).status).toBe(200);
  });

  it('gives the filer a receipt, whose salt then stands for it', async () => {
    const recordId =
      liveBids(await process()).find((b) => b.actor.person === PEOPLE.bidderA.person)?.id ?? '';
    const get = (who: Actor | null) => call(getReceipt.as(who), `/api/v1/receipts/${recordId}`, { recordId });
    expect((await get(null)).status).toBe(401);
    expect((await get(PEOPLE.bidderB)).status).toBe(404);
    const response = await get(PEOPLE.bidderA);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    const receipt = receiptSchema.parse(await response.json());
    expect(verifyPromise(receipt.promise, parseVerifierKey(descriptor().logKey))).toBe(true);
    expect((await evidence(recordId, null, { 'tenderproof-salt': receipt.salt })).status).toBe(200);
    const wrong = receipt.salt.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    for (const salt of [wrong, '', 'zz', receipt.salt.slice(2)])
      expect((await evidence(recordId, null, { 'tenderproof-salt': salt })).status).toBe(404);
  });

  it('finds disclosed documents by a prefix, and says how long it may be', async () => {
    const registryAnswer = (await (
      await call(getRegistry.as(null), '/api/v1/registry', {})
    ).json()) as Record<string, unknown>;
    expect(registryAnswer).toMatchObject({ prefixLength: 0 });
    expect(registryDescriptorSchema.safeParse(registryAnswer.descriptor).success).toBe(true);
    const search = (prefix: string) => call(searchEvidence.as(null), `/api/v1/evidence?sha256=${prefix}`, {});
    const sha256 = digest(pdf(`notice of ${tender.ocid}`));
    const { candidates } = (await (await search('')).json()) as { candidates: unknown[] };
    expect(candidates).toEqual([
      {
        sha256,
        recordId: notice(await process())?.id,
        ocid: tender.ocid,
        stage: 1,
        type: 'notice',
        title: 'notice.pdf',
      },
    ]);
    expect(await (await search(sha256.slice(0, 3))).json()).toEqual({ candidates });
    expect(await refusalOf(await search('%25'))).toMatchObject({ status: 422, code: 'invalid-input' });
    expect((await call(searchEvidence.as(null), '/api/v1/evidence', {})).status).toBe(422);
  });

  it('keeps a draft to its own people', async () => {
    const { id, ocid } = await newTender(registry);
    const get = (who: Actor | null) => call(getTime.as(who), `/api/v1/tenders/${ocid}/time`, { ocid });
    expect((await get(PEOPLE.stranger)).status).toBe(404);
    expect((await get(null)).status).toBe(404);
    expect(await (await get(PEOPLE.officer)).json()).toEqual({
      now: new Date(registry.time.now).toISOString(),
    });
    expect((await call(getOcds.as(PEOPLE.officer), `/api/v1/ocds/${ocid}`, { ocid })).status).toBe(404);
    expect(id).toBeTruthy();
  });
});

describe('the log', () => {
  it('serves tiles and entries that give the signed root', async () => {
    const note = await (await call(getCheckpoint.as(null), '/log/checkpoint', {})).text();
    const outcome = verifyCheckpoint(note, parseVerifierKey(descriptor().logKey));
    if (!outcome.ok) throw new Error(outcome.fault);
    const { size, rootHash } = outcome.checkpoint;
    const get = (path: string) => call(getTile.as(null), `/log/${path}`, { path: path.split('/').slice(1) });
    const reader = hashReaderFromTiles(async (level, index, width) => {
      const response = await get(tilePath({ level, index, width }));
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      return bytesOf(response);
    }, size);
    expect(await readRoot(reader, size)).toEqual(rootHash);
    const entries = decodeEntries(await bytesOf(await get(entriesPath(0, size))));
    expect(rootOf(buildLevels((entries ?? []).map(leafHash)))).toEqual(rootHash);
    for (const path of [
      'tile/0/000',
      `tile/0/000.p/${size + 1}`,
      'tile/0/001.p/1',
      `tile/entries/000.p/${size + 1}`,
      'tile/1/000.p/1',
      'tile/x',
      'tile/0/x000/001',
    ])
      expect((await get(path)).status).toBe(404);
  });
});

describe('after the opening', () => {
  beforeAll(async () => {
    const due = Date.parse((await process()).chain.opening?.bidsDue ?? '');
    registry.time.now = due;
    const late = await refusalOf(await sendEnvelope(tender.id, PEOPLE.bidderA, bids.a.bytes));
    expect(late).toMatchObject({ status: 409, code: 'deadline-passed' });
    registry.time.now += 1000;
    await registry.until(inPhase(registry, tender.id, 'opening'));
    const sha256 = digest(bids.a.bytes);
    expect((await envelope(sha256, PEOPLE.regulator)).status).toBe(200);
    expect((await envelope(sha256, PEOPLE.officer)).status).toBe(200);
    for (const who of [null, PEOPLE.approver, PEOPLE.bidderB])
      expect((await envelope(sha256, who)).status).toBe(404);
    await openBids(registry, tender.id);
  });

  it('serves every envelope to everybody, in ranges', async () => {
    const sha256 = digest(bids.b.bytes);
    expect(digest(await bytesOf(await envelope(sha256, null)))).toBe(sha256);
    const part = await envelope(sha256, null, { range: 'bytes=1000000-1000009' });
    expect(await bytesOf(part)).toEqual(bids.b.bytes.slice(1_000_000, 1_000_010));
  });

  it('takes a file out of an opened bid, by either record, whole or in part', async () => {
    const opened = openedBids(await process()).find(
      (o) => o.data.tenderer.id === PEOPLE.bidderA.organization.id,
    );
    const bid = liveBids(await process()).find((b) => b.commitment === opened?.data.bid);
    const get = (recordId: string, n: string, headers = {}) =>
      call(getBidFile.as(null), `/api/v1/bids/${recordId}/files/${n}`, { recordId, n }, { headers });
    for (const id of [opened?.id ?? '', bid?.id ?? '']) {
      const response = await get(id, '1');
      expect(response.headers.get('etag')).toBe(`"${digest(bids.a.file)}"`);
      expect(digest(await bytesOf(response))).toBe(digest(bids.a.file));
    }
    expect(await (await get(opened?.id ?? '', '0')).text()).toBe('Offer of alpha');
    const part = await get(opened?.id ?? '', '1', { range: 'bytes=1500000-1500009' });
    expect(await bytesOf(part)).toEqual(bids.a.file.slice(1_500_000, 1_500_010));
    for (const n of ['2', '-1', 'x', '0000']) expect((await get(opened?.id ?? '', n)).status).toBe(404);
    const response = await get(opened?.id ?? '', '1');
    await response.body?.cancel();
  });

  it('proves every record that is disclosed, in its closed stage, and none that is not', async () => {
    const whole = await process();
    for (const filed of whole.filed) {
      const response = await evidence(filed.id);
      if (!mayRead(whole, filed, PUBLIC_VIEWER)) {
        expect([filed.type, response.status]).toEqual([filed.type, 404]);
        continue;
      }
      const { verdict, steps } = await verify(response);
      expect([filed.type, steps.filter((s) => s.outcome === 'fail')]).toEqual([filed.type, []]);
      expect([filed.type, verdict.outcome]).toEqual([filed.type, 'proven']);
    }
  });

  it('searches what the disclosure table discloses, and nothing else', async () => {
    const whole = await process();
    const expected = whole.filed
      .filter((f) => mayRead(whole, f, PUBLIC_VIEWER))
      .flatMap((f) => f.documents.map((d) => `${f.id} ${d.sha256}`));
    const found = await findDocuments(registry.world.db, '');
    expect(
      found
        ?.filter((c) => c.ocid === tender.ocid)
        .map((c) => `${c.recordId} ${c.sha256}`)
        .sort(),
    ).toEqual(expected.sort());
  });

  it('publishes an OCDS release, and a state that only changes with what is seen', async () => {
    const { ocid } = tender;
    const release = (await (await call(getOcds.as(null), `/api/v1/ocds/${ocid}`, { ocid })).json()) as {
      releases: { ocid: string }[];
    };
    expect(release.releases[0]?.ocid).toBe(ocid);
    const state = (headers = {}) =>
      call(getState.as(null), `/api/v1/tenders/${ocid}/state`, { ocid }, { headers });
    const first = await state();
    expect(await first.json()).toMatchObject({ phase: 'evaluation' });
    expect((await state({ 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
  });
});
