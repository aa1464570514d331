import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getRegistryRecords } from '@/app/api/v1/audit/registry-records/route';
import { GET as getDocument } from '@/app/api/v1/documents/[recordId]/[documentId]/route';
import { GET as findDocuments } from '@/app/api/v1/evidence/route';
import { evidenceWords } from '@/lib/browser/verify/evidence-words';
import { findCandidates } from '@/lib/browser/verify/lookup';
import type { Entry } from '@/lib/record/record';
import { builtPrograms, publishProgram } from '@/lib/server/operations/publish-programs';
import { programsDuty } from '@/lib/worker/programs-duty';
import { auditClean } from '../../support/audit';
import { bytesOf, evidenceOf, expectDescribed, verify } from './asked';
import { call, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { GET as getRegistry } from '@/app/api/v1/registry/route';

/** So many workers start at the same moment. */
const WORKERS = 12;

let registry: Registry;
let root: string;

const page = (text: string) => new TextEncoder().encode(`<!doctype html><script>${text}</script>`);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const never = new AbortController().signal;
const built = (name: string, bytes: Uint8Array) => writeFileSync(path.join(root, 'public', name), bytes);
/** One round of the worker's duty, as it begins. */
const start = () => programsDuty(registry.world, root).round(never);

async function published(name?: string) {
  const rows = await registry.world.db.record.findMany({
    where: { type: 'program-published' },
    orderBy: { filing: 'asc' },
    include: { entry: true, documents: true },
  });
  const read = rows.map(({ id, entry, documents, tenderId, stage }) => {
    const { record, signatures } = JSON.parse(entry?.text ?? '') as Entry;
    return { id, tenderId, stage, record, signatures, documents };
  });
  return read.filter(({ record }) => name === undefined || record.data.name === name);
}

const stored = async () => (await registry.files()).length;
const anchored = async (id: string) => {
  const row = await registry.world.db.record.findUniqueOrThrow({ where: { id } });
  const leaf = await registry.world.db.leaf.findUnique({ where: { commitment: row.commitment } });
  return (
    leaf !== null && (await registry.world.db.anchor.count({ where: { treeSize: { gt: leaf.index } } })) > 0
  );
};

const VERIFIER = page('the verifier');
const SEALER = page('the sealer');

beforeAll(async () => {
  registry = await startRegistry();
  root = path.join(registry.test.env.STORAGE_DIR, '..', 'checkout');
  mkdirSync(path.join(root, 'public'), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ version: '1.2.3' }));
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await registry.stop();
});

describe('programs', () => {
  it('that were not built are not published', async () => {
    await start();
    expect(await builtPrograms(root)).toEqual([]);
    expect(await published()).toEqual([]);
    expect(await stored()).toBe(0);
  });

  it(`are published once, by however many workers that start at the same moment (${WORKERS})`, async () => {
    built('tenderproof-verifier.html', VERIFIER);
    built('tenderproof-sealer.html', SEALER);
    await Promise.all(Array.from({ length: WORKERS }, start));
    const records = await published();
    expect(records.map(({ record }) => record.data)).toEqual([
      { name: 'verifier', version: '1.2.3' },
      { name: 'sealer', version: '1.2.3' },
    ]);
    // What the slower ones had stored is gone again.
    expect(await stored()).toBe(2);
  });

  it('stand in the registry’s own name, of no process, unsigned, with the file as their one document', async () => {
    const [first] = await published('verifier');
    const { REGISTRY_ORIGIN } = registry.test.env;
    expect(first).toMatchObject({ tenderId: null, stage: null, signatures: [] });
    expect(first?.record).toMatchObject({
      actor: { organization: REGISTRY_ORIGIN, person: 'operator', role: 'operator' },
      refs: [],
    });
    expect(first?.record).not.toHaveProperty('ocid');
    expect(first?.record.documents).toEqual([
      {
        id: first?.documents[0]?.id,
        title: 'tenderproof-verifier.html',
        mediaType: 'text/html',
        size: VERIFIER.length,
        sha256: digest(VERIFIER),
        language: 'mul',
      },
    ]);
  });

  it('are not published again at later starts, nor under another version with the same bytes', async () => {
    await start();
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ version: '1.2.4' }));
    await Promise.all([start(), start()]);
    expect(await published()).toHaveLength(2);
    expect(await stored()).toBe(2);
  });

  it('are published when they are new, and when an older one is served again', async () => {
    const second = page('the verifier, mended');
    built('tenderproof-verifier.html', second);
    await Promise.all([start(), start(), start()]);
    built('tenderproof-verifier.html', VERIFIER);
    await start();
    expect((await published('verifier')).map(({ documents }) => documents[0]?.sha256)).toEqual([
      digest(VERIFIER),
      digest(second),
      digest(VERIFIER),
    ]);
    expect(await published('sealer')).toHaveLength(1);
    expect(await stored()).toBe(4);
  });

  it('leave neither a record nor a file behind when filing fails', async () => {
    const before = await published();
    const broken = {
      ...registry.world,
      clock: {
        now: () => {
          throw new Error('no clock');
        },
      },
    };
    const program = { name: 'sealer', version: '2', bytes: page('never') } as const;
    await expect(publishProgram(broken, program)).rejects.toThrow('no clock');
    expect(await published()).toEqual(before);
    expect(await stored()).toBe(4);
    // The lock went with the transaction.
    await start();
    expect(await published()).toHaveLength(before.length);
  });
});

