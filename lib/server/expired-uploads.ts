import fs from 'node:fs/promises';
import path from 'node:path';
import type { Phase } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import type { Process } from '@/lib/procedure/state';
import { scopes } from '@/lib/procedure/scopes';
import { loadProcess, lockTender } from './load-process';
import { partialRoot, partialSince } from './partial-uploads';
import { leftovers } from './storage';
import type { World } from './world';

/** How long what nobody has used stays, in milliseconds: 7 days. */
export const UNUSED_FOR = 7 * 86_400_000;

/** So many rows at a time: each is looked at under its tender's lock. */
const BATCH = 200;

/** Where no act to come takes documents: whatever of them is in no record was left over. */
const NEED_NONE: readonly Phase[] = [
  'open',
  'closing',
  'opening',
  'opened',
  'implementation',
  'unsuccessful',
];

/** Whether this upload may still become part of a record: a draft's documents, or those laid down for a later act. */
function mayBeUsed(process: Process, kind: string, now: number): boolean {
  return kind === 'document' && scopes(process).some((scope) => !NEED_NONE.includes(phaseAt(scope, now)));
}

/** Removes one upload under its tender's lock, unless it was used meanwhile. @returns its key in the storage */
async function removeRow(world: World, tenderId: string, id: string): Promise<string | null> {
  return world.db.$transaction(async (tx) => {
    if (!(await lockTender(tx, tenderId))) return null;
    const row = await tx.upload.findUnique({ where: { id } });
    if (!row || row.usedBy !== null) return null;
    await tx.upload.delete({ where: { id } });
    return row.storageKey;
  });
}

/** Finished uploads that no record uses. @returns how many were removed */
async function removeUnused(world: World, before: number): Promise<number> {
  let removed = 0;
  let after = '';
  for (;;) {
    const rows = await world.db.upload.findMany({
      where: { usedBy: null, createdAt: { lt: new Date(before) }, ...(after ? { id: { gt: after } } : {}) },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, kind: true, tenderId: true },
    });
    for (const tenderId of new Set(rows.map((row) => row.tenderId))) {
      const process = await loadProcess(world.db, world, tenderId);
      if (!process) continue;
      const now = world.clock.now();
      const own = rows.filter((row) => row.tenderId === tenderId && !mayBeUsed(process, row.kind, now));
      for (const { id } of own) {
        const key = await removeRow(world, tenderId, id);
        if (key === null) continue;
        // After the commit, as everywhere: a file without a row is waste, a row without a file a broken promise.
        await world.storage.remove(key);
        removed += 1;
      }
    }
    after = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH) return removed;
  }
}

/** Uploads that were begun and not finished, and the notes of finished ones. */
async function removePartials(world: World, before: number): Promise<number> {
  const root = partialRoot(world);
  const folders = await fs.readdir(root).catch(() => []);
  let removed = 0;
  for (const folder of folders) {
    const files = (await fs.readdir(path.join(root, folder))).map((name) => path.join(root, folder, name));
    // All are asked before any goes: the bytes take their age from the state beside them.
    const ages = await Promise.all(files.map(async (file) => ({ file, since: await partialSince(file) })));
    const old = ages.filter(({ since }) => since < before);
    for (const { file } of old) await fs.rm(file, { force: true });
    removed += old.length;
  }
  return removed;
}

/** Removes what was uploaded more than seven days ago and is part of nothing. @returns rows and files removed */
export async function removeExpired(world: World): Promise<{ uploads: number; files: number }> {
  const before = world.clock.now() - UNUSED_FOR;
  const uploads = await removeUnused(world, before);
  const abandoned = await leftovers(path.resolve(world.env.STORAGE_DIR), before);
  for (const file of abandoned) await fs.rm(file, { force: true });
  return { uploads, files: (await removePartials(world, before)) + abandoned.length };
}
