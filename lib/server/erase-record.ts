import type { Filed } from '@/lib/procedure/state';
import type { World } from './world';

/**
 * Carries out one order that is in the log: entry, salt, documents, uploads and their files are gone, and `erasures` says
 * by which order. Repeating it changes nothing. @throws when the database finds no such order in the log
 */
export async function eraseRecord(world: World, order: Filed<'erasure'>): Promise<void> {
  const { recordId } = order.data;
  await world.db.$transaction(
    async (tx) => {
      const [documents, uploads] = await Promise.all([
        tx.recordDocument.findMany({ where: { recordId }, select: { storageKey: true } }),
        tx.upload.findMany({ where: { usedBy: recordId }, select: { storageKey: true } }),
      ]);
      const at = new Date(world.clock.now());
      await tx.$queryRaw`SELECT erase_entry(${recordId}::uuid, ${order.id}::uuid, ${at}::timestamptz)`;
      await tx.upload.deleteMany({ where: { usedBy: recordId } });
      // After the database has agreed, before it commits: a kill in between repeats everything, and no file is forgotten.
      for (const key of new Set([...documents, ...uploads].map((row) => row.storageKey)))
        await world.storage.remove(key);
    },
    { timeout: 60_000 },
  );
}
