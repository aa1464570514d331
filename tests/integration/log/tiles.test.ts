import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { GET as getTile } from '@/app/log/tile/[...path]/route';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { proofFromTiles, type TileReader } from '@/lib/merkle/tile';
import { decodeEntries, entriesPath, parseTilePath, tilePath } from '@/lib/merkle/tile-path';
import { buildLevels, consistencyProof, inclusionProof, rootOf, type TreeLevels } from '@/lib/merkle/tree';
import { toHex } from '@/lib/record/hex';
import { pool } from '@/lib/server/db';
import { fileCover, readTiles, servedProofs, tileReader } from '@/lib/server/log-store';
import { sequence } from '@/lib/worker/sequencer';
import { call, startRegistry, type Registry } from '../api/fixture';

/** More than two full tiles: of levels 0 and 1, full, partial and absent ones. */
const BATCHES = [1, 2, 252, 1, 1, 40, 300];
const SIZE = BATCHES.reduce((sum, count) => sum + count, 0);

let registry: Registry;
let empty: Response;
let commitments: Uint8Array[];
let levels: TreeLevels;

const get = (path: string, headers: Record<string, string> = {}) =>
  call(getTile.as(null), `/log/${path}`, { path: path.split('/').slice(1) }, { headers });
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

beforeAll(async () => {
  registry = await startRegistry();
  // An empty log has no checkpoint yet, which any page may learn.
  empty = await call(getCheckpoint.as(null), '/log/checkpoint', {});
  for (const count of BATCHES) {
    for (let i = 0; i < count; i += 1) await fileCover(registry.world.db, registry.time.now);
    expect(await sequence(registry.world)).toBe(count);
  }
  const leaves = await registry.world.db.leaf.findMany({ orderBy: { index: 'asc' } });
  commitments = leaves.map((leaf) => leaf.commitment);
  levels = buildLevels(commitments.map(leafHash));
});
afterAll(() => registry.stop());

/** How many hashes a log of `size` leaves has at a level of tiles, literally as C2SP says it. */
const hashes = (level: number, size: number) => Math.floor(size / 256 ** level);

/** What a partial or full tile of the whole log holds; null for one that it has not. */
function expected(level: number, index: number, width: number): Uint8Array | null {
  if (index * 256 + width > hashes(level, SIZE)) return null;
  const nodes = levels[level * 8]!.slice(index * 256, index * 256 + width);
  return new Uint8Array(Buffer.concat(nodes));
}

