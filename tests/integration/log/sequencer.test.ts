import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leafHash } from '@/lib/merkle/hash';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { buildLevels, rootOf } from '@/lib/merkle/tree';
import { queueFilings } from '@/lib/server/log-store';
import { sequence } from '@/lib/worker/sequencer';
import { startRegistry, type Registry } from '../api/fixture';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const fresh = () => new Uint8Array(randomBytes(32));
const file = (commitments: Uint8Array<ArrayBuffer>[]) =>
  registry.world.db.$transaction((tx) => queueFilings(tx, commitments, registry.time.now));

async function indexes(): Promise<Map<string, number>> {
  const leaves = await registry.world.db.leaf.findMany();
  return new Map(
    leaves.map(({ index, commitment }) => [Buffer.from(commitment).toString('hex'), Number(index)]),
  );
}
const indexOf = (all: Map<string, number>, commitment: Uint8Array) =>
  all.get(Buffer.from(commitment).toString('hex')) ?? -1;

/** The log as it stands: no gap, nothing waiting, and every checkpoint the root of the leaves before it. */
async function expectSound(): Promise<void> {
  const { db } = registry.world;
  const leaves = await db.leaf.findMany({ orderBy: { index: 'asc' } });
  expect(leaves.map((l) => Number(l.index))).toEqual(leaves.map((_, i) => i));
  const levels = buildLevels(leaves.map((l) => leafHash(l.commitment)));
  const checkpoints = await db.checkpoint.findMany({ orderBy: { treeSize: 'asc' } });
  expect(Number(checkpoints.at(-1)?.treeSize)).toBe(leaves.length);
  for (const { treeSize, rootHash, note } of checkpoints) {
    const root = rootOf(levels, Number(treeSize));
    expect(new Uint8Array(rootHash)).toEqual(root);
    expect(parseCheckpoint(note)).toMatchObject({ size: Number(treeSize), rootHash: root });
  }
}

describe('the order of the log', () => {
  afterEach(expectSound);

  it('puts nothing before what was acknowledged before it began, while many file and two sequencers work', async () => {
    const seen: { commitment: Uint8Array; began: number; acknowledged: number }[] = [];
    let filing = true;
    const sequencer = async () => {
      let count = 0;
      while (filing || (await registry.world.db.filing.count()) > 0) {
        count += await sequence(registry.world);
        await sleep(3);
      }
      return count;
    };
    const filer = async (lane: number) => {
      for (let i = 0; i < 40; i += 1) {
        const commitments = [fresh(), fresh(), fresh()].slice(0, 1 + ((lane + i) % 3));
        const began = performance.now();
        // Between the drawing of its number and its commit a transaction may be overtaken by any number of others.
        await registry.world.db.$transaction(async (tx) => {
          await queueFilings(tx, commitments, registry.time.now);
          await sleep(Math.random() * 8);
        });
        const acknowledged = performance.now();
        seen.push(...commitments.map((commitment) => ({ commitment, began, acknowledged })));
      }
    };
    const sequencers = [sequencer(), sequencer()];
    await Promise.all(Array.from({ length: 9 }, (_, lane) => filer(lane)));
    filing = false;
    const counts = await Promise.all(sequencers);
    expect(counts[0]! + counts[1]!).toBe(seen.length);

    const all = await indexes();
    const placed = seen.map((s) => ({ ...s, index: indexOf(all, s.commitment) }));
    expect(placed.every((p) => p.index >= 0)).toBe(true);
    let pairs = 0;
    for (const a of placed)
      for (const b of placed)
        if (a.acknowledged < b.began) {
          pairs += 1;
          if (a.index >= b.index) throw new Error(`${a.index} was acknowledged before ${b.index} began`);
        }
    expect(pairs).toBeGreaterThan(10_000);
    // Records of one act stand in their order; others may come between them.
    for (let i = 1; i < placed.length; i += 1)
      if (placed[i]!.began === placed[i - 1]!.began)
        expect(placed[i]!.index).toBeGreaterThan(placed[i - 1]!.index);
  });

  it('loses nobody who commits after one with a larger number was sequenced', async () => {
    const slow = new pg.Client({ connectionString: registry.test.databaseUrl });
    await slow.connect();
    const [first, second, third] = [fresh(), fresh(), fresh()];
    await slow.query('BEGIN');
    await slow.query('INSERT INTO filings (commitment, "filedAt") VALUES ($1, now())', [Buffer.from(first)]);
    await file([second]);
    expect(await sequence(registry.world)).toBe(1);
    await slow.query('COMMIT');
    await slow.end();
    await file([third]);
    expect(await sequence(registry.world)).toBe(2);
    const all = await indexes();
    const base = indexOf(all, second);
    expect([first, second, third].map((c) => indexOf(all, c) - base)).toEqual([1, 0, 2]);
  });

  it('takes long queues in several transactions', async () => {
    const many = Array.from({ length: 5001 }, fresh);
    await file(many);
    expect(await sequence(registry.world)).toBe(5000);
    expect(await sequence(registry.world)).toBe(1);
    expect(await sequence(registry.world)).toBe(0);
    const all = await indexes();
    const base = indexOf(all, many[0]!);
    expect(many.map((c) => indexOf(all, c) - base)).toEqual(many.map((_, i) => i));
  });
});

describe('a database that somebody altered', () => {
  /** Superuser's work: past the triggers that refuse it to everybody else. */
  async function alter(sql: string): Promise<void> {
    await registry.test.sql(`SET session_replication_role = replica; ${sql}`);
  }

  it.each([
    [
      'a leaf of the unfinished tile',
      'log_leaves',
      'commitment',
      'index = (SELECT max(index) FROM log_leaves)',
    ],
    ['a tile of the edge', 'log_tiles', 'data', 'level = 1'],
    [
      'the checkpoint',
      'log_checkpoints',
      '"rootHash"',
      '"treeSize" = (SELECT max("treeSize") FROM log_checkpoints)',
    ],
  ])('gets no further signature: %s', async (_, table, column, where) => {
    const flip = `UPDATE ${table} SET ${column} = set_byte(${column}, 5, get_byte(${column}, 5) # 1) WHERE ${where}`;
    await file([fresh()]);
    await alter(flip);
    const before = await registry.world.db.checkpoint.count();
    await expect(sequence(registry.world)).rejects.toThrow(/altered the database/);
    expect(await registry.world.db.checkpoint.count()).toBe(before);
    expect(await registry.world.db.filing.count()).toBe(1);
    await alter(flip);
    expect(await sequence(registry.world)).toBe(1);
    await expectSound();
  });

  it('gets no further signature: a filing of another length', async () => {
    await registry.test.sql(`INSERT INTO filings (commitment, "filedAt") VALUES ('\\x00', now())`);
    await expect(sequence(registry.world)).rejects.toThrow(/32 bytes/);
    await registry.test.sql('DELETE FROM filings');
    await expectSound();
  });
});
