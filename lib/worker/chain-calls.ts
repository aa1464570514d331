import type { ChainCall } from '@/prisma/generated/client';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { LedgerRefusalCode } from '@/lib/server/chain/refusal';
import type { MinedCall } from '@/lib/server/chain/transactions';
import type { ChainWorld, SenderRole } from '@/lib/server/chain-world';
import { uuidv7 } from '@/lib/server/ids';
import type { Tx } from '@/lib/server/load-process';
import type { World } from '@/lib/server/world';
import { applyFacts, type CallFacts } from './call-facts';
import { lateAnchor } from './due-times';

export interface NewCall {
  /** Names the intention: the same one never gets a second row. */
  dedupe: string;
  role: SenderRole;
  tenderId: string | null;
  /** 0x-prefixed call data. */
  data: string;
  facts: CallFacts;
}

/** A failed intention is tried again after this long, in milliseconds. */
const RETRY_AFTER = 15_000;

/**
 * Writes down the intention to call the contract, inside the caller's transaction. Repeating it is a no-op while it is
 * under way or done; a failed one is tried again with the new data.
 */
export async function enqueueCall(tx: Tx, world: World, call: NewCall): Promise<void> {
  const now = world.clock.now();
  const fields = { data: call.data, facts: call.facts as object };
  const { dedupe, role, tenderId } = call;
  const row = {
    id: uuidv7(now),
    dedupe,
    role,
    tenderId,
    method: call.facts.method,
    status: 'pending',
    createdAt: new Date(now),
  };
  // Two workers may hold the same intention for a moment, while one takes over from the other: the second is a no-op.
  const { count } = await tx.chainCall.createMany({ data: [{ ...row, ...fields }], skipDuplicates: true });
  const existing = count === 1 ? null : await tx.chainCall.findUnique({ where: { dedupe } });
  if (existing?.status === 'failed' && now - existing.createdAt.getTime() > RETRY_AFTER) {
    const again = { status: 'pending', nonce: null, raw: null, hash: null, createdAt: new Date(now) };
    await tx.chainCall.update({ where: { id: existing.id }, data: { ...again, ...fields } });
  }
}

/** Refusals that time itself cures: the chain's clock is behind ours. The call waits. */
const CURED_BY_TIME: readonly LedgerRefusalCode[] = [
  'BidsNotDue',
  'StandstillNotOver',
  'OpeningInBlockOfBids',
];

/**
 * Moves a call on from the state in which it was read. @returns false when another worker has moved it meanwhile: what
 * this one saw (a refusal, because the other's call is mined) must not be written over what the other did.
 */
async function mark(world: World, call: ChainCall, data: Partial<ChainCall>): Promise<boolean> {
  const { facts: _facts, ...fields } = data;
  const { id, status, hash } = call;
  return (await world.db.chainCall.updateMany({ where: { id, status, hash }, data: fields })).count === 1;
}

/** Signs and writes down, then sends: after a crash between the two, the very same bytes are sent again. */
async function signAndSend(world: World, chain: ChainWorld, call: ChainCall): Promise<void> {
  const { privateKey, address } = chain.keys[call.role as SenderRole];
  const to = chain.ledger.address;
  if (call.method === 'extendLog') {
    const late = await lateAnchor(world, call.createdAt.getTime());
    if (late === 'drop') await world.db.chainCall.deleteMany({ where: { id: call.id, status: 'pending' } });
    if (late !== 'send') return;
  }
  await chain.beforeSend();
  const refusal = await chain.transactions.simulate({ from: address, to, data: call.data });
  if (refusal) {
    const waits = CURED_BY_TIME.includes(refusal.code);
    await mark(world, call, { error: refusal.message, ...(waits ? {} : { status: 'failed' }) });
    return;
  }
  const nonce = await chain.transactions.pendingNonce(address);
  const signed = await chain.transactions.signCall({ privateKey, to, data: call.data, nonce });
  const written = { status: 'signed', nonce, raw: signed.raw, hash: signed.hash, error: null };
  if (!(await mark(world, call, written))) return;
  await chain.transactions.broadcast(signed.raw);
  await mark(world, { ...call, ...written }, { status: 'sent', sentAt: new Date(world.clock.now()) });
}

/** A transaction that the node forgot is sent again; if its nonce was taken by another, it is signed anew. */
async function resend(world: World, chain: ChainWorld, call: ChainCall): Promise<void> {
  try {
    await chain.beforeSend();
    await chain.transactions.broadcast(call.raw ?? '');
  } catch (error) {
    if (!(error instanceof ChainError) || error.code !== 'nonce-used') throw error;
    if ((await chain.transactions.confirmation(call.hash ?? '', 1)) !== 'dropped') return;
    await mark(world, call, { status: 'pending', nonce: null, raw: null, hash: null });
  }
}

async function finish(world: World, chain: ChainWorld, call: ChainCall, mined: MinedCall): Promise<void> {
  if (mined.reverted) {
    await mark(world, call, {
      status: 'failed',
      error: mined.refusal?.message ?? 'The contract refused without a reason',
    });
    return;
  }
  await applyFacts(world, chain, call, mined);
}

/** `done`: the next call of the same key may go ahead. `resent`: the node had forgotten it, and has it again. */
type Progress = 'done' | 'waiting' | 'resent';

async function step(world: World, chain: ChainWorld, call: ChainCall): Promise<Progress> {
  if (call.status === 'pending') {
    await signAndSend(world, chain, call);
    return 'waiting';
  }
  const hash = call.hash ?? '';
  const mined = await chain.transactions.confirmation(hash, 1);
  if (mined === 'dropped') {
    await resend(world, chain, call);
    return 'resent';
  }
  if (mined === 'pending') return 'waiting';
  const deep =
    chain.confirmations <= 1 ? mined : await chain.transactions.confirmation(hash, chain.confirmations);
  if (deep !== 'pending' && deep !== 'dropped') await finish(world, chain, call, deep);
  return 'done';
}

/**
 * Moves every open call one step. Calls of one key go strictly in order: the next is simulated only once the one before
 * is mined, since stages close in order. @returns whether anything moved to its end or is still under way.
 */
export async function driveCalls(world: World, chain: ChainWorld): Promise<{ open: number }> {
  const open = await world.db.chainCall.findMany({
    where: { status: { in: ['pending', 'signed', 'sent'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const blocked = new Set<string>();
  const failures: unknown[] = [];
  for (const call of open) {
    if (blocked.has(call.role)) continue;
    try {
      const progress = await step(world, chain, call);
      // A stage that a chain lost wants the anchor that it lost too, of the other key: one at a time, in their order.
      if (progress === 'resent') break;
      if (progress === 'done') continue;
    } catch (error) {
      if (call.status !== 'pending') throw error;
      // What one key cannot send anew must not keep the other key's calls waiting.
      failures.push(error);
      blocked.add(call.role);
      continue;
    }
    // A call that only waits for the clock must not hold up other tenders' calls.
    const after = await world.db.chainCall.findUnique({ where: { id: call.id } });
    if (after?.status === 'signed' || after?.status === 'sent') blocked.add(call.role);
  }
  if (failures.length > 0) throw failures[0];
  return { open: open.length };
}
