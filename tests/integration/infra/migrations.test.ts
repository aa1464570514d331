import fs from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  diffSchemas,
  migrate,
  schemaAgreesWithMigrations,
  schemaFile,
  snapshotFile,
} from '@/lib/server/migrate';
import { startTestWorld, type TestWorld } from '../../harness/world';

const shape = `
  SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, datetime_precision
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  ORDER BY table_name, column_name`;
const indexes = `
  SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY indexdef`;

describe('migrations', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.stop());

  it('agree with the schema', async () => {
    expect(await schemaAgreesWithMigrations()).toBe(true);
  });

  it('lead to the very database that the schema describes', async () => {
    const schema = await fs.readFile(schemaFile, 'utf8');
    const fresh = await diffSchemas(world.databaseUrl, null, schema);
    const before = { shape: await world.sql(shape), indexes: await world.sql(indexes) };
    await world.sql('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    await world.sql(fresh);
    expect({ shape: await world.sql(shape), indexes: await world.sql(indexes) }).toEqual(before);
  });

  it('are applied once', async () => {
    const again = `${inject('postgresUrl')}template_tenderproof`;
    expect(await migrate(again)).toEqual([]);
  });

  it('see a change of the schema', async () => {
    const snapshot = await fs.readFile(snapshotFile, 'utf8');
    const changed = `${snapshot}\nmodel Probe {\n  id Int @id\n}\n`;
    expect(await diffSchemas(world.databaseUrl, snapshot, changed)).toContain('CREATE TABLE "Probe"');
    expect(await diffSchemas(world.databaseUrl, snapshot, snapshot)).toBe('');
  });
});
