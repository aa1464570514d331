import type { ChainAttempt, ChainCall } from '@/prisma/generated/client';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { ChainError, type ChainErrorCode } from '@/lib/server/chain/chain-error';
import { feesWithin, priceNow, type Fees } from '@/lib/server/chain/fees';
import type { LedgerRefusal, LedgerRefusalCode } from '@/lib/server/chain/refusal';
import type { MinedCall, SignedCall } from '@/lib/server/chain/transactions';
import type { ChainWorld, SenderRole } from '@/lib/server/chain-world';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';
import { OPEN, type CallFacts, type ExtensionFacts } from './call-facts';
import { guardChain } from './chain-guard';
import { lateAnchor } from './due-times';
import { wrongCall } from './verify-call';

// How one call gets into a block. Every signed transaction is an attempt, written down before it is sent: after a crash
// the very same bytes are sent again, and whichever attempt is mined counts.

export interface Sending {
  world: World;
  chain: ChainWorld;
  call: ChainCall;
}

/** Where a call is: in a block (by which attempt), in the node's pool, or nowhere. */
export type Place = 'pending' | 'dropped' | { hash: string; mined: MinedCall };

/** Refusals that time itself cures: the chain's clock is behind ours, or a challenge is heard. The call waits. */
const CURED_BY_TIME: readonly LedgerRefusalCode[] = [
  'BidsNotDue',
  'StandstillNotOver',
  'OpeningInBlockOfBids',
  'OnHold',
];

const isCode = (error: unknown, code: ChainErrorCode) => error instanceof ChainError && error.code === code;
const asJson = (facts: CallFacts): object => facts;

/**
 * Moves a call on from the state in which it was read. @returns false when another worker has moved it meanwhile: what
 * this one saw (a refusal, because the other's call is mined) must not be written over what the other did.
 */
export async function mark(world: World, call: ChainCall, data: Partial<ChainCall>): Promise<boolean> {
  const { facts, ...fields } = data;
  const { id, status, hash } = call;
  const change = { ...fields, ...(facts ? { facts: facts as object } : {}) };
  return (await world.db.chainCall.updateMany({ where: { id, status, hash }, data: change })).count === 1;
}

/** The attempts at a call since it was last written (all of them with `ever`), the newest first. */
export async function attemptsOf({ world, call }: Sending, ever = false): Promise<ChainAttempt[]> {
  return world.db.chainAttempt.findMany({
    where: { callId: call.id, ...(ever ? {} : { signedAt: { gte: call.createdAt } }) },
    orderBy: [{ signedAt: 'desc' }, { maxFeePerGas: 'desc' }],
  });
}

/** The attempt that did it counts most, then one that still may, then one that was mined and refused. */
export async function locate({ chain, call }: Sending, attempts: ChainAttempt[]): Promise<Place> {
  const hashes = new Set([call.hash, ...attempts.map((a) => a.hash)].filter((h) => h !== null));
  let pending = false;
  let reverted: Place | null = null;
  for (const hash of hashes) {
    const found = await chain.transactions.outcome(hash);
    if (typeof found !== 'object') pending ||= found === 'pending';
    else if (found.reverted) reverted ??= { hash, mined: found };
    else return { hash, mined: found };
  }
  return pending ? 'pending' : (reverted ?? 'dropped');
}

/** Writes a signed transaction down. @returns the call as it is now; null when another worker was faster */
async function keep(
  { world, call }: Sending,
  nonce: number,
  signed: SignedCall,
  more: { data?: string; facts?: CallFacts } = {},
): Promise<ChainCall | null> {
  const { raw, hash, gasLimit, fees } = signed;
  const status = call.status === 'pending' ? 'signed' : call.status;
  const change = { status, nonce, raw, hash, error: null, data: more.data ?? call.data };
  const facts = more.facts ? asJson(more.facts) : undefined;
  const attempt = { nonce, raw, gasLimit, ...fees, signedAt: new Date(world.clock.now()), sentAt: null };
  return world.db.$transaction(async (tx) => {
    const where = { id: call.id, status: call.status, hash: call.hash };
    const { count } = await tx.chainCall.updateMany({
      where,
      data: { ...change, ...(facts ? { facts } : {}) },
    });
    if (count === 0) return null;
    // The same nonce, fees and data once more are the same transaction.
    const create = { hash, callId: call.id, ...attempt };
    await tx.chainAttempt.upsert({ where: { hash }, create, update: attempt });
    return tx.chainCall.findUnique({ where: { id: call.id } });
  });
}

/** Sends the newest attempt, for the first time or again. @throws ChainError */
async function transmit({ world, chain, call }: Sending): Promise<void> {
  await chain.beforeSend();
  await chain.transactions.broadcast(call.raw ?? '');
  const sentAt = new Date(world.clock.now());
  await world.db.chainAttempt.updateMany({ where: { hash: call.hash ?? '' }, data: { sentAt } });
  await mark(world, call, { status: 'sent', sentAt: call.sentAt ?? sentAt, error: null });
}

/** Fees within the cap; null, and told, when the chain asks for more. */
async function affordable({ world, chain, call }: Sending, before?: Fees): Promise<Fees | null> {
  const suggested = await chain.transactions.suggestFees();
  const fees = feesWithin(chain.feeCap, suggested, before);
  if (fees === null) {
    const gwei = Number(priceNow(suggested) / 10n ** 9n);
    await mark(world, call, { error: `fees-above-cap: a unit of gas costs ${gwei} gwei` });
  }
  return fees;
}

