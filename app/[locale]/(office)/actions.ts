'use server';

import * as z from 'zod';
import type { ActResult } from '@/lib/forms/act-result';
import { ACTS, type Act } from '@/lib/procedure/permissions';
import { refuse } from '@/lib/procedure/refusal';
import { canonicalText } from '@/lib/record/jcs';
import { noticeDraftSchema, type NoticeDraft } from '@/lib/record/notice';
import { PARTS, type Unit } from '@/lib/procedure/units';
import type { FiledReceipt } from '@/lib/server/file-records';
import { uuidv7 } from '@/lib/server/ids';
import { createTender as create, emptyDraft } from '@/lib/server/operations/create-tender';
import { performAct, prepareAct as prepare } from '@/lib/server/operations/perform-act';
import { registerKey as register } from '@/lib/server/operations/register-key';
import { sayRefusal } from '@/lib/server/say';
import { currentActor } from '@/lib/server/session';
import { world } from '@/lib/server/world';

// Every act of a person goes through here: session, shape, then one operation. Who may do what is decided there, on the
// row, by the one table.

const unitSchema = z.strictObject({ lot: z.string().max(60), part: z.enum(PARTS) }).nullable();
const actCall = z.strictObject({
  ocid: z.string().max(100),
  act: z.enum(ACTS),
  input: z.unknown(),
  unit: unitSchema.default(null),
});

async function find(ocid: string): Promise<string | null> {
  const tender = await world().db.tender.findUnique({ where: { ocid }, select: { id: true } });
  return tender?.id ?? null;
}

/** Does one act on one process. */
export async function actOn(call: {
  ocid: string;
  act: Act;
  input: unknown;
  /** Of a divided process, where the act is one of a unit. */
  unit?: Unit | null;
}): Promise<ActResult<{ receipts: FiledReceipt[] }>> {
  const parsed = actCall.safeParse(call);
  if (!parsed.success) return sayRefusal(refuse('invalid-input'));
  const actor = await currentActor();
  if (!actor) return sayRefusal(refuse('not-signed-in'));
  const id = await find(parsed.data.ocid);
  if (!id) return sayRefusal(refuse('not-found'));
  const outcome = await performAct(world(), actor, parsed.data.act, id, parsed.data.input, parsed.data.unit);
  return outcome.ok ? outcome : sayRefusal(outcome);
}

/** The record that an act would file, as the text that its author signs in the browser. */
export async function prepareAct(call: {
  ocid: string;
  act: Act;
  input: object;
  unit?: Unit | null;
}): Promise<ActResult<{ id: string; time: string; text: string }>> {
  const parsed = actCall.extend({ input: z.record(z.string(), z.unknown()) }).safeParse(call);
  if (!parsed.success) return sayRefusal(refuse('invalid-input'));
  const actor = await currentActor();
  if (!actor) return sayRefusal(refuse('not-signed-in'));
  const tenderId = await find(parsed.data.ocid);
  if (!tenderId) return sayRefusal(refuse('not-found'));
  const id = uuidv7(world().clock.now());
  const { act, input, unit } = parsed.data;
  const outcome = await prepare(world(), actor, act, tenderId, input, id, unit);
  if (!outcome.ok) return sayRefusal(outcome);
  return { ok: true, id, time: outcome.time, text: canonicalText(outcome.records[0]) };
}

/** Registers the signer's public key, or finds its record. */
export async function registerKey(input: {
  publicKey: string;
  demonstration: boolean;
}): Promise<ActResult<{ commitment: string }>> {
  const parsed = z
    .strictObject({ publicKey: z.string().max(64), demonstration: z.boolean() })
    .safeParse(input);
  if (!parsed.success) return sayRefusal(refuse('invalid-input'));
  const actor = await currentActor();
  if (!actor) return sayRefusal(refuse('not-signed-in'));
  const outcome = await register(world(), actor, parsed.data);
  return outcome.ok ? outcome : sayRefusal(outcome);
}

/** Begins a process, empty or from a template that the browser read out of an OCDS package. */
export async function createTender(input: {
  language: string;
  template?: NoticeDraft;
}): Promise<ActResult<{ ocid: string }>> {
  const parsed = z
    .strictObject({ language: z.enum(['en', 'zh']), template: noticeDraftSchema.optional() })
    .safeParse(input);
  if (!parsed.success) return sayRefusal(refuse('invalid-input'));
  const actor = await currentActor();
  if (!actor) return sayRefusal(refuse('not-signed-in'));
  const empty = emptyDraft(actor, parsed.data.language);
  const template = parsed.data.template;
  // Whoever files the notice is its procuring entity, whatever the template says.
  const draft = template
    ? { ...template, buyer: empty.buyer, procuringEntity: empty.procuringEntity, rulePack: empty.rulePack }
    : empty;
  const outcome = await create(world(), actor, draft as NoticeDraft);
  return outcome.ok ? { ok: true, ocid: outcome.ocid } : sayRefusal(outcome);
}
