import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type EmbeddedPostgres } from '@/lib/server/embedded/postgres';
import { startReaper, type Reaper } from '@/lib/server/embedded/reaper';
import { temporaryFolder } from '../../harness/temporary-folder';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let remove: () => void;
  let reaper: Reaper;
  let postgres: EmbeddedPostgres | undefined;
  const cluster = () => path.join(folder, 'postgres');
  const start = async () => {
    const logFile = path.join(folder, 'postgres.log');
    const options = {
      folder: cluster(),
      logFile,
      port: 0,
      password: 'a password:/@%',
      durable: true,
      reaper,
    };
    postgres = await startPostgres(options);
    return postgres;
  };
  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
    reaper = startReaper();
  });
  afterEach(async () => {
    await postgres?.stop();
    reaper.close();
    remove();
  });

  it('keeps what was committed through kill -9, listens on loopback only, and wants its password', async () => {
    const first = await start();
    await first.createDatabase('kept');
    await first.createDatabase('kept');
    await query(first.url('kept'), 'CREATE TABLE facts AS SELECT 42 AS answer');
    expect(await query(first.url('kept'), 'SHOW listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    const wrong = new URL(first.url('kept'));
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password/);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const second = await start();
    expect(await query(second.url('kept'), 'SELECT answer FROM facts')).toEqual([{ answer: 42 }]);
  });

  it('stops a server of ours that was left running on its folder', async () => {
    const left = await start();
    const again = await start();
    await left.ended;
    expect(again.pid).not.toBe(left.pid);
    expect(await query(again.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it("leaves a process alone that only has the number of a dead server's", async () => {
    const first = await start();
    await first.stop();
    fs.writeFileSync(path.join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n`);
    const second = await start();
    expect(await query(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('begins again where making the cluster was interrupted', async () => {
    fs.mkdirSync(`${cluster()}.new`);
    fs.writeFileSync(path.join(`${cluster()}.new`, 'PG_VERSION'), '18\n');
    expect(await query((await start()).url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses the cluster of another major version', async () => {
    fs.mkdirSync(cluster());
    fs.writeFileSync(path.join(cluster(), 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/17 cluster/);
  });
});
