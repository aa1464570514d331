import { rolesIn, type Actor } from '@/lib/procedure/roles';
import { loadProcess } from './load-process';
import type { World } from './world';

/**
 * A document that was uploaded and is part of no record yet: its uploader's, and before publication also for the
 * officers and approvers of its process, who must read what they publish. Null for everybody else.
 */
export async function waitingDocument(world: World, actor: Actor, id: string) {
  const upload = await world.db.upload.findUnique({ where: { id } });
  if (!upload || upload.kind !== 'document' || upload.usedBy !== null) return null;
  if (upload.personId === actor.person) return upload;
  const process = await loadProcess(world.db, world, upload.tenderId);
  if (!process || process.chain.opening !== null) return null;
  const roles = rolesIn(process, actor);
  return roles.includes('officer') || roles.includes('approver') ? upload : null;
}