describe('a published program', () => {
  it('is found by its digest, of no process, like any document', async () => {
    const [first] = await published('verifier');
    await registry.until(() => anchored(first?.id ?? ''));
    const get = async (url: string) => {
      const handler = url.startsWith('/api/v1/registry') ? getRegistry.as(null) : findDocuments.as(null);
      return (await call(handler, url, {})).text();
    };
    const { candidates } = await findCandidates(digest(VERIFIER), get);
    const [found] = candidates.filter(({ recordId }) => recordId === first?.id);
    expect(found).toEqual({
      sha256: digest(VERIFIER),
      recordId: first?.id,
      ocid: null,
      stage: null,
      type: 'program-published',
      title: 'tenderproof-verifier.html',
    });
    expectDescribed('Candidate', found);
  });

  it('is proven by its evidence, and said to be the registry’s, with date and version', async () => {
    const [first] = await published('verifier');
    const verification = await verify(registry, await evidenceOf(first?.id ?? ''), VERIFIER);
    expect(verification.steps.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    expect(verification.verdict.outcome).toBe('proven');
    const { time } = first!.record;
    expect(evidenceWords('en').sentence(verification, true)).toBe(
      `Yes. This file is the offline verifier that this registry published on ${time} (version 1.2.3), and it has not been changed since.`,
    );
    expect(evidenceWords('zh').sentence(verification, true)).toBe(
      `是。此文件是本平台于 ${time} 发布的离线核验工具（版本 1.2.3），此后未被改动。`,
    );
    const altered = await verify(registry, await evidenceOf(first?.id ?? ''), page('the verifier!'));
    expect(altered.verdict.outcome).toBe('refuted');
  });

  it('can be downloaded by its record for ever, every version, and never runs under our name', async () => {
    for (const { id, documents } of await published()) {
      const [document] = documents;
      const params = { recordId: id, documentId: document?.id ?? '' };
      const path = `/api/v1/documents/${id}/${document?.id}`;
      for (const who of [null, PEOPLE.officer]) {
        const answer = await call(getDocument.as(who), path, params);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="tenderproof-/);
        expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('cache-control')).toBe('public, no-cache');
        expect(digest(await bytesOf(answer))).toBe(document?.sha256);
      }
      const head = await call(getDocument.as(null), path, params, { method: 'HEAD' });
      expect(head.headers.get('content-disposition')).toMatch(/^attachment;/);
    }
    const [one] = await published();
    for (const documentId of ['nothing', crypto.randomUUID()]) {
      const params = { recordId: one?.id ?? '', documentId };
      const answer = await call(getDocument.as(null), `/api/v1/documents/${one?.id}/${documentId}`, params);
      expect(await refusalOf(answer)).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  it('is among the records of the whole registry that everybody may audit, and the audit finds nothing wrong', async () => {
    const answer = await call(getRegistryRecords.as(null), '/api/v1/audit/registry-records', {});
    const { records } = (await answer.json()) as { records: { id: string; type: string }[] };
    const shown = records.filter(({ type }) => type === 'program-published').map(({ id }) => id);
    expect(shown).toEqual((await published()).map(({ id }) => id));
    expect(await auditClean(registry.world, registry.chain)).toEqual([]);
  });

  it('is never erased, whatever order there is', async () => {
    const [first] = await published('verifier');
    const row = await registry.world.db.record.findUniqueOrThrow({ where: { id: first?.id ?? '' } });
    const commitment = Buffer.from(row.commitment).toString('hex');
    // The worst case: an order in the log, signed by somebody, that names this record.
    const orderId = '019c4b31-1000-7000-8000-00000000000e';
    const data = { commitment, reason: 'court-order', recordId: first?.id, statement: '' };
    const entry = JSON.stringify({
      record: { id: orderId, type: 'erasure', data },
      signatures: [{ alg: 'ed25519' }],
    });
    await registry.test.sql(
      `WITH salted AS (SELECT decode(repeat('22', 32), 'hex') AS salt, $2::text AS text),
            made AS (INSERT INTO records (id, type, time, commitment, promise, "personId", "organizationId")
                     SELECT $1::uuid, 'erasure', now(), sha256(salt || convert_to(text, 'UTF8')), '{}', 'x', 'y' FROM salted
                     RETURNING commitment),
            kept AS (INSERT INTO entries ("recordId", text, salt) SELECT $1::uuid, text, salt FROM salted)
       INSERT INTO log_leaves (index, commitment) SELECT 1000000, commitment FROM made`,
      [orderId, entry],
    );
    const erase = registry.test.sql(`SELECT erase_entry($1::uuid, $2::uuid, now())`, [first?.id, orderId]);
    await expect(erase).rejects.toThrow('a record of type program-published is never erased');
  });
});
