import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Upload } from 'tus-js-client';
import { processOf, perform } from '@/lib/demo/acts';
import { keySets } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { forgetRates } from '@/lib/server/rate-limit';
import { readStored } from '@/lib/server/stored-range';
import { PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { digest, publish, sealBid, sendEnvelope, type SealedBid } from './played';
import { idOf, listen, offsetOf, pieces, tus } from './tus';

const { bidderA, bidderB } = PEOPLE;
/** Of the same organization as bidder A, yet not the person who began the upload. */
const partner = { ...bidderA, person: 'person-partner' };

let registry: Registry;
let tender: { id: string; ocid: string };
let sealed: SealedBid;

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry, 3600);
  sealed = await sealBid(await processOf(registry.world, tender.id), bidderA, '5');
});
afterAll(() => registry.stop());
beforeEach(async () => {
  forgetRates();
  await registry.world.db.upload.deleteMany({ where: { kind: 'envelope' } });
  for (const file of await partials()) await rm(file);
});

const partials = async () =>
  (await registry.files()).filter((file) => file.includes(`${path.sep}partial${path.sep}`));
/** Bytes of envelopes that lie beside the storage. */
const written = async () => {
  const contents = (await partials()).filter((file) => path.extname(file) !== '.json');
  const sizes = await Promise.all(contents.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};
const envelopes = () => registry.world.db.upload.findMany({ where: { kind: 'envelope' } });

const begun = async (bytes = sealed.bytes, who = bidderA) =>
  idOf(await tus.begin(tender.id, who, bytes.length));

/** What a server knows that has just been started: only what is on the disk. */
function forget() {
  const memory = globalThis as { tenderproofUploadLocks?: unknown; tenderproofConclusions?: unknown };
  delete memory.tenderproofUploadLocks;
  delete memory.tenderproofConclusions;
}

async function nothingKept() {
  expect(await envelopes()).toEqual([]);
  expect(await partials()).toEqual([]);
}

describe('an envelope in pieces', () => {
  it('becomes the same upload as one sent whole', async () => {
    const first = await tus.begin(tender.id, bidderA, sealed.bytes.length);
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toMatch(/^\/api\/v1\/envelopes\/tus\/[A-Za-z0-9_-]{43}$/);
    const id = idOf(first);
    expect(offsetOf(await tus.head(id, bidderA))).toBe(0);
    const middle = await tus.patch(id, bidderA, 0, sealed.bytes.slice(0, 1_000_000));
    expect(middle.status).toBe(204);
    expect(offsetOf(middle)).toBe(1_000_000);
    const last = await tus.patch(id, bidderA, 1_000_000, sealed.bytes.slice(1_000_000));
    expect(last.status).toBe(200);
    const answer = (await last.json()) as { id: string };
    expect(answer).toMatchObject({ sha256: digest(sealed.bytes), size: sealed.bytes.length });
    const [row, ...more] = await envelopes();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ id: answer.id, personId: bidderA.person, tenderId: tender.id, usedBy: null });
    const stored = await readStored(registry.world.storage, row?.storageKey ?? '', 0, sealed.bytes.length);
    expect(digest(stored)).toBe(digest(sealed.bytes));
    // Sent whole it is recognised, and answers with the same.
    const whole = await sendEnvelope(tender.id, bidderA, sealed.bytes);
    expect(await whole.json()).toEqual(answer);
    // No bytes are left beside the storage, only what they became.
    expect((await partials()).map((file) => path.extname(file))).toEqual(['.json']);
  });

  it('may come with its beginning', async () => {
    const response = await listening((server) =>
      fetch(`${server.url}?tender=${tender.id}`, {
        method: 'POST',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-length': String(sealed.bytes.length),
          'content-type': 'application/offset+octet-stream',
        },
        body: sealed.bytes,
      }),
    );
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ sha256: digest(sealed.bytes) });
  });

  it('goes on after a broken connection, on a server that has just started', async () => {
    const id = await begun();
    const half = Math.floor(sealed.bytes.length / 2);
    const broken = pieces([sealed.bytes.slice(0, half)], async () => {
      await vi.waitUntil(async () => (await written()) > 0, { timeout: 10_000 });
      throw new Error('socket hang up');
    });
    await tus.patch(id, bidderA, 0, broken);
    forget();
    const here = offsetOf(await tus.head(id, bidderA));
    expect(here).toBeGreaterThan(0);
    expect(here).toBeLessThanOrEqual(half);
    expect((await tus.patch(id, bidderA, here + 1, sealed.bytes.slice(here + 1))).status).toBe(409);
    expect((await tus.patch(id, bidderA, here, sealed.bytes.slice(here))).status).toBe(200);
    expect(await envelopes()).toHaveLength(1);
  });

  it('is carried through by tus-js-client while every connection is cut', async () => {
    await listening(async (server) => {
      let cuts = 0;
      await new Promise<void>((resolve, reject) => {
        const upload = new Upload(Buffer.from(sealed.bytes), {
          endpoint: `${server.url}?tender=${tender.id}`,
          chunkSize: 1_000_000,
          retryDelays: [0, 50, 50, 50, 50, 50],
          onProgress: (sent) => {
            if (cuts < 3 && sent > cuts * 700_000) {
              cuts += 1;
              server.cut();
            }
          },
          onSuccess: () => resolve(),
          onError: reject,
        });
        upload.start();
      });
      expect(cuts).toBe(3);
    });
    expect((await envelopes()).map((row) => row.sha256)).toEqual([digest(sealed.bytes)]);
  });

  it('does not wait for a connection that died without a word', async () => {
    const id = await begun();
    const never = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(sealed.bytes.slice(0, 100_000)),
    });
    const dead = tus.patch(id, bidderA, 0, never);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const shown = await tus.head(id, bidderA);
    expect(offsetOf(shown)).toBe(100_000);
    expect(offsetOf(await dead)).toBe(100_000);
    expect((await tus.patch(id, bidderA, 100_000, sealed.bytes.slice(100_000))).status).toBe(200);
  });

  it('is concluded later by a server that died over it, and answers the same again', async () => {
    const id = await begun();
    const { storage } = registry.world;
    const put = storage.put;
    storage.put = () => Promise.reject(new Error('killed'));
    try {
      expect((await tus.patch(id, bidderA, 0, sealed.bytes)).status).toBe(500);
    } finally {
      storage.put = put;
    }
    forget();
    expect(offsetOf(await tus.head(id, bidderA))).toBe(sealed.bytes.length);
    expect(await envelopes()).toEqual([]);
    const both = await Promise.all([1, 2].map(() => tus.patch(id, bidderA, sealed.bytes.length, '')));
    const answers = (await Promise.all(both.map((r) => r.json()))) as { id: string }[];
    expect(answers[0]).toEqual(answers[1]);
    const again = await tus.patch(id, bidderA, sealed.bytes.length, '');
    expect(await again.json()).toEqual(answers[0]);
    expect(offsetOf(await tus.head(id, bidderA))).toBe(sealed.bytes.length);
    expect((await tus.patch(id, bidderA, 0, sealed.bytes)).status).toBe(409);
    expect(await envelopes()).toHaveLength(1);
    // Removed by its owner meanwhile: there is nothing to go on from, and nothing is said to be there.
    await registry.world.db.upload.deleteMany({ where: { kind: 'envelope' } });
    expect((await tus.head(id, bidderA)).status).toBe(404);
  });

  it('keeps its place when the session ends in the middle', async () => {
    const id = await begun();
    await tus.patch(id, bidderA, 0, sealed.bytes.slice(0, 5000));
    const out = await refusalOf(await tus.patch(id, null, 5000, sealed.bytes.slice(5000)));
    expect(out).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect((await tus.head(id, null)).status).toBe(401);
    expect(offsetOf(await tus.head(id, bidderA))).toBe(5000);
    expect((await tus.patch(id, bidderA, 5000, sealed.bytes.slice(5000))).status).toBe(200);
  });

  it('is one upload, whether two tabs send it as two or as one', async () => {
    const [one, two] = [await begun(), await begun()];
    const both = await Promise.all([one, two].map((id) => tus.patch(id, bidderA, 0, sealed.bytes)));
    const ids = await Promise.all(both.map(async (r) => ((await r.json()) as { id: string }).id));
    expect(new Set(ids).size).toBe(1);
    expect(await envelopes()).toHaveLength(1);

    await registry.world.db.upload.deleteMany({ where: { kind: 'envelope' } });
    const shared = await begun();
    const racing = await Promise.all([1, 2].map(() => tus.patch(shared, bidderA, 0, sealed.bytes)));
    const statuses = racing.map((r) => r.status).sort();
    expect([
      [200, 409],
      [200, 404],
    ]).toContainEqual(statuses);
    expect(await envelopes()).toHaveLength(1);
  });
});

