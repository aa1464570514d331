import { all, type Process } from '@/lib/procedure/state';
import { eraseRecord } from '@/lib/server/erase-record';
import type { World } from '@/lib/server/world';

/**
 * Carries out the orders of a process that are in the log and not yet done. Before an order is in the log nobody could
 * prove that there was one. @returns whether one still waits for its place in the log
 */
export async function eraseOrdered(world: World, process: Process): Promise<boolean> {
  let waiting = false;
  for (const order of all(process, 'erasure')) {
    if (process.erased.some((e) => e.id === order.data.recordId)) continue;
    if (order.index === null) waiting = true;
    else await eraseRecord(world, order);
  }
  return waiting;
}
