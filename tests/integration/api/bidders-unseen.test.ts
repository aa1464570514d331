import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { processOf } from '@/lib/demo/acts';
import type { Player } from '@/lib/demo/company';
import { all, notice } from '@/lib/procedure/state';
import type { Actor } from '@/lib/procedure/roles';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { listTenders, myWork } from '@/lib/server/queries/lists';
import { readProgress } from '@/lib/server/queries/progress';
import { readSealedBids } from '@/lib/server/queries/sealed-bids';
import { readTender } from '@/lib/server/queries/tender';
import type { SignedIn } from '@/lib/server/queries/view';
import { forgetRates } from '@/lib/server/rate-limit';
import type { Handler, Route } from '@/lib/server/route';
import { counted, type Work } from '../../support/database-work';
import { BASE, PEOPLE, startRegistry, type Registry } from './fixture';
import { publish, submit } from './played';

// Who bids, and how many, is nobody's business before the opening. Every answer about one tender, to every role, is the
// same with no bid, with three, and with many: status, headers, every byte; and as much is read from the database for it,
// so that it takes as long.

/** For the read models of pages: who is signed in is otherwise read from the request that Next is serving. */
let signedIn: SignedIn | null = null;
vi.mock('@/lib/server/session', async (original) => ({
  ...(await original<object>()),
  currentViewer: async () => signedIn,
}));

const API = path.resolve('app/api/v1');

const player = (slug: string, roles: string[], seed: number): Player =>
  ({
    slug,
    name: slug,
    person: `person-${slug}`,
    organization: { id: `org-${slug}`, name: `The house of ${slug}` },
    memberRoles: roles,
    keySeed: new Uint8Array(32).fill(seed),
  }) as unknown as Player;

/** Everybody who may ask, but for those who bid. The fixture's committee: officer, regulator, observer. */
const READERS: Record<string, Player | null> = {
  'signed out': null,
  officer: PEOPLE.officer,
  'another officer': PEOPLE.colleague,
  approver: PEOPLE.approver,
  'committee, regulator': PEOPLE.regulator,
  'committee, observer': PEOPLE.observer,
  evaluator: player('evaluator', ['evaluator'], 30),
  'another tenderer': player('other-tenderer', ['tenderer'], 31),
  auditor: player('auditor', ['auditor'], 32),
  reviewer: player('reviewer', ['reviewer'], 33),
  stranger: PEOPLE.stranger,
};

const FEW = 3;
const MANY = 25;
const bidder = (n: number) => player(`bidder-number-${n}`, ['tenderer'], 40 + n);

interface Target {
  id: string;
  ocid: string;
  key: string;
  notice: string;
  document: string;
}

interface Asked {
  method?: string;
  url: string;
  params?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
}

const ID = '01930000-0000-7000-8000-000000000000';
const HASH = 'ab'.repeat(32);
const TUS = { 'tus-resumable': '1.0.0' };

