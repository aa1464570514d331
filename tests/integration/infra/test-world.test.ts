import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '@/lib/server/db';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { startTestWorld, type TestWorld } from '../../harness/world';

describe('a world of its own for each test file', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.stop());

  it('has the migrated schema behind db() and pool()', async () => {
    expect(await db().user.count()).toBe(0);
    const { rows } = await pool().query('SELECT count(*)::int AS applied FROM _prisma_migrations');
    expect(rows[0]).toMatchObject({ applied: expect.any(Number) });
  });

  it('sorts and classifies Chinese text, which the plain C locale would not', async () => {
    const rows = await world.sql(`SELECT '招标公告' ~ '^[[:alpha:]]+$' AS letters`);
    expect(rows[0]?.letters).toBe(true);
  });

  it('accepts its own deployment again and refuses an address without the contract', async () => {
    const again = await deployEmbeddedLedger(world.chain.rpcUrl, world.keys, world.contract);
    expect(again.address).toBe(world.contract.address);
    const nothing = { address: `0x${'12'.repeat(20)}`, blockNumber: 1 };
    await expect(deployEmbeddedLedger(world.chain.rpcUrl, world.keys, nothing)).rejects.toThrow();
  });
});
