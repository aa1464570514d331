import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';

// Prisma's own schema engine, as WebAssembly from npm: the command-line tool would download a native one. It keeps
// the same table of applied migrations, so `prisma migrate deploy` works on the same folder elsewhere.

const filters: SchemaFilter = { externalTables: [], externalEnums: [] };
const root = process.cwd();
export const migrationsFolder = path.join(root, 'prisma', 'migrations');
export const schemaFile = path.join(root, 'prisma', 'schema.prisma');
/** The schema that the migrations lead to; compared with schema.prisma to notice a change without a migration. */
export const snapshotFile = path.join(migrationsFolder, 'schema-snapshot.prisma');

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@prisma/schema-engine-wasm');
  const bytes = await fs.readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': engineModule as unknown as WebAssembly.ModuleImports,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** Connection fields, given apart: with a connection string the engine might make a shadow database beside it. */
function connectionFields(databaseUrl: string) {
  const at = new URL(databaseUrl);
  return {
    host: at.hostname,
    port: Number(at.port || 5432),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password),
    database: decodeURIComponent(at.pathname.slice(1)),
    ...(at.searchParams.get('sslmode') === 'require' ? { ssl: true } : {}),
    max: 2,
  };
}

/**
 * Prisma's adapter cuts a script at every semicolon, those within functions included. PostgreSQL reads a script itself,
 * as `prisma migrate deploy` sends it; a failed one then leaves nothing half done.
 */
class WholeScripts extends PrismaPg {
  readonly #connections: pg.Pool;
  constructor(connections: pg.Pool) {
    super(connections);
    this.#connections = connections;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#connections.query(script).catch((error: pg.DatabaseError) => {
        const { code = '', severity = '', message, detail, column, hint } = error;
        const payload = { kind: 'postgres', code, severity, message, detail, column, hint } as const;
        throw new DriverAdapterError(payload);
      });
    };
    return adapter;
  }
}

/** Runs `work` with an engine, and closes its connections: an open one would stop the database from being copied. */
async function withEngine<T>(
  databaseUrl: string,
  schema: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const connections = new pg.Pool(connectionFields(databaseUrl));
  connections.on('error', () => undefined);
  const factory = bindMigrationAwareSqlAdapterFactory(new WholeScripts(connections));
  try {
    const ignoreLog = () => undefined;
    const options = { datamodels: [['schema.prisma', schema]] as [string, string][] };
    const engine = await engineModule.SchemaEngine.new(options, ignoreLog, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await connections.end();
  }
}

async function readOrNull(file: string): Promise<string | null> {
  return fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function migrationList(): Promise<MigrationList> {
  const entries = await fs.readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => {
      const content = await fs.readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8');
      return {
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: content } },
      };
    }),
  );
  const lock = await readOrNull(path.join(migrationsFolder, 'migration_lock.toml'));
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: lock },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/**
 * Applies the migrations that the database does not have yet.
 * @returns their names, in order.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const schema = await fs.readFile(schemaFile, 'utf8');
  const migrationsList = await migrationList();
  return withEngine(databaseUrl, schema, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  });
}

/**
 * The SQL from one schema text (null: nothing) to another; empty when they agree.
 * @param databaseUrl any PostgreSQL that can be reached: the engine asks it for its version, nothing else.
 */
export async function diffSchemas(databaseUrl: string, from: string | null, to: string): Promise<string> {
  const text = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const empty = { tag: 'empty' as const };
  return withEngine(databaseUrl, to, async (engine) => {
    const ends = { from: from === null ? empty : text(from), to: text(to) };
    const result = await engine.diff({ ...ends, script: true, exitCode: null, filters });
    const sql = (result.stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}

/** Whether schema.prisma says what the migrations were made from, comments and spacing aside. */
export async function schemaAgreesWithMigrations(): Promise<boolean> {
  const [schema, snapshot] = await Promise.all([readOrNull(schemaFile), readOrNull(snapshotFile)]);
  const substance = (text: string | null) =>
    (text ?? '')
      .replace(/\/\/.*$/gm, '')
      .replace(/\s+/g, ' ')
      .trim();
  return substance(schema) === substance(snapshot);
}
