import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerKey } from '@/lib/server/operations/register-key';
import { PEOPLE, startRegistry, type Registry } from '../api/fixture';

const APPEND_ONLY = ['records', 'log_leaves', 'log_tiles', 'log_checkpoints', 'log_cosignatures', 'erasures'];
const ERASABLE = ['entries', 'record_documents'];
const TABLES = [...APPEND_ONLY, ...ERASABLE];
/** A column of each table, for an UPDATE that changes nothing and is refused all the same. */
const COLUMN: Record<string, string> = {
  records: 'type',
  log_leaves: 'index',
  log_tiles: 'data',
  log_checkpoints: 'note',
  log_cosignatures: 'line',
  erasures: '"erasedAt"',
  entries: 'text',
  record_documents: 'title',
};
const ATTEMPTS = TABLES.flatMap((table) => [
  [table, 'UPDATE', `UPDATE ${table} SET ${COLUMN[table]} = ${COLUMN[table]}`] as const,
  [table, 'DELETE', `DELETE FROM ${table}`] as const,
  [table, 'TRUNCATE', `TRUNCATE ${table} CASCADE`] as const,
]);

describe('what was filed', () => {
  let registry: Registry;
  const as = async (url: string, text: string): Promise<{ code: string; message: string } | 'done'> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(text);
      return 'done';
    } catch (error) {
      const { code, message } = error as pg.DatabaseError;
      return { code: code ?? '', message };
    } finally {
      await client.end();
    }
  };
  const digest = async () => {
    const rows = await registry.test.sql(
      TABLES.map(
        (t) => `SELECT '${t}' AS name, count(*), md5(string_agg(x::text, '' ORDER BY x::text)) FROM ${t} x`,
      ).join(' UNION ALL '),
    );
    return JSON.stringify(rows, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  };

  beforeAll(async () => {
    registry = await startRegistry();
    const { world, test } = registry;
    const key = await registerKey(world, PEOPLE.officer, {
      publicKey: 'ab'.repeat(32),
      demonstration: false,
    });
    expect(key.ok).toBe(true);
    await registry.until(async () => (await world.db.leaf.count()) > 0);
    // One row in each table, so that a refusal is of the row and not of an empty table.
    const [record] = await test.sql('SELECT id FROM records');
    await world.db.recordDocument.create({
      data: {
        id: '0192f3a0-0000-7000-8000-000000000001',
        recordId: String(record?.id),
        sha256: 'cd'.repeat(32),
        title: 'a document',
        storageKey: 'none',
        mediaType: 'text/plain',
        size: 1,
      },
    });
    await world.db.cosignature.create({
      data: {
        treeSize: 1,
        keyName: 'w',
        keyId: '01020304',
        line: '— w x',
        time: new Date(),
        receivedAt: new Date(),
      },
    });
  });
  afterAll(() => registry.stop());

  it.each(ATTEMPTS)('%s: %s is refused to the application', async (_table, _verb, text) => {
    const before = await digest();
    expect(await as(registry.test.env.DATABASE_URL, text)).toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied'),
    });
    expect(await digest()).toBe(before);
  });

  it.each(ATTEMPTS)('%s: %s is refused to the owner of the tables', async (_table, verb, text) => {
    const before = await digest();
    const answer = await as(registry.test.databaseUrl, text);
    expect(answer).toMatchObject({ code: '42501', message: expect.stringContaining('append-only') });
    expect(answer).toMatchObject({ message: expect.stringContaining(verb) });
    expect(await digest()).toBe(before);
  });

  it('cannot be overwritten by an insertion either', async () => {
    const text = `INSERT INTO log_leaves SELECT * FROM log_leaves ON CONFLICT (index) DO UPDATE SET commitment = '\\x00'`;
    for (const url of [registry.test.env.DATABASE_URL, registry.test.databaseUrl])
      expect(await as(url, text)).toMatchObject({ code: '42501' });
  });

  it('goes not with its tender', async () => {
    expect(await as(registry.test.databaseUrl, 'TRUNCATE tenders CASCADE')).toMatchObject({
      message: expect.stringContaining('append-only'),
    });
  });

  it('is not erased without an order', async () => {
    const [record] = await registry.test.sql('SELECT id FROM records');
    const id = String(record?.id);
    const before = await digest();
    for (const order of [id, '0192f3a0-0000-7000-8000-0000000000ff']) {
      const call = `SELECT erase_entry('${id}', '${order}', now())`;
      const insert = `INSERT INTO erasures VALUES ('${id}', '${order}', now())`;
      const refusal = { code: '42501', message: expect.stringContaining('not a signed erasure record') };
      expect(await as(registry.test.env.DATABASE_URL, call)).toMatchObject(refusal);
      expect(await as(registry.test.databaseUrl, call)).toMatchObject(refusal);
      expect(await as(registry.test.databaseUrl, insert)).toMatchObject(refusal);
      expect(await as(registry.test.env.DATABASE_URL, insert)).toMatchObject({
        message: expect.stringContaining('permission denied'),
      });
    }
    expect(await digest()).toBe(before);
  });

  it.each([
    'CREATE TABLE mine (x int)',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'ALTER TABLE records DISABLE TRIGGER append_only',
    'DROP TRIGGER append_only ON records',
    'DROP TABLE records',
    'SET session_replication_role = replica',
    'CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
  ])('cannot be laid open by the application: %s', async (text) => {
    expect(await as(registry.test.env.DATABASE_URL, text)).toMatchObject({ code: '42501' });
  });
});
