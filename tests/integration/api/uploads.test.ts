import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DELETE } from '@/app/api/v1/uploads/[id]/route';
import { POST } from '@/app/api/v1/uploads/route';
import type { Actor } from '@/lib/procedure/roles';
import { forgetRates } from '@/lib/server/rate-limit';
import { UPLOAD_LIMITS } from '@/lib/server/uploads';
import { call, newTender, pdf, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { zip } from './zip';

interface Given {
  name?: string;
  type?: string;
  actor?: Actor | null;
  tender?: string;
  headers?: Record<string, string>;
}

describe('uploads', () => {
  let registry: Registry;
  let tenderId: string;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    forgetRates();
    await registry.world.db.upload.deleteMany();
    for (const file of await registry.files()) await rm(file);
    tenderId = (await newTender(registry)).id;
  });

  const upload = (body: BodyInit, given: Given = {}) => {
    const {
      name = 'specification.pdf',
      type = 'application/pdf',
      actor = PEOPLE.officer,
      tender = tenderId,
    } = given;
    const url = `/api/v1/uploads?${new URLSearchParams({ tender, name, type })}`;
    return call(
      POST.as(actor),
      url,
      {},
      { method: 'POST', body, duplex: 'half', headers: given.headers ?? {} },
    );
  };
  const nothingKept = async () => {
    expect(await registry.world.db.upload.count()).toBe(0);
    expect(await registry.files()).toEqual([]);
  };

  it('takes a document and says what it is', async () => {
    const response = await upload(pdf('desks'));
    expect(response.status).toBe(201);
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      name: 'specification.pdf',
      mediaType: 'application/pdf',
      size: pdf('desks').length,
    });
    expect(answer.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await registry.files()).toHaveLength(1);
  });

  it('keeps no path, control or direction character of a name', async () => {
    const response = await upload(pdf('x'), { name: 'C:\\secret\\..\\plan\u202efdp\u0007.pdf' });
    expect(await response.json()).toMatchObject({ name: 'plan_fdp_.pdf' });
    const refusal = await refusalOf(await upload(pdf('x'), { name: '../../gpj.\u202eexe' }));
    expect(refusal).toMatchObject({ code: 'upload-type', params: { detail: 'gpj._exe' } });
  });

  it.each([
    ['offer.docx', ['[Content_Types].xml', 'word/document.xml'], 201],
    ['offer.docx', ['[Content_Types].xml', 'xl/workbook.xml'], 415],
    ['offer.docx', ['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'], 415],
    ['offer.xlsx', ['[Content_Types].xml', 'xl/workbook.xml'], 201],
    ['plans.zip', ['plan.dwg'], 201],
    ['offer.odt', ['mimetype', 'content.xml'], 415],
  ])('looks into %s with %j: %i', async (name, members, status) => {
    expect((await upload(zip(members), { name, type: '' })).status).toBe(status);
    expect((await upload(zip(members).subarray(0, -9), { name, type: '' })).status).toBe(415);
  });

  it.each([
    ['a program', 'setup.exe', Uint8Array.of(0x4d, 0x5a, 0x90, 0)],
    ['a program under a document name', 'offer.pdf', Uint8Array.of(0x4d, 0x5a, 0x90, 0)],
    ['a script', 'run.sh', new TextEncoder().encode('#!/bin/sh\n')],
    ['a page', 'page.html', new TextEncoder().encode('<html>')],
    ['a picture that runs', 'logo.svg', new TextEncoder().encode('<svg/>')],
    ['no extension', 'README', new TextEncoder().encode('text')],
    ['binary as text', 'list.csv', Uint8Array.of(1, 0, 2)],
    ['another encoding', 'list.txt', Uint8Array.of(0xb1, 0xb1, 0xbe, 0xa9)],
    ['a ZIP that is cut off', 'all.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)],
    ['a ZIP as a document', 'offer.docx', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)],
    ['XML that is not', 'data.xml', new TextEncoder().encode('a,b')],
  ])('refuses %s', async (_what, name, bytes) => {
    const refusal = await refusalOf(await upload(bytes, { name, type: '' }));
    expect(refusal).toMatchObject({ status: 415, code: 'upload-type' });
    await nothingKept();
  });

  it('takes text in any script and refuses a stated program', async () => {
    expect(
      (await upload('项目,数量\n课桌,10\n', { name: '清单.csv', type: 'application/vnd.ms-excel' })).status,
    ).toBe(201);
    const refusal = await refusalOf(await upload(pdf('x'), { type: 'application/x-msdownload' }));
    expect(refusal.code).toBe('upload-type');
  });

  it('takes a document as large as any may be, piece by piece, and holds only a few pieces of it', async () => {
    const limit = UPLOAD_LIMITS.document;
    const PIECE = 1024 ** 2;
    expect(limit).toBe(100 * PIECE);
    const hash = createHash('sha256');
    let sent = 0;
    let ahead = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const [written = 0] = (await registry.files()).map((file) => statSync(file).size);
          // With the piece that is asked for now.
          ahead = Math.max(ahead, sent + PIECE - written);
          const piece = new Uint8Array(randomBytes(PIECE));
          if (sent === 0) piece.set(pdf('large').subarray(0, 9));
          sent += piece.length;
          if (sent === limit) piece.set(new TextEncoder().encode('\n%%EOF\n'), PIECE - 7);
          hash.update(piece);
          controller.enqueue(piece);
          if (sent === limit) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const response = await upload(body, { headers: { 'content-length': String(limit) } });
    expect(response.status).toBe(201);
    const sha256 = hash.digest('hex');
    expect(await response.json()).toMatchObject({ size: limit, sha256, mediaType: 'application/pdf' });
    const files = await registry.files();
    expect(files.map((file) => statSync(file).size)).toEqual([limit]);
    const [row] = await registry.world.db.upload.findMany();
    expect(row).toMatchObject({ size: BigInt(limit), sha256 });
    // However large it is: what was read from the sender and is not on the disk yet.
    expect(ahead).toBeLessThanOrEqual(8 * PIECE);
  });

  it('names the limit for what is too large, announced or not', async () => {
    const announced = await upload(pdf('x'), { headers: { 'content-length': String(101 * 1024 ** 2) } });
    expect(await refusalOf(announced)).toMatchObject({
      status: 413,
      code: 'upload-too-large',
      params: { detail: '100 MB' },
    });
    const block = new Uint8Array(1024 ** 2).fill(0x20);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? pdf('x') : block);
        sent += 1;
      },
    });
    const streamed = await refusalOf(await upload(endless));
    expect(streamed).toMatchObject({ status: 413, code: 'upload-too-large' });
    expect(streamed.message).toContain('100 MB');
    // Refused while streaming: not after reading whatever the sender had.
    expect(sent).toBeLessThan(110);
    await nothingKept();
  });

  it('keeps nothing of an upload that is shorter than announced, broken off, or empty', async () => {
    const short = await upload(pdf('x'), { headers: { 'content-length': '5000' } });
    expect(await refusalOf(short)).toMatchObject({ status: 400, code: 'upload-truncated' });
    let pulls = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        if (pulls === 1) controller.enqueue(pdf('x'));
        else controller.error(new Error('socket hang up'));
      },
    });
    expect(await refusalOf(await upload(broken))).toMatchObject({ status: 400, code: 'upload-truncated' });
    expect(await refusalOf(await upload(new Uint8Array(0)))).toMatchObject({
      status: 400,
      code: 'upload-truncated',
    });
    await nothingKept();
  });

  it('refuses the same file twice, naming the first, even when both arrive at once', async () => {
    const both = await Promise.all([
      upload(pdf('x'), { name: 'one.pdf' }),
      upload(pdf('x'), { name: 'one.pdf' }),
    ]);
    expect(both.map((r) => r.status).sort()).toEqual([201, 409]);
    const again = await refusalOf(await upload(pdf('x'), { name: 'two.pdf', actor: PEOPLE.colleague }));
    expect(again).toMatchObject({ status: 409, code: 'upload-duplicate', params: { detail: 'one.pdf' } });
    expect(await registry.files()).toHaveLength(1);
    const elsewhere = (await newTender(registry)).id;
    expect((await upload(pdf('x'), { tender: elsewhere })).status).toBe(201);
  });

  it.each([
    ['nobody', null, 401, 'not-signed-in'],
    ['an officer of another entity', PEOPLE.stranger, 404, 'not-found'],
    ['a tenderer', PEOPLE.bidderA, 404, 'not-found'],
    ['the approver', PEOPLE.approver, 403, 'not-permitted'],
  ] as const)('refuses %s', async (_who, actor, status, code) => {
    expect(await refusalOf(await upload(pdf('x'), { actor }))).toMatchObject({ status, code });
    await nothingKept();
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('refuses a request from %s', async (_what, headers) => {
    const refusal = await refusalOf(await upload(pdf('x'), { headers: headers as Record<string, string> }));
    expect(refusal).toMatchObject({ status: 403, code: 'other-site' });
    await nothingKept();
  });

  it('names the fields of a malformed request, in the language asked for', async () => {
    const refusal = await upload(pdf('x'), {
      tender: 'x',
      name: '',
      headers: { 'accept-language': 'zh-CN,en;q=0.5' },
    });
    const body = (await refusal.json()) as { message: string; fieldErrors: Record<string, string> };
    expect(refusal.status).toBe(422);
    expect(body.fieldErrors).toEqual({ tender: 'uuid', name: 'required' });
    expect(body.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('removes one’s own unused upload, and nobody else’s', async () => {
    const { id } = (await (await upload(pdf('x'))).json()) as { id: string };
    const remove = (actor: Actor | null) =>
      call(DELETE.as(actor), `/api/v1/uploads/${id}`, { id }, { method: 'DELETE' });
    expect((await remove(PEOPLE.stranger)).status).toBe(404);
    expect(await refusalOf(await remove(PEOPLE.colleague))).toMatchObject({ status: 403, code: 'not-yours' });
    expect(await registry.files()).toHaveLength(1);
    expect((await remove(PEOPLE.officer)).status).toBe(204);
    await nothingKept();
    expect((await remove(PEOPLE.officer)).status).toBe(404);
  });
});
