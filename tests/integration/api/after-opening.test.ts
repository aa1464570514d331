import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getBidFile } from '@/app/api/v1/bids/[recordId]/files/[n]/route';
import { GET as getHealth } from '@/app/api/v1/health/route';
import { GET as getOcds } from '@/app/api/v1/ocds/[ocid]/route';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { GET as getTile } from '@/app/log/tile/[...path]/route';
import { processOf } from '@/lib/demo/acts';
import { verifyCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { hashReaderFromTiles } from '@/lib/merkle/tile';
import { decodeEntries, entriesPath, tilePath } from '@/lib/merkle/tile-path';
import { buildLevels, readRoot, rootOf } from '@/lib/merkle/tree';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import { liveBids, openedBids } from '@/lib/procedure/state';
import { findDocuments } from '@/lib/server/find-documents';
import { bytesOf, envelopeOf, evidenceOf, expectDescribed, pinned, stateOf, verify } from './asked';
import { call, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { digest, inPhase, openBids, publish, sendEnvelope, submit, type SealedBid } from './played';

let registry: Registry;
let tender: { id: string; ocid: string };

const process = () => processOf(registry.world, tender.id);

beforeAll(async () => {
  registry = await startRegistry();
  tender = await publish(registry);
});
afterAll(() => registry.stop());

describe('the log', () => {
  it('serves tiles and entries that give the signed root', async () => {
    const note = await (await call(getCheckpoint.as(null), '/log/checkpoint', {})).text();
    const outcome = verifyCheckpoint(note, parseVerifierKey(pinned().logKey));
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
  let bids: { a: SealedBid; b: SealedBid };
  beforeAll(async () => {
    bids = {
      a: await submit(registry, tender.id, PEOPLE.bidderA, '90'),
      b: await submit(registry, tender.id, PEOPLE.bidderB, '95.5'),
    };
    const due = Date.parse((await process()).chain.opening?.bidsDue ?? '');
    registry.time.now = due;
    const late = await refusalOf(await sendEnvelope(tender.id, PEOPLE.bidderA, bids.a.bytes));
    expect(late).toMatchObject({ status: 409, code: 'deadline-passed' });
    registry.time.now += 1000;
    await registry.until(inPhase(registry, tender.id, 'opening'));
    const sha256 = digest(bids.a.bytes);
    expect((await envelopeOf(sha256, PEOPLE.regulator)).status).toBe(200);
    expect((await envelopeOf(sha256, PEOPLE.officer)).status).toBe(200);
    for (const who of [null, PEOPLE.approver, PEOPLE.bidderB])
      expect((await envelopeOf(sha256, who)).status).toBe(404);
    await openBids(registry, tender.id);
  });

  it('serves every envelope to everybody, in ranges', async () => {
    const sha256 = digest(bids.b.bytes);
    expect(digest(await bytesOf(await envelopeOf(sha256, null)))).toBe(sha256);
    const part = await envelopeOf(sha256, null, { range: 'bytes=1000000-1000009' });
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
      const response = await evidenceOf(filed.id);
      if (!mayRead(whole, filed, PUBLIC_VIEWER)) {
        expect([filed.type, response.status]).toEqual([filed.type, 404]);
        continue;
      }
      const { verdict, steps } = await verify(registry, response);
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
    const state = (headers = {}) => stateOf(ocid, null, headers);
    const first = await state();
    expect(await first.json()).toMatchObject({ phase: 'evaluation' });
    expect((await state({ 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
  });
});

describe('health', () => {
  it('is good while the log moves, and bad when filings wait', async () => {
    const health = async () => call(getHealth.as(null), '/api/v1/health', {});
    const good = await health();
    expectDescribed('Health', await good.json());
    expect(good.status).toBe(200);
    const filedAt = new Date(registry.time.now - 60_000);
    const waiting = await registry.world.db.filing.create({
      data: { commitment: new Uint8Array(32), filedAt },
    });
    expect((await health()).status).toBe(503);
    await registry.world.db.filing.delete({ where: { id: waiting.id } });
  });
});
