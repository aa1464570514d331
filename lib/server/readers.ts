import { PUBLIC_VIEWER, type Viewer } from '@/lib/procedure/disclosure';
import { rolesIn, type Actor } from '@/lib/procedure/roles';
import { closure, type Process } from '@/lib/procedure/state';
import { loadProcess, type BidReader, type Tx } from './load-process';
import type { World } from './world';

/** The reader, as the disclosure table knows readers. */
export function viewerOf(process: Process, actor: Actor | null): Viewer {
  if (!actor) return PUBLIC_VIEWER;
  return { person: actor.person, organizationId: actor.organization.id, roles: rolesIn(process, actor) };
}

/** Whose own bids may be read with a process. */
export const bidReader = (actor: Actor | null): BidReader => ({
  person: actor?.person ?? null,
  organizationId: actor?.organization.id ?? null,
});

/** Roles whose holders know of a process before it is published. */
const INSIDERS = ['officer', 'approver', 'committee', 'operator'] as const;

/** Whether the reader may know that this process exists: everybody once it is published, until then its own people. */
export function knownTo(process: Process, actor: Actor | null): boolean {
  if (process.chain.opening !== null) return true;
  const roles = rolesIn(process, actor);
  return INSIDERS.some((role) => roles.includes(role));
}

const BIDS = 2;

/**
 * A process for whoever takes part in its opening: whole once `bids` is closed on chain, which makes their number public;
 * until then without the sealed bids of others.
 */
export async function loadForOpening(
  tx: Tx,
  world: World,
  tenderId: string,
  actor: Actor | null,
): Promise<Process | null> {
  const process = await loadProcess(tx, world, tenderId, bidReader(actor));
  return process && closure(process, BIDS) ? loadProcess(tx, world, tenderId) : process;
}

/** The process of this ocid; null when there is none, or none that the reader may know of. */
export async function readProcess(
  tx: Tx,
  world: World,
  ocid: string,
  actor: Actor | null,
): Promise<Process | null> {
  const row = await tx.tender.findUnique({ where: { ocid: ocid.slice(0, 200) }, select: { id: true } });
  const process = row && (await loadProcess(tx, world, row.id, bidReader(actor)));
  return process && knownTo(process, actor) ? process : null;
}

/**
 * Whether the reader may know of the process of this ocid. Asked by every bidder's clock: a published one is not loaded
 * for it. @param actor asked for only where it matters
 */
export async function mayKnowOf(
  tx: Tx,
  world: World,
  ocid: string,
  actor: () => Promise<Actor | null>,
): Promise<boolean> {
  const row = await tx.tender.findUnique({ where: { ocid: ocid.slice(0, 200) }, select: { id: true } });
  if (!row) return false;
  if ((await tx.chainOpening.count({ where: { tenderId: row.id } })) > 0) return true;
  const process = await loadProcess(tx, world, row.id);
  return process !== null && knownTo(process, await actor());
}
