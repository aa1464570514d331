import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewRecord } from '@/lib/procedure/decision';
import { commit } from '@/lib/record/commitment';
import { toHex } from '@/lib/record/hex';
import type { Entry } from '@/lib/record/record';
import { verifyPromise, type SignedPromise } from '@/lib/evidence/receipt';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { fileRecords } from '@/lib/server/file-records';
import { registryDescriptor } from '@/lib/server/registry';
import { sequence } from '@/lib/worker/sequencer';
import { newTender, PEOPLE, startRegistry, type Registry } from '../api/fixture';

const FILERS = 1000;

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const keyDraft = (): NewRecord =>
  ({
    type: 'signing-key',
    role: 'citizen',
    data: { publicKey: randomBytes(32).toString('hex'), demonstration: false },
  }) as NewRecord;

const fileAll = (drafts: NewRecord[]) =>
  registry.world.db.$transaction((tx) =>
    fileRecords(tx, registry.world, drafts, { actor: PEOPLE.officer, now: registry.time.now }),
  );

describe('filing', () => {
  it(`lets ${FILERS} file at the same instant: each has his receipt, and each receipt its leaf`, async () => {
    const receipts = (await Promise.all(Array.from({ length: FILERS }, () => fileAll([keyDraft()])))).flat();
    expect(new Set(receipts.map((r) => r.recordId)).size).toBe(FILERS);
    while ((await sequence(registry.world)) > 0);
    const leaves = await registry.world.db.leaf.findMany();
    expect(leaves.map((l) => toHex(l.commitment)).sort()).toEqual(receipts.map((r) => r.commitment).sort());
    const records = await registry.world.db.record.findMany({ include: { entry: true } });
    expect(records).toHaveLength(FILERS);
    const key = parseVerifierKey(registryDescriptor().logKey);
    for (const { commitment, entry, promise } of records) {
      expect(toHex(commit(entry!.salt, JSON.parse(entry!.text) as Entry))).toBe(toHex(commitment));
      expect(verifyPromise(promise as unknown as SignedPromise, key)).toBe(true);
      expect((promise as { commitment: string }).commitment).toBe(toHex(commitment));
    }
  }, 120_000);

  it('keeps several records of one act in their order, in the registry and in the log', async () => {
    const receipts = await fileAll(Array.from({ length: 40 }, keyDraft));
    while ((await sequence(registry.world)) > 0);
    const ids = receipts.map((r) => r.recordId);
    const rows = await registry.world.db.record.findMany({
      where: { id: { in: ids } },
      orderBy: { filing: 'asc' },
    });
    expect(rows.map((r) => r.id)).toEqual(ids);
    const leaves = await registry.world.db.leaf.findMany({ orderBy: { index: 'desc' }, take: 40 });
    expect(leaves.map((l) => toHex(l.commitment)).reverse()).toEqual(receipts.map((r) => r.commitment));
  });

  it('writes nothing for no records', async () => {
    expect(await fileAll([])).toEqual([]);
    expect(await registry.world.db.filing.count()).toBe(0);
  });

  it('gives an upload to one record only, and files nothing of an act that names it twice', async () => {
    const tender = await newTender(registry);
    const id = randomUUID();
    const sha256 = randomBytes(32).toString('hex');
    await registry.world.db.upload.create({
      data: {
        id,
        kind: 'document',
        tenderId: tender.id,
        personId: PEOPLE.officer.person,
        name: 'a.pdf',
        mediaType: 'application/pdf',
        size: 5n,
        sha256,
        storageKey: 'there',
        createdAt: new Date(),
      },
    });
    const document = { id, title: 'A', mediaType: 'application/pdf', size: 5, sha256, language: 'en' };
    const withDocument = () => ({ ...keyDraft(), documents: [document] }) as NewRecord;
    const count = () => registry.world.db.record.count();
    const before = await count();
    await expect(fileAll([withDocument(), withDocument()])).rejects.toThrow(/part of a record already/);
    expect(await count()).toBe(before);
    expect(await registry.world.db.filing.count()).toBe(0);
    const [receipt] = await fileAll([withDocument()]);
    const kept = await registry.world.db.recordDocument.findUniqueOrThrow({ where: { id } });
    expect(kept).toMatchObject({ recordId: receipt?.recordId, storageKey: 'there', sha256 });
    await expect(fileAll([withDocument()])).rejects.toThrow(/part of a record already/);
    expect(await count()).toBe(before + 1);
  });
});