/** Every route: what it is asked about a tender, or why it says nothing about one. */
const ROUTES: Record<string, ((t: Target) => Asked[]) | string> = {
  'tenders/[ocid]/state': ({ ocid }) => [{ url: `tenders/${ocid}/state`, params: { ocid } }],
  'tenders/[ocid]/opening/events': ({ ocid }) => [
    { url: `tenders/${ocid}/opening/events`, params: { ocid } },
  ],
  'tenders/[ocid]/sealing-kit': ({ ocid }) => [{ url: `tenders/${ocid}/sealing-kit`, params: { ocid } }],
  'tenders/[ocid]/time': ({ ocid }) => [{ url: `tenders/${ocid}/time`, params: { ocid } }],
  'ocds/[ocid]': ({ ocid }) => [{ url: `ocds/${ocid}`, params: { ocid } }],
  'audit/processes': () => [{ url: 'audit/processes' }],
  'audit/processes/[key]': ({ key }) => [{ url: `audit/processes/${key}`, params: { key } }],
  'documents/[recordId]/[documentId]': ({ notice: recordId, document: documentId }) => [
    { url: `documents/${recordId}/${documentId}`, params: { recordId, documentId } },
  ],
  'evidence/[recordId]': ({ notice: recordId }) => [{ url: `evidence/${recordId}`, params: { recordId } }],
  'evidence/[recordId]/certificate': ({ notice: recordId }) => [
    { url: `evidence/${recordId}/certificate`, params: { recordId } },
  ],
  'receipts/[recordId]': ({ notice: recordId }) => [{ url: `receipts/${recordId}`, params: { recordId } }],
  'receipts/[recordId]/pdf': ({ notice: recordId }) => [
    { url: `receipts/${recordId}/pdf`, params: { recordId } },
  ],
  evidence: () => [{ url: 'evidence?sha256=' }],
  'bids/[recordId]/files/[n]': ({ notice: recordId }) => [
    { url: `bids/${recordId}/files/0`, params: { recordId, n: '0' } },
  ],
  'envelopes/[sha256]': () => [{ url: `envelopes/${HASH}`, params: { sha256: HASH } }],
  envelopes: ({ id }) => [{ method: 'POST', url: `envelopes?tender=${id}`, body: 'x'.repeat(4000) }],
  'envelopes/tus': ({ id }) => [
    { method: 'POST', url: `envelopes/tus?tender=${id}`, headers: { ...TUS, 'upload-length': 'much' } },
  ],
  'envelopes/tus/[id]': () =>
    ['HEAD', 'PATCH', 'DELETE'].map((method) => ({
      ...{ method, url: `envelopes/tus/${ID}`, params: { id: ID } },
      headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    })),
  uploads: ({ id }) => [
    { method: 'POST', url: `uploads?tender=${id}&name=a.pdf&type=application/pdf`, body: '%PDF-1.7' },
  ],
  'uploads/[id]': () =>
    ['GET', 'DELETE'].map((method) => ({ method, url: `uploads/${ID}`, params: { id: ID } })),
  'audit/anchors': 'the chain',
  'audit/registry-records': 'signing keys, of no tender',
  erasures: 'erased records of the whole registry',
  health: 'the whole registry; the log grows by cover commitments too',
  metrics: 'the whole registry, for its operator',
  registry: 'what the registry says of itself',
};

let registry: Registry;
let tender: { id: string; ocid: string };
let target: Target;
let bids = 0;

/** The routes that there are. */
const present = readdirSync(API, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === 'route.ts')
  .map((entry) => path.relative(API, entry.parentPath))
  .sort();

const asSignedIn = (who: Player | null): SignedIn | null =>
  who && {
    person: { id: who.person, name: who.name },
    organization: who.organization,
    roles: [...who.memberRoles],
  };

/** What moves by itself: the clock, and with it what a PDF says of its making. */
const still = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\(D:\d{14}Z\)/g, '(TIME)')
    .replaceAll(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/g, '/ID');

/** All of an answer; of a stream that does not end, what it says to whoever has just come. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return Buffer.from(await response.arrayBuffer()).toString('latin1');
  const reader = response.body?.getReader();
  let text = '';
  // What it says first, and what it says of the room: both in the sizes in which they are sent.
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    text += `[${piece.value.length}] ${Buffer.from(piece.value).toString('latin1')}`;
    if (text.includes('event: ')) break;
  }
  await reader?.cancel();
  return text;
}

async function ask(route: string, asked: Asked, who: Actor | null) {
  const file = path.join(API, route, 'route.ts');
  const handlers = (await import(/* @vite-ignore */ file)) as Record<string, Route<object>>;
  const { method = 'GET', url, params = {}, body, headers = {} } = asked;
  const handler: Handler<object> | undefined = handlers[method]?.as(who);
  if (!handler) throw new Error(`${route} has no ${method}`);
  forgetRates();
  const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' as const }) };
  const request = new Request(`${BASE}/api/v1/${url}`, init);
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await bodyOf(response);
  const named = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers: still(JSON.stringify(named)), body: still(text) };
}

/** The read models behind the pages of a tender. */
const MODELS: Record<string, (ocid: string) => Promise<unknown>> = {
  'the page of a tender': (ocid) => readTender(ocid),
  'who is waited for': (ocid) => readProgress(ocid),
  'bids to open': (ocid) => readSealedBids(ocid),
  'my work': () => myWork(),
  'the list of tenders': () => listTenders({}),
};

interface Answer {
  answer: unknown;
  work: Work;
}

/** Every answer that every reader gets, with what was read for it. */
async function everything(): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  const keep = async (name: string, work: () => Promise<unknown>) => {
    const { result, work: done } = await counted(work);
    answers[name] = { answer: result, work: done };
  };
  for (const [reader, who] of Object.entries(READERS)) {
    for (const [route, requests] of Object.entries(ROUTES)) {
      if (typeof requests === 'string') continue;
      for (const asked of requests(target))
        await keep(`${reader}: ${asked.method ?? 'GET'} ${route}`, () => ask(route, asked, who));
    }
    signedIn = asSignedIn(who);
    for (const [model, read] of Object.entries(MODELS))
      await keep(`${reader}: ${model}`, async () =>
        still(JSON.stringify(await read(target.ocid)).replaceAll(/"now":\d+/g, '"now":0')),
      );
  }
  return answers;
}

