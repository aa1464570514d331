import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '@/prisma/generated/client';
import { env } from './env';

// One pool for Prisma and one small raw pool for what Prisma has no words for: advisory locks, dumps.
// They hang on globalThis because `next dev` loads this module again at every change and would leak a pool each time.
interface Connections {
  client?: PrismaClient | undefined;
  pool?: pg.Pool | undefined;
}
const holder = globalThis as typeof globalThis & { tenderproofConnections?: Connections };
const connections: Connections = (holder.tenderproofConnections ??= {});

/**
 * How long a transaction waits for a connection, in milliseconds. A thousand people who file in the last second before a
 * deadline share a few connections: they wait their turn, which a machine under load takes 10 s for, rather than be told
 * to come again when it is too late.
 */
const PATIENCE = 30_000;

export type Db = PrismaClient;

/** The database client, made at first use. */
export function db(): PrismaClient {
  connections.client ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: PATIENCE,
      idleTimeoutMillis: 60_000,
    }),
    transactionOptions: { maxWait: PATIENCE, timeout: 30_000 },
  });
  return connections.client;
}

/** Raw connections for locks that outlast a transaction. Release what you take; an elected worker's stays taken. */
export function pool(): pg.Pool {
  if (!connections.pool) {
    const made = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: 6,
      connectionTimeoutMillis: 10_000,
      // A prepared query is planned once. Left to choose, PostgreSQL plans the one for tiles anew for each array that it is
      // given, which takes as long as answering it.
      options: '-c plan_cache_mode=force_generic_plan',
    });
    // An idle connection that the server closes raises 'error' on the pool; unheard, it would end the process.
    made.on('error', () => undefined);
    connections.pool = made;
  }
  return connections.pool;
}

/** Closes every connection: at the end of a worker, a command or a test. */
export async function disconnect(): Promise<void> {
  const { client, pool: raw } = connections;
  connections.client = undefined;
  connections.pool = undefined;
  await Promise.all([client?.$disconnect(), raw?.end()]);
}