/** Runs against real sockets. */
async function listening<T>(run: (server: Awaited<ReturnType<typeof listen>>) => Promise<T>): Promise<T> {
  const server = await listen(bidderA);
  try {
    return await run(server);
  } finally {
    server.cut();
    await server.close();
  }
}

describe('what is refused of an envelope in pieces', () => {
  it.each([
    ['another tenderer', bidderB, 404],
    ['a colleague', partner, 404],
    ['the same person for another organization', { ...bidderA, organization: bidderB.organization }, 404],
    ['the officer', PEOPLE.officer, 404],
    ['nobody', null, 401],
  ] as const)('everything of %s', async (_who, who, status) => {
    const id = await begun();
    await tus.patch(id, bidderA, 0, sealed.bytes.slice(0, 5000));
    expect((await tus.head(id, who)).status).toBe(status);
    expect((await tus.patch(id, who, 5000, sealed.bytes.slice(5000))).status).toBe(status);
    expect((await tus.drop(id, who)).status).toBe(status);
    expect(offsetOf(await tus.head(id, bidderA))).toBe(5000);
    expect(await envelopes()).toEqual([]);
  });

  it.each([
    'x',
    '..',
    '../../x',
    '%2e%2e%2f',
    'A'.repeat(43),
    `${'A'.repeat(40)}/..`,
    `${'A'.repeat(43)}.json`,
    '\0',
  ])('the identifier %j', async (id) => {
    await begun();
    expect((await tus.head(id, bidderA)).status).toBe(404);
    expect((await tus.patch(id, bidderA, 0, sealed.bytes)).status).toBe(404);
    expect((await tus.drop(id, bidderA)).status).toBe(404);
    expect(await partials()).toHaveLength(2);
  });

  it('who may not bid, and what stands elsewhere', async () => {
    const begin = async (who: Parameters<typeof tus.begin>[1], tenderId = tender.id) =>
      refusalOf(await tus.begin(tenderId, who, 5000));
    expect(await begin(null)).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect(await begin(PEOPLE.officer)).toMatchObject({ status: 403, code: 'not-permitted' });
    expect(await begin(bidderA, crypto.randomUUID())).toMatchObject({ status: 404, code: 'not-found' });
    expect(await begin(bidderA, 'x')).toMatchObject({ status: 422, code: 'invalid-input' });
    const foreign = await tus.begin(tender.id, bidderA, 5000, { 'sec-fetch-site': 'cross-site' });
    expect(await refusalOf(foreign)).toMatchObject({ status: 403, code: 'other-site' });
    await nothingKept();
  });

  it('lengths that cannot be', async () => {
    const begin = async (length: string | number, headers = {}) =>
      refusalOf(await tus.begin(tender.id, bidderA, length, headers));
    expect(await begin(512 * 1024 ** 2 + 1)).toMatchObject({
      status: 413,
      code: 'upload-too-large',
      params: { detail: '512 MB' },
    });
    expect(await begin(0)).toMatchObject({ status: 400, code: 'upload-truncated' });
    for (const length of ['', '-1', '1e9', '0x10', '9'.repeat(40)])
      expect(await begin(length)).toMatchObject({ status: 422, code: 'invalid-input' });
    expect(await begin('', { 'upload-defer-length': '1' })).toMatchObject({ status: 422 });
    const old = await tus.begin(tender.id, bidderA, 5000, { 'tus-resumable': '0.2.2' });
    expect(old.status).toBe(400);
    await nothingKept();
  });

  it('more bytes than were announced', async () => {
    const id = idOf(await tus.begin(tender.id, bidderA, 5000));
    const stated = await tus.patch(id, bidderA, 0, sealed.bytes.slice(0, 5001), { 'content-length': '5001' });
    expect(stated.status).toBe(413);
    const streamed = await tus.patch(
      id,
      bidderA,
      0,
      pieces([sealed.bytes.slice(0, 4000), sealed.bytes.slice(0, 4000)]),
    );
    expect(streamed.status).toBe(413);
    expect(offsetOf(await tus.head(id, bidderA))).toBeLessThanOrEqual(5000);
    expect(await envelopes()).toEqual([]);
  });

  it('what is no envelope: at its beginning, or at its end', async () => {
    const noise = new Uint8Array(20_000).fill(7);
    const early = await begun(noise);
    expect((await tus.patch(early, bidderA, 0, noise.slice(0, 10_000))).status).toBe(204);
    const seen = await refusalOf(await tus.patch(early, bidderA, 10_000, noise.slice(10_000, 11_000)));
    expect(seen).toMatchObject({ status: 422, code: 'not-an-envelope' });
    expect((await tus.head(early, bidderA)).status).toBe(404);
    const damaged = sealed.bytes.slice();
    damaged[damaged.length - 100] = (damaged.at(-100) ?? 0) ^ 1;
    for (const [bytes, detail] of [
      [noise, 'envelope-shape'],
      [damaged, 'payload-hash'],
      [sealed.bytes.slice(0, -1), 'envelope-length'],
    ] as const) {
      const id = await begun(bytes);
      const refused = await refusalOf(await tus.patch(id, bidderA, 0, bytes));
      expect(refused).toMatchObject({ status: 422, code: 'not-an-envelope', params: { detail } });
    }
    await nothingKept();
  });

  it('an envelope for another tender or of another tenderer', async () => {
    // A due time has whole seconds.
    registry.time.now = Math.ceil(registry.time.now / 1000) * 1000;
    const elsewhere = await publish(registry, 3600);
    const foreign = await sealBid(await processOf(registry.world, elsewhere.id), bidderA, '5');
    for (const [bytes, who] of [
      [foreign.bytes, bidderA],
      [sealed.bytes, bidderB],
    ] as const) {
      const id = await begun(bytes, who);
      const refused = await refusalOf(await tus.patch(id, who, 0, bytes));
      expect(refused).toMatchObject({ status: 422, code: 'envelope-of-another-tender' });
    }
    await nothingKept();
  });

  it('an envelope that is a bid already', async () => {
    const own = await sealBid(await processOf(registry.world, tender.id), bidderB, '6');
    await sendEnvelope(tender.id, bidderB, own.bytes);
    await perform(registry.world, bidderB, 'submit-bid', tender.id, {
      envelopes: [{ lot: '', part: '', envelope: digest(own.bytes), replaces: null }],
      bidKey: toHex(bidderB.keySeed),
      keyset: keySets(await processOf(registry.world, tender.id)).at(-1)?.hash,
    });
    const id = await begun(own.bytes, bidderB);
    const again = await refusalOf(await tus.patch(id, bidderB, 0, own.bytes));
    expect(again).toMatchObject({ status: 409, code: 'upload-duplicate' });
    expect((await tus.head(id, bidderB)).status).toBe(404);
    expect(await envelopes()).toHaveLength(1);
  });

  it('names with path tricks: nothing that a client says of a file is kept', async () => {
    const named = ['../../etc/passwd', 'C:\\x\\..\\bid.pdf', 'a\u0000b'].map((name) =>
      Buffer.from(name).toString('base64'),
    );
    const metadata = named.map((name, i) => `filename${i} ${name}`).join(',');
    const response = await tus.begin(tender.id, bidderA, sealed.bytes.length, {
      'upload-metadata': `${metadata},tender ${Buffer.from(crypto.randomUUID()).toString('base64')}`,
    });
    expect(response.status).toBe(201);
    const state = (await partials()).find((file) => file.endsWith('.json')) ?? '';
    const text = await readFile(state, 'utf8');
    expect(text).not.toMatch(/passwd|bid\.pdf|filename/);
    expect(text).toContain(tender.id);
    expect((await tus.head(idOf(response), bidderA)).headers.get('upload-metadata')).toBeNull();
  });

  it('what is late by a millisecond', async () => {
    const due = Date.parse((await processOf(registry.world, tender.id)).chain.opening?.bidsDue ?? '');
    const before = registry.time.now;
    try {
      registry.time.now = due - 1;
      const id = await begun();
      const late = pieces([sealed.bytes], () => (registry.time.now = due));
      const refused = await refusalOf(await tus.patch(id, bidderA, 0, late));
      expect(refused).toMatchObject({ status: 409, code: 'deadline-passed' });
      expect(await envelopes()).toEqual([]);
      expect(await refusalOf(await tus.begin(tender.id, bidderA, 5000))).toMatchObject({
        code: 'deadline-passed',
      });
      // Its owner still sees how far it came; only nothing can be added to it.
      expect(offsetOf(await tus.head(id, bidderA))).toBe(sealed.bytes.length);
      const again = await refusalOf(await tus.patch(id, bidderA, sealed.bytes.length, ''));
      expect(again).toMatchObject({ status: 409, code: 'deadline-passed' });
      registry.time.now = due - 1;
      expect((await tus.patch(id, bidderA, sealed.bytes.length, '')).status).toBe(200);
    } finally {
      registry.time.now = before;
    }
  });
});

