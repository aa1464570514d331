import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getBidFile } from '@/app/api/v1/bids/[recordId]/files/[n]/route';
import { GET as getDocument } from '@/app/api/v1/documents/[recordId]/[documentId]/route';
import { GET as getErasures } from '@/app/api/v1/erasures/route';
import { GET as getEvidence } from '@/app/api/v1/evidence/[recordId]/route';
import { GET as getOcds } from '@/app/api/v1/ocds/[ocid]/route';
import { GET as getReceipt } from '@/app/api/v1/receipts/[recordId]/route';
import type { Finding } from '@/lib/audit/finding';
import type { RegistrySource } from '@/lib/audit/sources';
import { createKeyFile, guardByPassphrase, openKeyFile, parseKeyFile } from '@/lib/browser/keys/key-file';
import { OpenedKey } from '@/lib/browser/keys/opened-key';
import { directLock } from '@/lib/browser/keys/passphrase';
import { orderErasure } from '@/lib/cli/order-erasure';
import { mayRead, PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import { ERASABLE } from '@/lib/procedure/erasure';
import type { RefusalCode } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { all, last, liveBids, openedBids } from '@/lib/procedure/state';
import type { RecordType } from '@/lib/record/catalogue';
import { databaseRegistry } from '@/lib/server/audit/database-source';
import { readHealth } from '@/lib/server/health';
import type { World } from '@/lib/server/world';
import { verify } from '../api/asked';
import { auditPublic } from '../audit/public';
import { call, refusalOf, type Registry } from '../api/fixture';
import { driveTo, type Drive } from '../../support/drive';
import { auditClean, auditDatabase } from '../../support/audit';
import { employ } from '../../support/employ';
import { PEOPLE, type Person } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';
import { databaseDigest } from '../../support/unchanged';

const order = { reason: 'personal-data', statement: 'On request of the person concerned.' } as const;

describe('erasing an entry', () => {
  let scene: Scene;
  let tender: Drive;
  const holder = globalThis as typeof globalThis & { tenderproofWorld?: World };
  const key = (person: Person) => new OpenedKey(person.seed, false);
  const orders = (person: Person, recordId: string) =>
    orderErasure(scene.world, key(person), { recordId, ...order });
  const codeOf = async (person: Person, recordId: string): Promise<RefusalCode | 'ok'> => {
    const before = await databaseDigest(scene);
    const outcome = await orders(person, recordId);
    if (!outcome.ok) expect(await databaseDigest(scene)).toEqual(before);
    return outcome.ok ? 'ok' : outcome.code;
  };
  const process = () => scene.process(tender.id);
  const erased = async (id: string) => (await process()).erased.some((e) => e.id === id);
  const stored = async (recordId: string) => {
    const rows = await scene.test.sql(
      `SELECT "storageKey" AS key FROM record_documents WHERE "recordId" = $1
       UNION SELECT "storageKey" FROM uploads WHERE "usedBy" = $1`,
      [recordId],
    );
    return rows.map((row) => path.join(scene.test.env.STORAGE_DIR, String(row.key)));
  };
  const health = async () => (await readHealth(scene.world.db)).find(({ part }) => part === 'erasures');
  const evidence = (id: string, who: Actor | null = null, headers = {}) =>
    call(getEvidence.as(who), `/api/v1/evidence/${id}`, { recordId: id }, { headers });

  beforeAll(async () => {
    scene = await startScene();
    holder.tenderproofWorld = scene.world;
    tender = await driveTo(scene, 'implementation');
    for (const person of [PEOPLE.regulator, PEOPLE.auditor, PEOPLE.officer]) await employ(scene, person);
    await scene.tick();
  }, 120_000);
  afterAll(async () => {
    delete holder.tenderproofWorld;
    await scene.close();
  });

  it('is for the regulator alone, with a key of its own', async () => {
    const bid = liveBids(await process())[0]?.id ?? '';
    expect(await codeOf(PEOPLE.auditor, bid)).toBe('not-permitted');
    expect(await codeOf(PEOPLE.officer, bid)).toBe('not-permitted');
    expect(await codeOf(PEOPLE.reviewer, bid)).toBe('unknown-key');
  });

  it('ends with the role', async () => {
    const bid = liveBids(await process())[0]?.id ?? '';
    const role = { where: { id: `member-${PEOPLE.regulator.person}` } };
    await scene.world.db.member.update({ ...role, data: { role: 'auditor' } });
    expect(await codeOf(PEOPLE.regulator, bid)).toBe('not-permitted');
    await scene.world.db.member.update({ ...role, data: { role: 'regulator' } });
  });

  it('spares what the outcome is computed from', async () => {
    const { filed } = await process();
    for (const record of filed.filter((f) => !ERASABLE[f.type]))
      expect([record.type, await codeOf(PEOPLE.regulator, record.id)]).toEqual([record.type, 'not-erasable']);
    const [row] = await scene.test.sql(`SELECT id FROM records WHERE type = 'signing-key'`);
    expect(await codeOf(PEOPLE.regulator, String(row?.id))).toBe('not-found');
    expect(await codeOf(PEOPLE.regulator, '0192f3a0-0000-7000-8000-000000000001')).toBe('not-found');
  });

  it('waits until the process is over', async () => {
    const open = await driveTo(scene, 'opened');
    const bid = liveBids(await scene.process(open.id))[0]?.id ?? '';
    expect(await codeOf(PEOPLE.regulator, bid)).toBe('wrong-phase');
  });

  describe.each(['contract', 'bid', 'interests-declared'] satisfies RecordType[])('of type %s', (type) => {
    let id = '';
    let files: string[] = [];

    it('waits for the order to be in the log', async () => {
      const target = last(await process(), type);
      id = target?.id ?? '';
      files = await stored(id);
      expect(files.length).toBe(type === 'interests-declared' ? 0 : 1);
      expect(await codeOf(PEOPLE.regulator, id)).toBe('ok');
      expect(await codeOf(PEOPLE.regulator, id)).toBe('already-done');
      // Filed, not sequenced: the database itself refuses to go ahead.
      const ordered = last(await process(), 'erasure');
      expect(ordered).toMatchObject({ index: null, data: { recordId: id, commitment: target?.commitment } });
      const ahead = scene.world.db.$queryRaw`SELECT erase_entry(${id}::uuid, ${ordered?.id}::uuid, now())`;
      await expect(ahead).rejects.toThrow(/not a signed erasure record/);
      expect(await erased(id)).toBe(false);
    });

    it('takes entry, salt, documents and files away, and nothing else', async () => {
      const before = await process();
      await scene.until(() => erased(id));
      const after = await process();
      expect(after.filed.map((f) => f.id)).toEqual(before.filed.map((f) => f.id).filter((f) => f !== id));
      expect(await stored(id)).toEqual([]);
      expect(files.filter((file) => existsSync(file))).toEqual([]);
      const [left] = await scene.test.sql(
        `SELECT (SELECT count(*) FROM entries WHERE "recordId" = $1)::int AS entries,
                (SELECT count(*) FROM records r JOIN log_leaves l USING (commitment) WHERE r.id = $1)::int AS leaves`,
        [id],
      );
      expect(left).toEqual({ entries: 0, leaves: 1 });
      expect(await scene.phase(tender.id)).toBe('implementation');
      expect(scene.errors).toEqual([]);
    });

    it('is told to everybody, with the order', async () => {
      const gone = (await process()).erased.find((e) => e.id === id);
      expect(gone).toMatchObject({ type, order: last(await process(), 'erasure')?.id });
      const answers = [
        await evidence(id),
        await evidence(id, null, { 'tenderproof-salt': 'ab'.repeat(32) }),
        await call(getReceipt.as(PEOPLE.officer), `/api/v1/receipts/${id}`, { recordId: id }),
        await call(getDocument.as(null), `/api/v1/documents/${id}/x`, { recordId: id, documentId: 'x' }),
      ];
      for (const answer of answers)
        expect(await refusalOf(answer)).toMatchObject({
          status: 410,
          code: 'erased',
          message: expect.stringContaining(gone?.order ?? '?'),
          params: { detail: gone?.order },
        });
      const chinese = await evidence(id, null, { 'accept-language': 'zh' });
      expect((await refusalOf(chinese)).message).toContain('删除');
      expect(await codeOf(PEOPLE.regulator, id)).toBe('erased');
    });

    it('leaves an order that everybody can read and prove', async () => {
      const { order: orderId } = (await process()).erased.find((e) => e.id === id) ?? { order: '' };
      const answer = await evidence(orderId);
      expect(answer.status).toBe(200);
      const seen = { test: scene.test, time: { now: scene.clock.now() } } as Registry;
      expect((await verify(seen, answer.clone())).steps.filter((s) => s.outcome === 'fail')).toEqual([]);
      expect(await answer.json()).toMatchObject({
        entry: { record: { type: 'erasure', data: { recordId: id, ...order } }, signatures: [{}] },
        keys: [{ entry: { record: { type: 'signing-key' } } }],
      });
    });

    it('shows the public no more than it saw before', async () => {
      const now = await process();
      const seen = visibleTo(now, PUBLIC_VIEWER).erased.map((e) => e.id);
      const gone = now.erased.find((e) => e.id === id);
      expect(seen.includes(id)).toBe(gone !== undefined && mayRead(now, gone, PUBLIC_VIEWER));
    });
  });

  it('takes the files of an opened bid with the bid', async () => {
    const now = await process();
    const bid = now.erased.find((e) => e.type === 'bid');
    const opened = openedBids(now).find((o) => o.data.bid === bid?.commitment);
    const file = (recordId: string) =>
      call(getBidFile.as(null), `/api/v1/bids/${recordId}/files/0`, { recordId, n: '0' });
    for (const id of [opened?.id ?? '', bid?.id ?? ''])
      expect(await refusalOf(await file(id))).toMatchObject({ status: 410, code: 'erased' });
    const other = openedBids(now).find((o) => o.id !== opened?.id);
    expect((await file(other?.id ?? '')).status).toBe(200);
  });

  it('is listed, leaf by leaf, for whoever audits', async () => {
    const { erased: rows, next } = (await (
      await call(getErasures.as(null), '/api/v1/erasures', {})
    ).json()) as { erased: { recordId: string }[]; next: null };
    expect(next).toBeNull();
    const now = await process();
    expect(rows.map((r) => r.recordId)).toEqual(now.erased.map((e) => e.id).toSorted());
    for (const { id: recordId, commitment, index, order: by } of now.erased)
      expect(rows).toContainEqual({ recordId, commitment, index, order: by, erasedAt: expect.any(String) });
    const rest = await call(getErasures.as(null), `/api/v1/erasures?after=${rows[1]?.recordId}`, {});
    expect(((await rest.json()) as { erased: unknown[] }).erased).toEqual(rows.slice(2));
    expect((await call(getErasures.as(null), '/api/v1/erasures?after=x', {})).status).toBe(422);
  });

  it('satisfies an audit, a stranger’s too, which believes an erasure only by its order', async () => {
    const errors = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === 'error');
    const { findings, counts } = await auditPublic(scene);
    expect(errors(findings)).toEqual([]);
    expect(counts.erased).toBeGreaterThan(0);
    expect(await auditClean(scene.world, scene.chain)).toEqual([]);
    // The registry keeps the orders to itself: what it says of erasures then counts for nothing.
    const claims = databaseRegistry(scene.world.db);
    const registry: RegistrySource = {
      ...claims,
      async process(wanted) {
        const found = await claims.process(wanted);
        return found && { ...found, records: found.records.filter(({ type }) => type !== 'erasure') };
      },
    };
    const unordered = await auditDatabase(scene.world, scene.chain, null, { registry });
    const { erased } = await process();
    expect(errors(unordered.findings).map(({ code, subject }) => [code, subject.recordId])).toEqual(
      erased.map(({ id }) => ['entry-missing', id]),
    );
  });

  it('leaves the release and every other proof as they were', async () => {
    const { ocid } = await process();
    expect((await call(getOcds.as(null), `/api/v1/ocds/${ocid}`, { ocid })).status).toBe(200);
    for (const type of ['notice', 'bid-opened', 'ranking', 'award'] satisfies RecordType[])
      for (const record of all(await process(), type)) expect((await evidence(record.id)).status).toBe(200);
  });

  it('repeats nothing', async () => {
    const before = await databaseDigest(scene);
    for (const done of all(await process(), 'erasure'))
      await scene.world.db
        .$queryRaw`SELECT erase_entry(${done.data.recordId}::uuid, ${done.id}::uuid, now())`;
    expect(await databaseDigest(scene)).toEqual(before);
  });

  it('cannot be ordered with an order for another record, nor for an order', async () => {
    const now = await process();
    const [done] = all(now, 'erasure');
    const other = liveBids(now)[0]?.id ?? '';
    for (const target of [other, done?.id ?? ''])
      await expect(
        scene.world.db.$queryRaw`SELECT erase_entry(${target}::uuid, ${done?.id}::uuid, now())`,
      ).rejects.toThrow(/not a signed erasure record/);
    expect(await codeOf(PEOPLE.regulator, done?.id ?? '')).toBe('not-erasable');
  });

  it('is all or nothing: a file that cannot be removed keeps the entry, is told, and is tried again', async () => {
    const open = await driveTo(scene, 'implementation');
    const bid = liveBids(await scene.process(open.id))[0]?.id ?? '';
    const [file = ''] = await stored(bid);
    // A folder in its place: removing a file fails there, as it would on a broken disk.
    rmSync(file);
    mkdirSync(file);
    expect((await orders(PEOPLE.regulator, bid)).ok).toBe(true);
    await scene.until(async () => (await health())?.state === 'down');
    expect((await scene.process(open.id)).erased).toEqual([]);
    expect(await stored(bid)).toEqual([file]);
    expect((await scene.world.db.tender.findUnique({ where: { id: open.id } }))?.stuck).not.toBeNull();
    rmdirSync(file);
    writeFileSync(file, 'back');
    await scene.until(async () => (await health())?.state === 'ok');
    expect((await scene.process(open.id)).erased.map((e) => e.id)).toEqual([bid]);
    expect([existsSync(file), await stored(bid)]).toEqual([false, []]);
  });

  it('opens the regulator’s key file with its passphrase', async () => {
    const passphrase = 'correct horse battery staple';
    const { text } = await createKeyFile(
      PEOPLE.regulator.seed,
      [guardByPassphrase(passphrase, true, directLock)],
      true,
    );
    const opened = await openKeyFile(parseKeyFile(text), passphrase, directLock);
    const bid = liveBids(await process())[0]?.id ?? '';
    const outcome = await orderErasure(scene.world, opened, { recordId: bid, ...order });
    expect(outcome.ok).toBe(true);
    opened.close();
    await scene.until(() => erased(bid));
  });
});
