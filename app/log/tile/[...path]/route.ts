import { refuse } from '@/lib/procedure/refusal';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import { encodeEntries, parseTilePath, type TilePath } from '@/lib/merkle/tile-path';
import { OPEN_TO_ALL, route } from '@/lib/server/route';
import type { World } from '@/lib/server/world';

export const dynamic = 'force-dynamic';

const HASH_SIZE = 32;

/** A tile's first hashes never change, so a partial tile may be cut from a wider one of the same place. */
async function hashTile(
  { db }: World,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array | null> {
  const tile = await db.tile.findFirst({
    where: { level, index: BigInt(index), width: { gte: width } },
    orderBy: { width: 'asc' },
  });
  return tile && tile.data.subarray(0, width * HASH_SIZE);
}

async function entryBundle({ db }: World, index: number, width: number): Promise<Uint8Array | null> {
  const first = BigInt(index) * BigInt(TILE_WIDTH);
  const leaves = await db.leaf.findMany({
    where: { index: { gte: first, lt: first + BigInt(width) } },
    orderBy: { index: 'asc' },
  });
  return leaves.length === width ? encodeEntries(leaves.map((leaf) => leaf.commitment)) : null;
}

const read = (world: World, tile: TilePath): Promise<Uint8Array | null> =>
  tile.kind === 'entries'
    ? entryBundle(world, tile.index, tile.width)
    : hashTile(world, tile.level, tile.index, tile.width);

/** GET: a tile of hashes or a bundle of entries (C2SP tlog-tiles). Neither ever changes once it can be read. */
export const GET = route<{ path: string[] }>(async ({ params: { path }, world }) => {
  const tile = parseTilePath(`tile/${path.join('/')}`);
  // The highest index that a log of 2^53 leaves can have: what lies beyond would not fit the database's numbers.
  const bytes = tile && tile.index < 2 ** 45 ? await read(world, tile) : null;
  if (!bytes) return refuse('not-found');
  const headers = {
    ...OPEN_TO_ALL,
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  };
  return new Response(new Uint8Array(bytes), { headers });
});
