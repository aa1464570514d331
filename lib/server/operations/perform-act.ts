import { verifySignature } from '@/lib/record/sign';
import { fromHex } from '@/lib/record/hex';
import { ACT_TABLE } from '@/lib/procedure/acts/table';
import type { ActDefinition, Context, Decision, NewRecord, Upload } from '@/lib/procedure/decision';
import { isWhole, permittedPhases, permittedRoles, type Act } from '@/lib/procedure/permissions';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import { rolesIn, type Actor } from '@/lib/procedure/roles';
import { phaseAt } from '@/lib/procedure/phase-at';
import type { Process } from '@/lib/procedure/state';
import { inUnit, units } from '@/lib/procedure/scopes';
import { sameUnit, type Unit } from '@/lib/procedure/units';
import { buildRecord, fileRecords, justFiled, type FiledReceipt, type FilingPlace } from '../file-records';
import { loadProcess, lockTender, type TenderRow, type Tx } from '../load-process';
import { refreshTender } from '../refresh-tender';
import type { World } from '../world';
import { unstorableTexts } from './check-texts';

export type ActOutcome = { ok: true; receipts: FiledReceipt[] } | Refusal;

interface Attempt {
  world: World;
  actor: Actor;
  act: Act;
  tenderId: string;
  /** The unit in which it is done; null for the process as a whole. */
  unit: Unit | null;
}

/** Signed records carry the time at which their author signed: it may lie this far back, in milliseconds. */
const SIGNING_WINDOW = 10 * 60_000;

/** What is wrong with an input, by field path, as codes that have a sentence in the messages `errors.fields`. */
export function parseInput(act: Act, input: unknown): { ok: true; input: unknown } | Refusal {
  const parsed = ACT_TABLE[act].input.safeParse(input);
  // After the shape, which bounds depth and length: only what fits it is searched.
  const unstorable = parsed.success ? unstorableTexts(parsed.data) : {};
  if (Object.keys(unstorable).length > 0) return refuse('invalid-input', { act }, unstorable);
  if (parsed.success) return { ok: true, input: parsed.data };
  const fields = Object.fromEntries(
    parsed.error.issues.map((i) => [i.path.map(String).join('.'), i.message]),
  );
  return refuse('invalid-input', { act }, fields);
}

/** The process or the unit in which an act is done. */
export function scopeFor(process: Process, act: Act, unit: Unit | null): Process | Refusal {
  const known = units(process);
  if (isWhole(act) || known.length === 0) return unit === null ? process : refuse('no-such-unit', { act });
  if (unit === null) return refuse('unit-missing', { act });
  return known.some((u) => sameUnit(u, unit)) ? inUnit(process, unit) : refuse('no-such-unit', { act });
}

/** The one table, on the row inside the transaction: right phase, right role. */
export function checkPermission(
  process: Process,
  actor: Actor | null,
  act: Act,
  now: number,
): Refusal | null {
  const phase = phaseAt(process, now);
  const allowed = permittedPhases(act);
  const roles = permittedRoles(act, phase);
  if (roles.length === 0) {
    const due = process.chain.opening?.bidsDue;
    // What is done while bids are taken is late afterwards, not merely out of place.
    if (permittedRoles(act, 'open').length > 0 && due && now >= Date.parse(due))
      return refuse('deadline-passed', { act, phase, at: due });
    return refuse('wrong-phase', { act, phase, allowed });
  }
  const has = rolesIn(process, actor);
  return roles.some((role) => has.includes(role)) ? null : refuse('not-permitted', { act, phase, roles });
}