async function refused(sending: Sending, refusal: LedgerRefusal): Promise<void> {
  const { world, chain, call } = sending;
  // An earlier attempt of the same intention may be what the contract holds already: then it is done.
  const place = await locate(sending, await attemptsOf(sending, true));
  if (typeof place === 'object' && !place.mined.reverted) {
    await mark(world, call, { status: 'sent', hash: place.hash, error: null });
    return;
  }
  // Or the chain has lost what this call builds on: look at once.
  chain.memory.recheckedAt = null;
  const waits = CURED_BY_TIME.includes(refusal.code);
  await mark(world, call, { error: `refused: ${refusal.message}`, ...(waits ? {} : { status: 'failed' }) });
}

/** Checks, signs and writes down, then sends: after a crash between the two, the very same bytes are sent again. */
export async function signAndSend(sending: Sending): Promise<void> {
  const { world, chain, call } = sending;
  const { privateKey, address } = chain.keys[call.role as SenderRole];
  const to = chain.ledger.address;
  if (call.method === 'extendLog') {
    const late = await lateAnchor(world, call.createdAt.getTime());
    if (late === 'drop') await world.db.chainCall.deleteMany({ where: { id: call.id, status: 'pending' } });
    if (late !== 'send') return;
  }
  await guardChain(world, chain, true);
  const wrong = await wrongCall(world, call);
  if (wrong !== null) {
    logger().error({ method: call.method, call: call.id }, `worker: not signed, since ${wrong}`);
    await mark(world, call, { status: 'failed', error: `proof-wrong: ${wrong}` });
    return;
  }
  await chain.beforeSend();
  const refusal = await chain.transactions.simulate({ from: address, to, data: call.data });
  if (refusal) return refused(sending, refusal);
  const nonce = await chain.transactions.pendingNonce(address);
  const fees = await affordable(sending);
  if (fees === null) return;
  const signed = await chain.transactions.signCall({ privateKey, to, data: call.data, nonce, fees });
  const kept = await keep(sending, nonce, signed);
  if (kept) await transmit({ world, chain, call: kept });
}

/** The nonce of a replacement: the call's own, or the first free one when the node lacks the one before it. */
export async function healedNonce({ world, chain, call }: Sending): Promise<number> {
  const own = call.nonce ?? 0;
  const next = await chain.transactions.minedNonce(chain.keys[call.role as SenderRole].address);
  if (next >= own) return own;
  const { role } = call;
  const held = await world.db.chainCall.count({ where: { role, nonce: next, status: { in: OPEN } } });
  return held > 0 ? own : next;
}

/**
 * Replaces what is in no block by the same with a higher fee, or by other data, at the same nonce.
 * @returns whether that was signed
 */
export async function replace(
  sending: Sending,
  newest: ChainAttempt | undefined,
  more: { data?: string; facts?: CallFacts } = {},
): Promise<boolean> {
  const { world, chain, call } = sending;
  const fees = await affordable(sending, newest);
  if (fees === null) return false;
  const nonce = await healedNonce(sending);
  const { privateKey } = chain.keys[call.role as SenderRole];
  const signed = await chain.transactions.signCall({
    privateKey,
    to: chain.ledger.address,
    data: more.data ?? call.data,
    nonce,
    fees,
    ...(newest ? { gasLimit: newest.gasLimit } : {}),
  });
  const kept = await keep(sending, nonce, signed, more);
  if (kept) await transmit({ world, chain, call: kept });
  return true;
}

/**
 * Takes back an anchor that would come at the wrong time (see due-times.ts): its nonce is filled by a repetition of the
 * present anchor, which stores nothing. Either may still be mined; which one, the chain will tell.
 */
export async function retire(sending: Sending, newest: ChainAttempt | undefined): Promise<void> {
  const { chain, call } = sending;
  const present = await chain.ledger.latestAnchor();
  const { treeSize, rootHash } = present?.anchor ?? {
    treeSize: 0,
    rootHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  };
  const data = encodeExtendLog({ oldSize: treeSize, newSize: treeSize, newRoot: rootHash, proof: [] });
  const facts = { ...(call.facts as unknown as ExtensionFacts), retired: true };
  await replace(sending, newest, { data, facts });
}

/** Another transaction took the nonce: the call is signed anew, unless it was mined after all or is not wanted. */
async function signAnew(sending: Sending): Promise<void> {
  const { world, call } = sending;
  if ((await locate(sending, await attemptsOf(sending))) !== 'dropped') return;
  const retired = (call.facts as unknown as Partial<ExtensionFacts>).retired === true;
  if (retired) {
    const dedupe = `${call.dedupe}:${call.id}`;
    await mark(world, call, {
      status: 'failed',
      dedupe,
      error: 'retired: it would have come at a wrong time',
    });
    return;
  }
  await mark(world, call, { status: 'pending', nonce: null, raw: null, hash: null });
}

/** Sends what the node does not have: what was never sent, or what it forgot. */
export async function resend(sending: Sending, newest: ChainAttempt | undefined): Promise<void> {
  try {
    await transmit(sending);
  } catch (error) {
    if (isCode(error, 'nonce-used')) return signAnew(sending);
    if (!isCode(error, 'fee-too-low')) throw error;
    await replace(sending, newest);
  }
}
