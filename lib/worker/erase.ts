import { all, type Filed, type Process } from '@/lib/procedure/state';
import { eraseRecord } from '@/lib/server/erase-record';
import { reportHealth } from '@/lib/server/health';
import type { World } from '@/lib/server/world';

/** Erases, and writes down how it went: an order that is not carried out is the operator's business, not to be hidden. */
async function erase(world: World, order: Filed<'erasure'>): Promise<void> {
  const report = (state: 'ok' | 'down', code: string) =>
    reportHealth(world.db, { part: 'erasures', state, code }, world.clock.now());
  try {
    await eraseRecord(world, order);
  } catch (error) {
    await report('down', 'failing');
    throw error;
  }
  await report('ok', 'ok');
}

/**
 * Carries out the orders of a process that are in the log and not yet done. Before an order is in the log nobody could
 * prove that there was one. @returns whether one still waits for its place in the log
 */
export async function eraseOrdered(world: World, process: Process): Promise<boolean> {
  let waiting = false;
  for (const order of all(process, 'erasure')) {
    if (process.erased.some((e) => e.id === order.data.recordId)) continue;
    if (order.index === null) waiting = true;
    else await erase(world, order);
  }
  return waiting;
}
