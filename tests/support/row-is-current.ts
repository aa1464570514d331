import { isDeepStrictEqual } from 'node:util';
import { refreshTender } from '@/lib/server/refresh-tender';
import { lockTender } from '@/lib/server/load-process';
import type { Scene } from './scene';

class Undo extends Error {}

/**
 * The row of a tender is what all of its records and the chain, read anew, make of it: an act brings it up to date from what
 * it has in hand. Writes nothing. @throws with both rows when they differ
 */
export async function rowIsCurrent({ world }: Scene, tenderId: string): Promise<void> {
  const rows: object[] = [];
  const read = world.db.$transaction(async (tx) => {
    const row = async () => {
      // When it was written, and when the worker is to look: not what it says.
      const found = await tx.tender.findUniqueOrThrow({ where: { id: tenderId } });
      rows.push({ ...found, updatedAt: null, wakeAt: null });
    };
    await lockTender(tx, tenderId);
    await row();
    await refreshTender(tx, world, tenderId);
    await row();
    throw new Undo();
  });
  await read.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  if (!isDeepStrictEqual(rows[0], rows[1]))
    throw new Error(`The row of the tender is stale: ${JSON.stringify(rows)}`);
}