async function bid(count: number): Promise<void> {
  for (; bids < count; bids += 1) {
    forgetRates();
    await submit(registry, tender.id, bidder(bids), `9${bids}.5`, bids < FEW ? undefined : 20_000);
  }
  await registry.until(async () => (await registry.world.db.filing.count()) === 0);
  const anchored = async () => {
    const [head, anchor] = await Promise.all([
      registry.world.db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
      registry.world.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    ]);
    return head?.treeSize === anchor?.treeSize;
  };
  await registry.until(anchored);
}

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry, 3600);
  // All that the chain is owed before bids are due: nothing but bids may change from now on.
  await registry.until(async () => (await registry.world.db.stageClosure.count()) > 0);
  await bid(0);
  const filed = notice(await processOf(registry.world, tender.id));
  target = {
    ...tender,
    key: toHex(processKey(tender.ocid)),
    notice: filed?.id ?? '',
    document: filed?.documents[0]?.id ?? '',
  };
}, 300_000);
afterAll(() => registry.stop());

describe('how many bid, and who', () => {
  it('is looked for in every route that there is', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(present);
    expect(existsSync(path.join(API, 'tenders/[ocid]/state/route.ts'))).toBe(true);
  });

  it('is in no answer to anybody, nor in the work that an answer takes', { timeout: 600_000 }, async () => {
    // Once for nothing: what is loaded at first use is loaded.
    await everything();
    const none = await everything();
    expect(none['signed out: GET tenders/[ocid]/state']?.work.rows).toBeGreaterThan(5);
    expect(none['signed out: GET tenders/[ocid]/opening/events']?.answer).toMatchObject({
      status: 200,
      body: expect.stringContaining('event: room') as string,
    });
    for (const count of [FEW, MANY]) {
      await bid(count);
      const some = await everything();
      expect(Object.keys(some)).toEqual(Object.keys(none));
      const changed = Object.keys(some).filter((name) => !isDeepStrictEqual(some[name], none[name]));
      expect(changed.map((name) => ({ name, before: none[name], after: some[name] }))).toEqual([]);
    }
    const filed = all(await processOf(registry.world, tender.id), 'bid');
    expect(filed.length).toBe(MANY);
  });

  it('is known to the bidder about its own bid alone', async () => {
    const own = bidder(0);
    const { body } = await ask(
      'tenders/[ocid]/state',
      { url: `tenders/${tender.ocid}/state`, params: { ocid: tender.ocid } },
      own,
    );
    const stranger = await ask(
      'tenders/[ocid]/state',
      { url: `tenders/${tender.ocid}/state`, params: { ocid: tender.ocid } },
      null,
    );
    const count = (text: string) => (JSON.parse(text) as { records: number }).records;
    expect(count(body)).toBe(count(stranger.body) + 1);
    signedIn = asSignedIn(own);
    const view = await readTender(tender.ocid);
    expect(view && all(view.process, 'bid').map((b) => b.data.tenderer.id)).toEqual([own.organization.id]);
  });

  it('numbers nothing in sequence that a bidder sees', async () => {
    const records = await registry.world.db.record.findMany({
      where: { type: 'bid' },
      orderBy: { filing: 'asc' },
    });
    // Version 7: the time, then 74 random bits.
    const random = records.map(
      ({ id }) => BigInt(`0x${id.replaceAll('-', '').slice(16)}`) & ((1n << 62n) - 1n),
    );
    const steps = random.slice(1).map((value, i) => value - (random[i] ?? 0n));
    const near = steps.filter((step) => (step < 0n ? -step : step) < 1n << 40n);
    expect(near).toEqual([]);
    const receipt = await ask(
      'receipts/[recordId]',
      { url: `receipts/${records[1]?.id}`, params: { recordId: records[1]?.id ?? '' } },
      bidder(1),
    );
    expect(receipt.status).toBe(200);
    const filing = String(records[1]?.filing);
    expect(Object.entries(flat(JSON.parse(receipt.body))).filter(([, v]) => String(v) === filing)).toEqual(
      [],
    );
  });
});

/** Every leaf of a JSON value by its path. */
function flat(value: unknown, at = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [at]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, part]) => flat(part, `${at}/${key}`)),
  ) as Record<string, unknown>;
}
