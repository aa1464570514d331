import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/prisma/generated/client';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { applicationLogin } from '@/lib/server/application-role';
import { checkDatabaseRole } from '@/lib/server/check-database';
import { checkOwnWorld, checkWorld, refuseProblems } from '@/lib/server/check-world';
import { ConfigurationError, type Env } from '@/lib/server/env';
import { migrate } from '@/lib/server/migrate';
import { registerKey } from '@/lib/server/operations/register-key';
import pg from 'pg';
import { PEOPLE, startRegistry, type Registry } from '../api/fixture';

const newKey = () => `0x${randomBytes(32).toString('hex')}`;

/** Anchors of some other log. */
async function anchorForeign({ chain }: Registry, address: string, sizes: number[]): Promise<void> {
  const { privateKey, address: sender } = chain.keys.anchorer;
  for (const newSize of sizes) {
    const data = encodeExtendLog({ oldSize: 0, newSize, newRoot: 'ab'.repeat(32), proof: [] });
    const nonce = await chain.transactions.pendingNonce(sender);
    const { raw } = await chain.transactions.signCall({ privateKey, to: address, data, nonce });
    await chain.transactions.broadcast(raw);
  }
}

describe('configuration, database and chain', () => {
  let registry: Registry;
  const checked = (change: Partial<Env> = {}) =>
    checkWorld({ db: registry.world.db, env: { ...registry.world.env, ...change } });
  const codes = async (change: Partial<Env> = {}) => (await checked(change)).problems.map((p) => p.code);

  beforeAll(async () => {
    registry = await startRegistry();
    const key = await registerKey(registry.world, PEOPLE.officer, {
      publicKey: 'ab'.repeat(32),
      demonstration: false,
    });
    expect(key.ok).toBe(true);
    await registry.until(async () => (await registry.world.db.anchor.count()) > 0);
  });
  afterAll(() => registry.stop());

  it('are right as they are', async () => {
    expect(await checked()).toEqual({ problems: [], away: null });
  });

  it('name the keys that are swapped', async () => {
    const { ANCHORER_KEY, REGISTRAR_KEY } = registry.world.env;
    const { problems } = await checked({ ANCHORER_KEY: REGISTRAR_KEY, REGISTRAR_KEY: ANCHORER_KEY });
    expect(problems.map((p) => p.code)).toEqual(['keys-swapped']);
    expect(problems[0]?.message).toMatch(/ANCHORER_KEY and REGISTRAR_KEY are swapped/);
    for (const key of [ANCHORER_KEY, REGISTRAR_KEY])
      expect(JSON.stringify(problems)).not.toContain(key.slice(2));
  });

  it('name the key that has no role', async () => {
    expect(await codes({ ANCHORER_KEY: newKey() })).toEqual(['anchorer-role-missing']);
    expect(await codes({ REGISTRAR_KEY: newKey() })).toEqual(['registrar-role-missing']);
    expect(await codes({ ANCHORER_KEY: newKey(), REGISTRAR_KEY: newKey() })).toEqual([
      'anchorer-role-missing',
      'registrar-role-missing',
    ]);
    const { ANCHORER_KEY } = registry.world.env;
    expect(await codes({ REGISTRAR_KEY: ANCHORER_KEY })).toEqual(['registrar-role-missing']);
  });

  it('name the chain that is another', async () => {
    const { problems } = await checked({ CHAIN_ID: 1 });
    expect(problems.map((p) => p.code)).toEqual(['wrong-chain']);
    expect(problems[0]?.message).toMatch(/CHAIN_ID is 1.*31337/);
  });

  it('name an address without contract, and one with another', async () => {
    expect(await codes({ CONTRACT_ADDRESS: `0x${'12'.repeat(20)}` })).toEqual(['no-contract']);
    const other = `0x${'34'.repeat(20)}`;
    await registry.test.chain.call('anvil_setCode', other, '0x6001600155');
    expect(await codes({ CONTRACT_ADDRESS: other })).toEqual(['other-contract']);
  });

  it('name the log key and the origin that are not those of the log', async () => {
    expect(await codes({ LOG_KEY: randomBytes(32).toString('hex') })).toEqual(['other-log-key']);
    const { problems } = await checked({ REGISTRY_ORIGIN: 'other.example/registry' });
    expect(problems.map((p) => p.code)).toEqual(['other-origin']);
    expect(problems[0]?.message).toContain('test.example/registry');
  });

  it('let a chain that is away or talks nonsense start all the same', async () => {
    const nothing = await checked({ CHAIN_RPC_URL: 'http://127.0.0.1:9' });
    expect(nothing).toEqual({ problems: [], away: expect.stringContaining('does not answer') });
    const server = http.createServer((_request, response) => response.writeHead(502).end('<html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const nonsense = await checked({ CHAIN_RPC_URL: `http://127.0.0.1:${port}` });
    server.close();
    expect(nonsense).toEqual({ problems: [], away: expect.any(String) });
  });

  it('still name a wrong log key while the chain is away', async () => {
    const change = { CHAIN_RPC_URL: 'http://127.0.0.1:9', LOG_KEY: randomBytes(32).toString('hex') };
    expect(await codes(change)).toEqual(['other-log-key']);
  });

  it('are refused with every problem in one message', async () => {
    const { problems } = await checked({ LOG_KEY: randomBytes(32).toString('hex'), ANCHORER_KEY: newKey() });
    expect(() => refuseProblems(problems)).toThrow(ConfigurationError);
    expect(() => refuseProblems(problems)).toThrow(/LOG_KEY[^]*ANCHORER_KEY/);
    expect(() => refuseProblems([])).not.toThrow();
  });

  it('say so when another log uses the contract', async () => {
    const other = async (...sizes: number[]) => {
      const { chain, keys } = registry.test;
      const { address } = await deployEmbeddedLedger(chain.rpcUrl, keys, null);
      await anchorForeign(registry, address, sizes);
      return { CONTRACT_ADDRESS: address };
    };
    expect(await codes(await other())).toEqual([]);
    expect(await codes(await other(1))).toEqual(['foreign-root']);
    expect(await codes(await other(900))).toEqual(['log-behind-chain']);
  });
});

describe('the role that the application connects as', () => {
  let registry: Registry;
  const problemsAs = async (url: string) => {
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
    try {
      return await checkDatabaseRole(client);
    } finally {
      await client.$disconnect();
    }
  };
  /** A login of its own for this test; roles belong to the cluster that all tests share. */
  const login = `probe_${randomBytes(6).toString('hex')}`;
  const withLogin = async (...sql: string[]) => {
    for (const text of sql) await registry.test.sql(text.replaceAll('$login', login));
    const url = new URL(registry.test.databaseUrl);
    url.username = login;
    url.password = 'probe-password';
    return (await problemsAs(url.href)).map((p) => p.code);
  };

  beforeAll(async () => {
    registry = await startRegistry();
    await registry.test.sql(`CREATE ROLE ${login} LOGIN PASSWORD 'probe-password'`);
  });
  afterAll(async () => {
    await registry.test.sql(`DROP OWNED BY ${login}; DROP ROLE ${login}`);
    await registry.stop();
  });

  it('is right in the tests', async () => {
    expect(await problemsAs(registry.test.env.DATABASE_URL)).toEqual([]);
    expect(await checkOwnWorld(registry.world)).toEqual([]);
  });

  it('finds a contract that was in use before this log had its first record', async () => {
    const { world, test } = registry;
    expect(await checkWorld(world)).toEqual({ problems: [], away: null });
    await anchorForeign(registry, test.contract.address, [5]);
    expect((await checkWorld(world)).problems.map((p) => p.code)).toEqual(['foreign-root']);
  });

  it('is not the superuser', async () => {
    const [problem] = await problemsAs(registry.test.databaseUrl);
    expect(problem).toMatchObject({
      code: 'database-superuser',
      message: expect.stringContaining('DATABASE_URL'),
    });
    expect(problem?.message).toContain('DATABASE_OWNER_URL');
  });

  it('is a member of the group', async () => {
    expect(await withLogin('GRANT SELECT ON log_checkpoints TO $login')).toEqual(['database-not-permitted']);
    expect(await withLogin('GRANT tenderproof_app TO $login')).toEqual([]);
  });

  it.each([
    'UPDATE ON log_tiles',
    'DELETE ON entries',
    'TRUNCATE ON records',
    'UPDATE (title) ON record_documents',
  ])('holds no %s', async (privilege) => {
    expect(await withLogin(`GRANT ${privilege} TO $login`)).toEqual(['database-privileges']);
    expect(await withLogin(`REVOKE ${privilege} FROM $login`)).toEqual([]);
  });

  it('owns no table, nor can become its owner', async () => {
    const owner = `${login}_owner`;
    const made = await withLogin(`CREATE ROLE ${owner} NOLOGIN`, `ALTER TABLE log_tiles OWNER TO ${owner}`);
    expect(made).toEqual([]);
    expect(await withLogin(`GRANT ${owner} TO $login WITH INHERIT FALSE`)).toEqual(['database-owner']);
    await registry.test.sql(`ALTER TABLE log_tiles OWNER TO CURRENT_USER; DROP ROLE ${owner}`);
    expect(await withLogin()).toEqual([]);
  });

  it('finds the triggers in place', async () => {
    expect(await withLogin('ALTER TABLE log_leaves DISABLE TRIGGER append_only')).toEqual([
      'append-only-off',
    ]);
    expect(await withLogin('ALTER TABLE log_leaves ENABLE TRIGGER append_only')).toEqual([]);
  });

  it('is right in a database that an ordinary owner migrated', async () => {
    const owner = `${login}_migrates`;
    const database = `probe_${randomBytes(6).toString('hex')}`;
    const at = (user: string) => {
      const url = new URL(registry.test.databaseUrl);
      url.pathname = database;
      url.username = user;
      url.password = 'probe-password';
      return url.href;
    };
    await registry.test.sql(`CREATE ROLE ${owner} LOGIN PASSWORD 'probe-password'`);
    await registry.test.sql(`CREATE DATABASE ${database} OWNER ${owner}`);
    try {
      expect((await problemsAs(at(login))).map((p) => p.code)).toEqual(['database-not-migrated']);
      expect((await migrate(at(owner))).length).toBeGreaterThan(2);
      expect((await problemsAs(at(owner))).map((p) => p.code)).toEqual(['database-owner']);
      expect(await problemsAs(at(login))).toEqual([]);
      // Nothing to migrate: the application's own login is enough.
      expect(await migrate(at(login))).toEqual([]);
    } finally {
      await registry.test.sql(`DROP DATABASE ${database} WITH (FORCE)`);
      await registry.test.sql(`DROP ROLE ${owner}`);
    }
  });

  it('is made once, whoever makes it at the same time', async () => {
    const clients = Array.from(
      { length: 4 },
      () => new pg.Client({ connectionString: registry.test.databaseUrl }),
    );
    await Promise.all(clients.map((client) => client.connect()));
    const passwords = await Promise.all(clients.map((client) => applicationLogin(client, `${login}_twice`)));
    expect(new Set(passwords).size).toBe(4);
    await Promise.all(clients.map((client) => client.end()));
    await registry.test.sql(`DROP ROLE ${login}_twice`);
  });
});
