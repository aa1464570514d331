import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getDocument } from '@/app/api/v1/documents/[recordId]/[documentId]/route';
import { GET as searchEvidence } from '@/app/api/v1/evidence/route';
import { GET as getOcds } from '@/app/api/v1/ocds/[ocid]/route';
import { GET as getReceipt } from '@/app/api/v1/receipts/[recordId]/route';
import { GET as getRegistry } from '@/app/api/v1/registry/route';
import { GET as getKit } from '@/app/api/v1/tenders/[ocid]/sealing-kit/route';
import { GET as getTime } from '@/app/api/v1/tenders/[ocid]/time/route';
import { processOf } from '@/lib/demo/acts';
import { registryDescriptorSchema } from '@/lib/evidence/descriptor';
import { receiptSchema, verifyPromise } from '@/lib/evidence/receipt';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { keySets, liveBids, notice } from '@/lib/procedure/state';
import { parseSealingKit } from '@/lib/sealing/sealing-kit';
import type { Actor } from '@/lib/procedure/roles';
import { bytesOf, envelopeOf, evidenceOf, expectDescribed, pinned, stateOf, verify } from './asked';
import { call, newTender, pdf, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { digest, publish, sealBid, sendEnvelope, submit } from './played';

let registry: Registry;
let tender: { id: string; ocid: string };

const process = () => processOf(registry.world, tender.id);

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry);
});
afterAll(() => registry.stop());

describe('before the opening', () => {
  it('proves the notice, and its very document', async () => {
    const filed = notice(await process());
    const file = pdf(`notice of ${tender.ocid}`);
    const { verdict, steps } = await verify(registry, await evidenceOf(filed?.id ?? ''), file);
    expect(steps.filter((s) => s.outcome === 'fail')).toEqual([]);
    expect(verdict).toMatchObject({
      outcome: 'pending',
      facts: { type: 'notice', documentTitle: 'notice.pdf' },
    });
    const altered = await verify(registry, await evidenceOf(filed?.id ?? ''), pdf('another'));
    expect(altered.verdict.outcome).toBe('refuted');
  });

  it('carries the evidence of the keys that signed', async () => {
    const accepted = (await process()).filed.find((f) => f.type === 'committee-accepted');
    await registry.until(
      async () => (await registry.world.db.stageClosure.count({ where: { stage: 0 } })) > 0,
    );
    const { verdict, steps } = await verify(registry, await evidenceOf(accepted?.id ?? ''));
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

  it('gives everybody what is needed to seal a bid elsewhere, and nothing before publication', async () => {
    const get = (ocid: string) => call(getKit.as(null), `/api/v1/tenders/${ocid}/sealing-kit`, { ocid });
    const answer = await get(tender.ocid);
    expect(answer.headers.get('content-disposition')).toContain(`sealing-kit-${tender.ocid}.json`);
    const text = await answer.text();
    expectDescribed('SealingKit', JSON.parse(text));
    const parsed = parseSealingKit(text);
    const whole = await process();
    expect(parsed).toMatchObject({
      ok: true,
      kit: {
        ocid: tender.ocid,
        bidsDue: whole.chain.opening?.bidsDue,
        items: notice(whole)?.data.tender.items,
        statements: notice(whole)?.data.tender.statements,
        keysetHash: keySets(whole).at(-1)?.hash,
      },
    });
    const draft = await newTender(registry);
    expect(await refusalOf(await get(draft.ocid))).toMatchObject({ status: 404, code: 'not-found' });
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
      const response = await stateOf(tender.ocid, who);
      return ((await response.json()) as { records: number }).records;
    };
    const before = await visible(PEOPLE.officer);
    await submit(registry, tender.id, PEOPLE.bidderA, '90');
    await submit(registry, tender.id, PEOPLE.bidderB, '95.5');
    expect(await visible(PEOPLE.officer)).toBe(before);
    expect(await visible(PEOPLE.bidderA)).toBe((await visible(null)) + 1);
    const bid = liveBids(await process()).find((b) => b.actor.person === PEOPLE.bidderA.person);
    await registry.until(async () => (await registry.world.db.filing.count()) === 0);
    for (const who of [null, PEOPLE.bidderB, PEOPLE.officer, PEOPLE.approver, PEOPLE.regulator]) {
      expect((await evidenceOf(bid?.id ?? '', who)).status).toBe(404);
      expect((await envelopeOf(bid?.data.envelope ?? '', who)).status).toBe(404);
    }
    expect((await evidenceOf(bid?.id ?? '', PEOPLE.bidderA)).status).toBe(200);
    expect((await envelopeOf(bid?.data.envelope ?? '', PEOPLE.bidderA)).status).toBe(200);
  });

  it('gives the filer a receipt, whose salt then stands for it', async () => {
    const recordId =
      liveBids(await process()).find((b) => b.actor.person === PEOPLE.bidderA.person)?.id ?? '';
    const get = (who: Actor | null) => call(getReceipt.as(who), `/api/v1/receipts/${recordId}`, { recordId });
    expect((await get(null)).status).toBe(401);
    expect((await get(PEOPLE.bidderB)).status).toBe(404);
    const response = await get(PEOPLE.bidderA);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    const answer: unknown = await response.json();
    expectDescribed('Receipt', answer);
    const receipt = receiptSchema.parse(answer);
    expect(verifyPromise(receipt.promise, parseVerifierKey(pinned().logKey))).toBe(true);
    expect((await evidenceOf(recordId, null, { 'tenderproof-salt': receipt.salt })).status).toBe(200);
    const wrong = receipt.salt.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    for (const salt of [wrong, '', 'zz', receipt.salt.slice(2)])
      expect((await evidenceOf(recordId, null, { 'tenderproof-salt': salt })).status).toBe(404);
  });

  it('finds disclosed documents by a prefix, and says how long it may be', async () => {
    const registryAnswer = (await (
      await call(getRegistry.as(null), '/api/v1/registry', {})
    ).json()) as Record<string, unknown>;
    expectDescribed('Registry', registryAnswer);
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