async function contextFor(
  tx: Tx,
  process: Process,
  { world, actor, tenderId }: Attempt,
  now: number,
): Promise<Context> {
  const published = process.chain.opening !== null;
  const [uploads, keys] = await Promise.all([
    tx.upload.findMany({
      where: { tenderId, usedBy: null, ...(published ? { personId: actor.person } : {}) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    // Acts name the actor's own keys only; loading everybody's would cost every bidder time under the lock.
    tx.record.findMany({ where: { type: 'signing-key', personId: actor.person }, include: { entry: true } }),
  ]);
  const signingKeys = new Map(
    keys.flatMap((key) => {
      if (!key.entry) return [];
      const { record } = JSON.parse(key.entry.text) as { record: { data: { publicKey: string } } };
      const commitment = Buffer.from(key.commitment).toString('hex');
      return [[commitment, { publicKey: record.data.publicKey, person: key.personId }] as const];
    }),
  );
  return {
    now,
    actor,
    roles: rolesIn(process, actor),
    uploads: uploads.map(toUpload),
    chainLead: 2000 * world.env.ANCHOR_INTERVAL_SECONDS,
    signingKeys,
  };
}

export const toUpload = (u: {
  id: string;
  kind: string;
  name: string;
  mediaType: string;
  size: bigint;
  sha256: string;
}): Upload => ({
  id: u.id,
  kind: u.kind === 'envelope' ? 'envelope' : 'document',
  name: u.name,
  mediaType: u.mediaType,
  size: Number(u.size),
  sha256: u.sha256,
});

const placeOf = (process: Process, id: string, now: number): FilingPlace => ({
  id,
  ocid: process.ocid,
  phase: phaseAt(process, now),
  unit: process.unit,
});

/** Signatures under the records of a decision, against the registered keys. */
function checkSignatures(
  records: NewRecord[],
  process: Process,
  attempt: Attempt,
  ctx: Context,
): Refusal | null {
  const tender = placeOf(process, attempt.tenderId, ctx.now);
  for (const draft of records) {
    if (draft.signed) {
      const age = ctx.now - Date.parse(draft.signed.time);
      if (!(age >= -1000 && age <= SIGNING_WINDOW)) return refuse('stale-signature-time');
    }
    for (const signature of draft.signatures ?? []) {
      const key = ctx.signingKeys.get(signature.key);
      if (!key) return refuse('unknown-key');
      const record = buildRecord(draft, { tender, actor: attempt.actor, now: ctx.now });
      if (!verifySignature(record, signature, fromHex(key.publicKey, 32))) return refuse('bad-signature');
    }
  }
  return null;
}

/** The id of a signed record comes from its author: one that is taken is refused, not left to the database's error. */
async function checkIds(tx: Tx, records: NewRecord[]): Promise<Refusal | null> {
  const ids = records.flatMap((r) => (r.signed ? [r.signed.id] : []));
  if (ids.length === 0) return null;
  return (await tx.record.count({ where: { id: { in: ids } } })) > 0 ? refuse('already-done') : null;
}

interface Decided {
  whole: Process;
  /** The whole, or the unit in which the act is done. */
  process: Process;
  ctx: Context;
  decision: Extract<Decision, { ok: true }>;
}

/** Decides an act on the locked row, without writing anything. */
async function decideOn(
  tx: Tx,
  attempt: Attempt,
  input: unknown,
  locked?: TenderRow,
): Promise<Decided | Refusal> {
  const { world, actor, act, tenderId, unit } = attempt;
  // The clock is read after the lock is held: a bid that waited for it past the deadline is late.
  const now = world.clock.now();
  const whole = await loadProcess(tx, world, tenderId, undefined, locked);
  if (!whole) return refuse('not-found');
  const process = scopeFor(whole, act, unit);
  if ('code' in process) return process;
  const forbidden = checkPermission(process, actor, act, now);
  if (forbidden) return forbidden;
  const ctx = await contextFor(tx, process, attempt, now);
  const { decide } = ACT_TABLE[act] as unknown as ActDefinition<unknown>;
  const decision = decide(process, input, ctx);
  return decision.ok ? { whole, process, ctx, decision } : decision;
}

/**
 * One act, whole: the input's shape, the lock, the table of permissions on the row, the pure decision, the signatures;
 * then records, commitments and the row in one transaction. A refusal changes nothing.
 */
export async function performAct(
  world: World,
  actor: Actor,
  act: Act,
  tenderId: string,
  raw: unknown,
  unit: Unit | null = null,
): Promise<ActOutcome> {
  const parsed = parseInput(act, raw);
  if (!parsed.ok) return parsed;
  const attempt: Attempt = { world, actor, act, tenderId, unit };
  return world.db.$transaction(async (tx): Promise<ActOutcome> => {
    const locked = await lockTender(tx, tenderId);
    if (!locked) return refuse('not-found');
    const decided = await decideOn(tx, attempt, parsed.input, locked);
    if ('code' in decided) return decided;
    const { whole, process, ctx, decision } = decided;
    const bad =
      checkSignatures(decision.records, process, attempt, ctx) ?? (await checkIds(tx, decision.records));
    if (bad) return bad;
    const filed = await fileRecords(tx, world, decision.records, {
      tender: placeOf(process, tenderId, ctx.now),
      actor,
      now: ctx.now,
    });
    if (decision.records.some((r) => r.type === 'bid'))
      await useEnvelopes(tx, decision.records, filed, attempt);
    if (decision.draft)
      await tx.tender.update({ where: { id: tenderId }, data: { draft: decision.draft as object } });
    await refreshTender(tx, world, tenderId, {
      // Nobody else can have changed it: its lock is held.
      process: {
        ...whole,
        draft: decision.draft ?? whole.draft,
        filed: [...whole.filed, ...filed.map(justFiled)],
      },
      draftGone: decision.draft === null,
    });
    return { ok: true, receipts: filed.map(({ recordId, commitment }) => ({ recordId, commitment })) };
  });
}

/** The stored envelopes become part of their bids; an upload of the same bytes by somebody else does not. */
async function useEnvelopes(
  tx: Tx,
  records: NewRecord[],
  receipts: FiledReceipt[],
  { actor, tenderId }: Attempt,
): Promise<void> {
  for (const [i, record] of records.entries()) {
    if (record.type !== 'bid') continue;
    await tx.upload.updateMany({
      where: {
        tenderId,
        personId: actor.person,
        kind: 'envelope',
        sha256: record.data.envelope,
        usedBy: null,
      },
      data: { usedBy: receipts[i]?.recordId ?? null },
    });
  }
}

const UNSIGNED = '0'.repeat(128);

/** The records that an act would file, for their author to sign in the browser. Nothing is written. */
export async function prepareAct(
  world: World,
  actor: Actor,
  act: Act,
  tenderId: string,
  raw: object,
  id: string,
  unit: Unit | null = null,
): Promise<{ ok: true; id: string; time: string; records: ReturnType<typeof buildRecord>[] } | Refusal> {
  const time = new Date(world.clock.now()).toISOString();
  const parsed = parseInput(act, { ...raw, id, time, signature: UNSIGNED });
  if (!parsed.ok) return parsed;
  const decided = await decideOn(world.db, { world, actor, act, tenderId, unit }, parsed.input);
  if ('code' in decided) return decided;
  const { now } = decided.ctx;
  const place = { tender: placeOf(decided.process, tenderId, now), actor, now };
  return { ok: true, id, time, records: decided.decision.records.map((r) => buildRecord(r, place)) };
}
