import { cache } from 'react';
import { mayRead, visibleTo, type Viewer } from '@/lib/procedure/disclosure';
import { isWhole, PERMITTED, type Act, type Role } from '@/lib/procedure/permissions';
import { rolesIn } from '@/lib/procedure/roles';
import { phaseAt } from '@/lib/procedure/phase-at';
import { committee, evaluators, type Process } from '@/lib/procedure/state';
import { inUnit, scopes, units } from '@/lib/procedure/scopes';
import { unitId, type Unit } from '@/lib/procedure/units';
import { loadProcess } from '../load-process';
import { bidReader } from '../readers';
import { toUpload } from '../operations/perform-act';
import { actorOf, currentViewer } from '../session';
import { world, type World } from '../world';
import type { SignedIn, TenderView } from './view';

/**
 * The acts that the table allows these roles now, in this scope: of a divided process those on the whole, of a unit those
 * of the unit. The operator's are never a person's.
 */
export function actsFor(process: Process, roles: readonly Role[], now: number): Act[] {
  const divided = units(process).length > 0;
  const table: Partial<Record<Act, readonly Role[]>> = PERMITTED[phaseAt(process, now)];
  return (Object.entries(table) as [Act, readonly Role[]][])
    .filter(([, allowed]) => allowed.some((role) => role !== 'operator' && roles.includes(role)))
    .map(([act]) => act)
    .filter((act) => !divided || isWhole(act) === (process.unit === null));
}

/** A unit by its address, `lot/part`. */
const findUnit = (process: Process, id: string): Unit | null =>
  units(process).find((u) => unitId(u) === id) ?? null;

export const viewerFor = (process: Process, signedIn: SignedIn | null): Viewer => ({
  person: signedIn?.person.id ?? null,
  organizationId: signedIn?.organization.id ?? null,
  roles: rolesIn(process, signedIn ? actorOf(signedIn) : null),
});

/** Before publication a process is known only to those who have a part in it. */
const mayKnow = (process: Process, viewer: Viewer): boolean =>
  process.chain.opening !== null ||
  viewer.roles.some((r) => r === 'officer' || r === 'approver' || r === 'committee');

/** Names behind pseudonyms, for the office only: committee and evaluators as the reader's role may know them. */
async function peopleFor(w: World, process: Process, viewer: Viewer): Promise<Record<string, string>> {
  const office = viewer.roles.some((r) => r === 'officer' || r === 'approver');
  const ids = new Set(
    office || viewer.roles.includes('committee') ? committee(process)?.seats.map((s) => s.person) : [],
  );
  if (office) {
    for (const scope of process.unit ? [process] : scopes(process))
      for (const e of evaluators(scope)) ids.add(e.person);
    for (const f of process.filed)
      if (mayRead(process, f, viewer) && f.actor.organization === process.organizationId)
        ids.add(f.actor.person);
  }
  if (ids.size === 0) return {};
  const users = await w.db.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return Object.fromEntries(users.map((u) => [u.id, u.name]));
}

/** Whether the reader is one of the demonstration's people, whose keys the registry keeps; never in production. */
async function isPersona(w: World, signedIn: SignedIn | null): Promise<boolean> {
  if (!w.env.DEMO || !signedIn) return false;
  return (await w.db.demoPersona.count({ where: { userId: signedIn.person.id } })) > 0;
}

/**
 * One process, or one unit of it (`lot/part`), for the present reader; null when there is none, or none that the reader
 * may know of.
 */
export const readTender = cache(async (ocid: string, unit?: string): Promise<TenderView | null> => {
  const w = world();
  const [row, signedIn] = await Promise.all([w.db.tender.findUnique({ where: { ocid } }), currentViewer()]);
  const reader = bidReader(signedIn && actorOf(signedIn));
  const whole = row && (await loadProcess(w.db, w, row.id, reader));
  const asked = whole && unit !== undefined ? findUnit(whole, unit) : null;
  if (!row || !whole || (unit !== undefined && !asked)) return null;
  const process = asked ? inUnit(whole, asked) : whole;
  const viewer = viewerFor(process, signedIn);
  if (!mayKnow(process, viewer)) return null;
  const now = w.clock.now();
  const office = viewer.roles.some((r) => r === 'officer' || r === 'approver');
  const unused = { tenderId: row.id, usedBy: null };
  const published = process.chain.opening !== null;
  const uploads = office
    ? await w.db.upload.findMany({
        where: published ? { ...unused, personId: viewer.person ?? '' } : { ...unused, kind: 'document' },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
    : [];
  return {
    id: row.id,
    process: visibleTo(process, viewer),
    // The phase follows from records that everybody may know of; a count of bids never decides it.
    phase: phaseAt(process, now),
    units: scopes(whole).flatMap((scope) => {
      if (!scope.unit) return [];
      const may = actsFor(scope, viewerFor(scope, signedIn).roles, now);
      return [{ unit: scope.unit, phase: phaseAt(scope, now), may }];
    }),
    now,
    signedIn,
    roles: [...viewer.roles],
    may: actsFor(process, viewer.roles, now),
    uploads: uploads.map(toUpload),
    people: await peopleFor(w, process, viewer),
    stuck: office ? row.stuck : null,
    demonstration: await isPersona(w, signedIn),
  };
});
