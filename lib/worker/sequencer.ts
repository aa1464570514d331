import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { append, edgeFromTiles, EMPTY_LOG } from '@/lib/merkle/append';
import { fromHex } from '@/lib/record/hex';
import { logHead, tileReader } from '@/lib/server/log-store';
import type { World } from '@/lib/server/world';

/** Filings taken in one transaction. */
const BATCH = 5000;
/** Only one transaction at a time may extend the log; the number is the lock's name. */
const SEQUENCER_LOCK = 7_301;

/**
 * Gives every waiting commitment its index, in one transaction with the tiles and the signed checkpoint: a reader never
 * sees a leaf that no checkpoint covers. @returns how many were sequenced.
 */
export async function sequence(world: World): Promise<number> {
  return world.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK}::bigint)`;
    const filings = await tx.filing.findMany({ orderBy: { id: 'asc' }, take: BATCH });
    if (filings.length === 0) return 0;
    const head = await logHead(tx);
    const state = head ? await edgeFromTiles(tileReader(tx), head.size) : EMPTY_LOG;
    const appended = append(
      state,
      filings.map((f) => f.commitment),
    );
    const size = appended.state.size;
    await tx.leaf.createMany({
      data: filings.map((f, i) => ({ index: BigInt(state.size + i), commitment: f.commitment })),
    });
    await tx.tile.createMany({
      data: [...appended.fullTiles, ...appended.partialTiles].map((tile) => ({
        level: tile.level,
        index: BigInt(tile.index),
        width: tile.width,
        data: new Uint8Array(tile.bytes),
      })),
      skipDuplicates: true,
    });
    const note = signCheckpoint(
      { origin: world.env.REGISTRY_ORIGIN, size, rootHash: appended.rootHash },
      fromHex(world.env.LOG_KEY, 32),
    );
    await tx.checkpoint.create({
      data: {
        treeSize: BigInt(size),
        rootHash: new Uint8Array(appended.rootHash),
        note,
        time: new Date(world.clock.now()),
      },
    });
    await tx.filing.deleteMany({ where: { id: { in: filings.map((f) => f.id) } } });
    return filings.length;
  });
}
