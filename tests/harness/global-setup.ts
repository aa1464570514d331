import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '@/lib/server/embedded/postgres';
import { startReaper } from '@/lib/server/embedded/reaper';
import { migrate } from '@/lib/server/migrate';

// One PostgreSQL for the whole run; its template holds the migrated schema, and each test file copies it.

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the cluster without a database name, ending in a slash. */
    postgresUrl: string;
    /** The same for the application's login. */
    applicationUrl: string;
  }
}

export const templateDatabase = 'template_tenderproof';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-test-'));
  const reaper = startReaper();
  const postgres = await startPostgres({
    folder: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    port: 0,
    password: randomBytes(16).toString('hex'),
    durable: false,
    reaper,
  });
  const teardown = async () => {
    await postgres.stop();
    reaper.close();
    await fs.rm(folder, { recursive: true, force: true });
  };
  try {
    project.provide('applicationUrl', await postgres.applicationUrl(''));
    await postgres.createDatabase(templateDatabase);
    await migrate(postgres.url(templateDatabase));
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', postgres.url(''));
  return teardown;
}