describe('what is left of uploads', () => {
  it('is dropped by its owner', async () => {
    const id = await begun();
    await tus.patch(id, bidderA, 0, sealed.bytes.slice(0, 5000));
    expect((await tus.drop(id, bidderA)).status).toBe(204);
    expect((await tus.head(id, bidderA)).status).toBe(404);
    await nothingKept();
    const done = await begun();
    await tus.patch(done, bidderA, 0, sealed.bytes);
    expect((await tus.drop(done, bidderA)).status).toBe(204);
    expect(await envelopes()).toHaveLength(1);
  });

  it('does not keep its owner from beginning again', async () => {
    const ids = [];
    for (let i = 0; i < 12; i += 1) ids.push(await begun());
    expect((await partials()).length).toBe(2 * 8);
    expect((await tus.head(ids[0] ?? '', bidderA)).status).toBe(404);
    expect((await tus.head(ids.at(-1) ?? '', bidderA)).status).toBe(200);
    const other = await begun(sealed.bytes, bidderB);
    expect((await tus.head(other, bidderB)).status).toBe(200);
  });

  it('gives way, the oldest first, when too many envelopes wait to be filed', async () => {
    const waiting = Array.from({ length: 300 }, (_, i) => ({
      id: crypto.randomUUID(),
      kind: 'envelope',
      tenderId: tender.id,
      personId: bidderA.person,
      name: 'envelope',
      mediaType: 'application/octet-stream',
      size: 1n,
      sha256: i.toString(16).padStart(64, '0'),
      storageKey: `00/${crypto.randomUUID()}`,
      createdAt: new Date(registry.time.now - i * 1000),
    }));
    await registry.world.db.upload.createMany({ data: waiting });
    const id = await begun();
    expect((await tus.patch(id, bidderA, 0, sealed.bytes)).status).toBe(200);
    const left = (await envelopes()).map((row) => row.sha256);
    expect(left).toContain(digest(sealed.bytes));
    expect(left).toContain(waiting[0]?.sha256);
    expect(left).not.toContain(waiting.at(-1)?.sha256);
    expect(left.length).toBeLessThanOrEqual(250);
  });
});
