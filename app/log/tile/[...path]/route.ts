import { parseTilePath, type TilePath } from '@/lib/merkle/tile-path';
import { refuse } from '@/lib/procedure/refusal';
import { toHex } from '@/lib/record/hex';
import { readEntries, readTiles } from '@/lib/server/log-store';
import { OPEN_TO_ALL, route } from '@/lib/server/route';
import { nativeSha256 } from '@/lib/server/sha256';
import type { World } from '@/lib/server/world';

export const dynamic = 'force-dynamic';

/** Leaves, tiles and checkpoint are written together: what can be read lies under the published checkpoint. */
async function read(world: World, tile: TilePath): Promise<Uint8Array | null> {
  // The highest index that a log of 2^53 leaves can have: what lies beyond would not fit the database's numbers.
  if (tile.index >= 2 ** 45) return null;
  if (tile.kind === 'entries') return readEntries(world.db, tile.index, tile.width);
  const [bytes = null] = await readTiles(world.db, [tile]);
  return bytes;
}

/**
 * GET: a tile of hashes or a bundle of entries (C2SP tlog-tiles). Neither ever changes once it can be read, partial ones
 * included, so any cache may keep it; that it is not there yet no cache may.
 */
export const GET = route<{ path: string[] }>(
  async ({ request, params: { path }, world }) => {
    const tile = parseTilePath(`tile/${path.join('/')}`);
    const bytes = tile && (await read(world, tile));
    if (!bytes) return refuse('not-found');
    const headers = {
      ...OPEN_TO_ALL,
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'public, max-age=31536000, immutable',
      ETag: `"${toHex(nativeSha256(bytes).subarray(0, 16))}"`,
      'X-Content-Type-Options': 'nosniff',
    };
    if (request.headers.get('if-none-match') === headers.ETag)
      return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(bytes), { headers });
  },
  { open: true },
);
