import { permittedRoles, type Act } from '@/lib/procedure/permissions';
import type { Phase } from '@/lib/procedure/phases';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import { rolesIn, type Actor } from '@/lib/procedure/roles';
import { phaseAt } from '@/lib/procedure/phase-at';
import type { Process } from '@/lib/procedure/state';
import { scopes } from '@/lib/procedure/scopes';
import { MAX_UPLOAD } from '@/lib/sealing/submission';
import { agrees, type NamedFile } from './file-type';
import { uuidv7 } from './ids';
import { loadProcess, lockTender, type Tx } from './load-process';
import { checkPermission } from './operations/perform-act';
import { bidReader, knownTo } from './readers';
import { receive, type Received } from './receive';
import { readStored } from './stored-range';
import type { World } from './world';

export type UploadKind = 'document' | 'envelope';

/** Largest upload in bytes. */
export const UPLOAD_LIMITS: Record<UploadKind, number> = {
  document: 100 * 1024 ** 2,
  envelope: MAX_UPLOAD,
};

/** Files of one person that wait to become part of a record: enough for any form, too few to fill a disk. */
const MOST_UNUSED: Record<UploadKind, number> = { document: 100, envelope: 250 };

export interface StoredUpload {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** The act that a document uploaded in this phase is for, and the phase whose row of the table says who may do it. */
const DOCUMENT_FOR: Partial<Record<Phase, { act: Act; at: Phase }>> = {
  draft: { act: 'edit-draft', at: 'draft' },
  // The award notice is prepared while the evaluation runs; who will confirm the award may lay it down.
  evaluation: { act: 'confirm-award', at: 'award' },
  comparison: { act: 'confirm-award', at: 'award' },
  award: { act: 'confirm-award', at: 'award' },
  contract: { act: 'file-contract', at: 'contract' },
};

/** Who may upload: whoever may do the act that the file is for, by the one table. */
export function checkUpload(process: Process, actor: Actor, kind: UploadKind, now: number): Refusal | null {
  if (kind === 'envelope') return checkPermission(process, actor, 'submit-bid', now);
  const phase = phaseAt(process, now);
  // Units stand in different phases: a file for any of them may come.
  const purposes = scopes(process).flatMap((scope) => DOCUMENT_FOR[phaseAt(scope, now)] ?? []);
  const [first] = purposes;
  if (!first)
    return refuse('wrong-phase', { act: 'edit-draft', phase, allowed: Object.keys(DOCUMENT_FOR) as Phase[] });
  const has = rolesIn(process, actor);
  const may = purposes.some(({ act, at }) => permittedRoles(act, at).some((role) => has.includes(role)));
  if (may) return null;
  return refuse('not-permitted', { act: first.act, phase, roles: permittedRoles(first.act, first.at) });
}

/** A process that this person may upload to, now; otherwise the refusal. */
export async function uploadTarget(
  tx: Tx,
  world: World,
  tenderId: string,
  actor: Actor,
  kind: UploadKind,
): Promise<{ ok: true; process: Process } | Refusal> {
  const process = await loadProcess(tx, world, tenderId, bidReader(actor));
  if (!process || !knownTo(process, actor)) return refuse('not-found');
  return checkUpload(process, actor, kind, world.clock.now()) ?? { ok: true, process };
}

export interface UploadRequest {
  tenderId: string;
  actor: Actor;
  body: ReadableStream<Uint8Array> | null;
  /** What the Content-Length header states; null without one. */
  announced: number | null;
}

/** Takes a document: door, stream, content, then row. Whatever is refused leaves neither a row nor a file. */
export async function takeDocument(
  world: World,
  request: UploadRequest,
  file: NamedFile,
): Promise<{ ok: true; upload: StoredUpload } | Refusal> {
  const target = await uploadTarget(world.db, world, request.tenderId, request.actor, 'document');
  if (!target.ok) return target;
  const received = await receive(world.storage, request, UPLOAD_LIMITS.document);
  if (!received.ok) return received;
  const read = (from: number, to: number) => readStored(world.storage, received.key, from, to);
  const { name, kind } = file;
  return keeping(world, received, async () => {
    if (!(await agrees(kind, { ...received, read }))) return refuse('upload-type', { detail: name });
    return registerUpload(world, request, 'document', { name, mediaType: kind.mediaType }, received);
  });
}

/** Runs what decides over a stored file, and removes the file unless it is kept. */
export async function keeping<T extends { ok: true }>(
  { storage }: World,
  { key }: Received,
  decide: () => Promise<(T & { kept?: boolean }) | Refusal>,
): Promise<T | Refusal> {
  let kept = false;
  try {
    const outcome = await decide();
    kept = outcome.ok && outcome.kept !== false;
    return outcome;
  } finally {
    if (!kept) await storage.remove(key);
  }
}

/** The row, under the tender's lock: phase, role, clock and duplicates are looked at again there. */
export async function registerUpload(
  world: World,
  { tenderId, actor }: UploadRequest,
  kind: UploadKind,
  file: { name: string; mediaType: string },
  { size, sha256, key }: Received,
): Promise<{ ok: true; upload: StoredUpload; kept: boolean } | Refusal> {
  let surplus: { id: string; storageKey: string }[] = [];
  const outcome = await world.db.$transaction(async (tx) => {
    if (!(await lockTender(tx, tenderId))) return refuse('not-found');
    const target = await uploadTarget(tx, world, tenderId, actor, kind);
    if (!target.ok) return target;
    const same = await tx.upload.findFirst({
      where: { tenderId, kind, sha256, ...ofOthersToo(kind, actor) },
    });
    // An envelope that is sent again after a lost answer is the same upload; a document twice is a mistake.
    if (same && kind === 'envelope' && same.usedBy === null)
      return { ok: true as const, kept: false, upload: { ...file, id: same.id, size, sha256 } };
    if (same) return refuse('upload-duplicate', { detail: same.name });
    surplus = await surplusOf(tx, { tenderId, kind, personId: actor.person });
    if (surplus.length > 0 && kind === 'document') return refuse('too-many-requests', { detail: '60' });
    await tx.upload.deleteMany({ where: { id: { in: surplus.map(({ id: old }) => old) } } });
    const now = world.clock.now();
    const id = uuidv7(now);
    await tx.upload.create({
      data: {
        id,
        kind,
        tenderId,
        personId: actor.person,
        size,
        sha256,
        storageKey: key,
        createdAt: new Date(now),
        ...file,
      },
    });
    return { ok: true as const, kept: true, upload: { id, size, sha256, ...file } };
  });
  if (outcome.ok) for (const { storageKey } of surplus) await world.storage.remove(storageKey);
  return outcome;
}

/**
 * What must go before one more can be taken, the oldest first. For envelopes that is done: each sealing gives another,
 * and a bidder whose bid was refused five times must still be able to hand in a sixth.
 */
const surplusOf = (tx: Tx, where: { tenderId: string; kind: UploadKind; personId: string }) =>
  tx.upload.findMany({
    where: { ...where, usedBy: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: MOST_UNUSED[where.kind] - 1,
    select: { id: true, storageKey: true },
  });

/** A tenderer must not learn from a refusal what another has uploaded. */
const ofOthersToo = (kind: UploadKind, actor: Actor) =>
  kind === 'document' ? { usedBy: null } : { personId: actor.person };

/** Removes a person's own upload that is not part of a record yet. */
export async function removeUpload(world: World, actor: Actor, id: string): Promise<{ ok: true } | Refusal> {
  const found = await world.db.upload.findUnique({ where: { id } });
  if (!found) return refuse('not-found');
  const outcome = await world.db.$transaction(async (tx) => {
    if (!(await lockTender(tx, found.tenderId))) return refuse('not-found');
    const upload = await tx.upload.findUnique({ where: { id } });
    if (!upload) return refuse('not-found');
    const kind: UploadKind = upload.kind === 'envelope' ? 'envelope' : 'document';
    if (kind === 'envelope' && upload.personId !== actor.person) return refuse('not-found');
    const target = await uploadTarget(tx, world, upload.tenderId, actor, kind);
    if (!target.ok) return target;
    if (upload.personId !== actor.person) return refuse('not-yours');
    if (upload.usedBy !== null) return refuse('already-done');
    await tx.upload.delete({ where: { id } });
    return { ok: true as const };
  });
  // After the commit: a file without a row is waste, a row without a file would be a broken promise.
  if (outcome.ok) await world.storage.remove(found.storageKey);
  return outcome;
}
