import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';

// For browser tests that assert the database and the chain as well as the page: the world's inside.

export interface E2eWorld {
  baseUrl: string;
  /** The folder of the whole world: database files, chain, storage, logs. */
  dataFolder: string;
  databaseUrl: string;
  rpcUrl: string;
  contract: { address: string; blockNumber: number };
  /** 64 hex each. */
  keys: { admin: string; anchorer: string; registrar: string; reviewer: string; log: string };
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run the browser tests through Playwright's configuration.`);
  return value;
}

/** The running world. */
export function e2eWorld(): E2eWorld {
  const dataFolder = fromEnvironment('E2E_DATA');
  const config = JSON.parse(fs.readFileSync(path.join(dataFolder, 'config.json'), 'utf8'));
  const { ports, postgresPassword, contract, keys } = config;
  const databaseUrl = `postgresql://tenderproof:${postgresPassword}@127.0.0.1:${ports.postgres}/tenderproof`;
  const sql = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const rpcUrl = `http://127.0.0.1:${ports.chain}`;
  return { baseUrl: fromEnvironment('E2E_BASE_URL'), dataFolder, databaseUrl, rpcUrl, contract, keys, sql };
}
