import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '@/lib/server/embedded/postgres';
import { startReaper } from '@/lib/server/embedded/reaper';
import { diffSchemas, migrationsFolder, schemaFile, snapshotFile } from '@/lib/server/migrate';

// `npx tsx lib/cli/migration.ts <name>` writes the migration from the last snapshot to schema.prisma, for review.

async function difference(from: string | null, to: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-migration-'));
  const reaper = startReaper();
  const password = randomBytes(16).toString('hex');
  const logFile = path.join(folder, 'postgres.log');
  const options = {
    folder: path.join(folder, 'postgres'),
    logFile,
    port: 0,
    password,
    durable: false,
    reaper,
  };
  const postgres = await startPostgres(options);
  try {
    return await diffSchemas(postgres.url('postgres'), from, to);
  } finally {
    await postgres.stop();
    reaper.close();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function write(name: string, sql: string, schema: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${stamp}_${name}`);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'migration.sql'), `${sql}\n`);
  const lock = '# Names the database that the SQL is for.\nprovider = "postgresql"\n';
  await fs.writeFile(path.join(migrationsFolder, 'migration_lock.toml'), lock);
  await fs.writeFile(snapshotFile, schema);
  return path.relative(process.cwd(), folder);
}

const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Give the migration a name: npx tsx lib/cli/migration.ts add_something');
  process.exit(2);
}
const schema = await fs.readFile(schemaFile, 'utf8');
const snapshot = await fs.readFile(snapshotFile, 'utf8').catch(() => null);
const sql = await difference(snapshot, schema);
if (sql === '') {
  await fs.mkdir(migrationsFolder, { recursive: true });
  await fs.writeFile(snapshotFile, schema);
  console.log('Nothing to migrate: prisma/schema.prisma is what the migrations lead to.');
} else {
  console.log(`Wrote ${await write(name, sql, schema)}/migration.sql: read it before you commit it.`);
}
