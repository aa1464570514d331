import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { disconnect } from '@/lib/server/db';
import { startPostgres } from '@/lib/server/embedded/postgres';
import { startReaper } from '@/lib/server/embedded/reaper';
import { migrate } from '@/lib/server/migrate';
import { world, type World } from '@/lib/server/world';

export interface BenchWorld {
  world: World;
  /** Plain connections beside the application, as the owner of the tables. */
  pool: pg.Pool;
  /** The address of the database for the application's login, under which `world` works too. */
  databaseUrl: string;
}

const key = () => randomBytes(32).toString('hex');

/**
 * A registry's database of its own, the embedded PostgreSQL as `npm start` sets it up: every commit is on the disk before
 * it is acknowledged. No chain is started: what is measured here never asks it.
 */
export async function startBenchWorld(stops: (() => Promise<void>)[]): Promise<BenchWorld> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-bench-'));
  const reaper = startReaper();
  const undo: (() => Promise<unknown>)[] = [() => fs.rm(folder, { recursive: true, force: true })];
  stops.push(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
    reaper.close();
  });
  const postgres = await startPostgres({
    folder: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    port: 0,
    password: key(),
    durable: true,
    reaper,
  });
  undo.push(postgres.stop);
  await postgres.createDatabase('bench');
  await migrate(postgres.url('bench'));
  const databaseUrl = await postgres.applicationUrl('bench');
  const pool = new pg.Pool({ connectionString: postgres.url('bench'), max: 4 });
  undo.push(() => pool.end());
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    CHAIN_RPC_URL: 'http://127.0.0.1:9',
    CHAIN_ID: '31337',
    CONTRACT_ADDRESS: `0x${'0'.repeat(40)}`,
    ANCHORER_KEY: key(),
    REGISTRAR_KEY: key(),
    LOG_KEY: key(),
    AUTH_SECRET: key(),
    REGISTRY_ORIGIN: 'bench.example/registry',
    BASE_URL: 'http://localhost:3000',
    STORAGE_DIR: path.join(folder, 'storage'),
    LOG_LEVEL: 'silent',
  });
  undo.push(disconnect);
  return { world: world(), pool, databaseUrl };
}