describe('tiles over HTTP', () => {
  it('serve every hash tile of the log, whole and at every width, and nothing beyond', async () => {
    expect(commitments).toHaveLength(SIZE);
    for (const [level, index] of [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 63].map((l) => [l, i] as const))) {
      for (let width = 1; width <= 256; width += level > 1 || index > 2 ? 51 : 1) {
        const response = await get(tilePath({ level, index, width }));
        const bytes = expected(level, index, width);
        expect(response.status, tilePath({ level, index, width })).toBe(bytes ? 200 : 404);
        if (bytes) expect(await bytesOf(response)).toEqual(bytes);
      }
    }
  }, 120_000);

  it('serve every entry bundle, and nothing beyond', async () => {
    for (let index = 0; index < 4; index += 1) {
      for (const width of [1, 2, 84, 85, 86, 255, 256]) {
        const response = await get(entriesPath(index, width));
        const there = index * 256 + width <= SIZE;
        expect(response.status).toBe(there ? 200 : 404);
        if (!there) continue;
        const entries = decodeEntries(await bytesOf(response));
        expect(entries).toEqual(commitments.slice(index * 256, index * 256 + width));
      }
    }
  });

  it('serve the partial tiles of every checkpoint that there was', async () => {
    const checkpoints = await registry.world.db.checkpoint.findMany();
    expect(checkpoints).toHaveLength(BATCHES.length);
    const reader: TileReader = async (level, index, width) =>
      bytesOf(await get(tilePath({ level, index, width })));
    for (const { treeSize, rootHash } of checkpoints)
      expect(await proofFromTiles(reader).root(Number(treeSize))).toEqual(new Uint8Array(rootHash));
  });

  it.each([
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/000',
    'tile/0/x000/x000/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/00/000',
    'tile/64/000',
    'tile/63/000',
    'tile/-1/000',
    'tile/0',
    'tile/entries',
    'tile/entries/x000/000',
    'tile/entries/000.p/256',
    'tile/leaves/000',
    `tile/0/${'x999/'.repeat(4)}999`,
    `tile/0/${'x999/'.repeat(40)}999`,
    "tile/0/000'--",
  ])('answer 404 to %s, which no cache keeps and any page may read', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('may be kept by every cache for a year and read by every page', async () => {
    for (const path of ['tile/0/000', 'tile/0/002.p/7', 'tile/1/000.p/1', 'tile/entries/000']) {
      const response = await get(path);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
      });
      const etag = response.headers.get('etag') ?? '';
      const again = await get(path, { 'if-none-match': etag });
      expect(again.status).toBe(304);
      expect(await bytesOf(again)).toHaveLength(0);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('lie under the checkpoint, which no cache keeps', async () => {
    expect(empty.status).toBe(404);
    expect(empty.headers.get('cache-control')).toBe('no-store');
    expect(empty.headers.get('access-control-allow-origin')).toBe('*');
    const response = await call(getCheckpoint.as(null), '/log/checkpoint', {});
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toMatch(/no-(cache|store)/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const checkpoint = parseCheckpoint(await response.text());
    expect(checkpoint).toMatchObject({ size: SIZE, rootHash: rootOf(levels) });
  });
});

describe('proofs from the tiles in the database', () => {
  it('are those of the whole tree, for any index and any two sizes', async () => {
    const { db } = registry.world;
    const size = fc.integer({ min: 1, max: SIZE });
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (a, b, i) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        for (const proofs of [proofFromTiles(tileReader(db)), servedProofs(pool())]) {
          const inclusion = await proofs.inclusion(i % second, second);
          const consistency = await proofs.consistency(first, second);
          expect(toHex(await proofs.root(second))).toBe(toHex(rootOf(levels, second)));
          expect(inclusion.map(toHex)).toEqual(inclusionProof(levels, i % second, second).map(toHex));
          expect(consistency.map(toHex)).toEqual(consistencyProof(levels, first, second).map(toHex));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are refused beyond the checkpoint', async () => {
    const proofs = () => proofFromTiles(tileReader(registry.world.db));
    const missing = { code: 'tile-missing' };
    await expect(proofs().root(SIZE + 1)).rejects.toMatchObject(missing);
    await expect(proofs().inclusion(0, SIZE + 1)).rejects.toMatchObject(missing);
    await expect(proofs().inclusion(SIZE, SIZE + 1)).rejects.toMatchObject(missing);
    await expect(proofs().consistency(1, SIZE + 300)).rejects.toMatchObject(missing);
  });

  it('need no stored copy of the unfinished tile of level 0', async () => {
    const stored = await registry.world.db.tile.findMany({ orderBy: [{ level: 'asc' }, { index: 'asc' }] });
    expect(stored.map((tile) => tilePath({ ...tile, index: Number(tile.index) }))).toEqual([
      'tile/0/000',
      'tile/0/001',
      'tile/1/000.p/1',
      'tile/1/000.p/2',
    ]);
    const [cut] = await readTiles(registry.world.db, [{ level: 0, index: 2, width: 85 }]);
    expect(cut && new Uint8Array(cut)).toEqual(expected(0, 2, 85));
  });
});

describe('addresses', () => {
  it('are read in one spelling only, whatever comes (property)', () => {
    const piece = fc.constantFrom(
      'tile',
      'entries',
      '0',
      '1',
      '63',
      '64',
      '000',
      '001',
      'x001',
      '.p/',
      '.p/7',
      '/',
      'x',
      '256',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 9 }).map((p) => p.join('/')),
        ),
        (path) => {
          const tile = parseTilePath(path);
          if (!tile) return;
          const written = tile.kind === 'entries' ? entriesPath(tile.index, tile.width) : tilePath(tile);
          expect(written).toBe(path);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('are read back as they were written (property)', () => {
    const index = fc.oneof(fc.nat({ max: 3000 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.nat({ max: 63 }), index, fc.integer({ min: 1, max: 256 }), (level, i, width) => {
        const tile = { level, index: i, width };
        expect(parseTilePath(tilePath(tile))).toEqual({ kind: 'hashes', ...tile });
        expect(parseTilePath(entriesPath(i, width))).toEqual({ kind: 'entries', index: i, width });
      }),
    );
  });
});
