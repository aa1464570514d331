import type { ChainAttempt, ChainCall } from '@/prisma/generated/client';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { MinedCall } from '@/lib/server/chain/transactions';
import type { ChainWorld, SenderRole } from '@/lib/server/chain-world';
import { uuidv7 } from '@/lib/server/ids';
import type { Tx } from '@/lib/server/load-process';
import type { World } from '@/lib/server/world';
import { applyFacts, OPEN, type CallFacts, type ExtensionFacts } from './call-facts';
import { guardChain } from './chain-guard';
import { lateAnchor } from './due-times';
import { asFinal, finalHeight } from './finality';
import {
  attemptsOf,
  healedNonce,
  locate,
  mark,
  replace,
  resend,
  retire,
  signAndSend,
  type Sending,
} from './send-call';

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
  // A clock that was set back must not make it wait longer.
  if (existing?.status === 'failed' && Math.abs(now - existing.createdAt.getTime()) > RETRY_AFTER) {
    const unsigned = { nonce: null, raw: null, hash: null, sentAt: null, minedAt: null, blockNumber: null };
    const again = { status: 'pending', ...unsigned, createdAt: new Date(now) };
    await tx.chainCall.update({ where: { id: existing.id }, data: { ...again, ...fields } });
  }
}

/** `done`: the next call of the same key may go ahead. `resent`: the node had forgotten it, and has it again. */
type Progress = 'done' | 'waiting' | 'resent';

/** Up to which block the chain is final, and hash and number of its newest. */
interface Height {
  finalTo: number;
  head: string;
  number: number;
}

/** The call is in a block: written down at once, so that the next may build on it, and finished once the block is final. */
async function settle(
  { world, chain, call }: Sending,
  attempts: ChainAttempt[],
  { hash, mined }: { hash: string; mined: MinedCall },
  { finalTo, number }: Height,
): Promise<void> {
  const attempt = attempts.find((a) => a.hash === hash);
  const { blockHash, blockNumber } = mined;
  const facts = {
    ...(call.facts as unknown as CallFacts),
    blockHash,
    ...(call.method === 'extendLog' ? { anchorIndex: mined.anchored?.anchorIndex ?? null } : {}),
    ...(mined.anchored ? { treeSize: mined.anchored.treeSize } : {}),
  };
  const seen = {
    status: 'sent',
    ...(attempt ? { hash, raw: attempt.raw, nonce: attempt.nonce } : {}),
    minedAt: new Date(mined.time * 1000),
    blockNumber,
    error: null,
    facts,
  };
  const changed = (call.facts as CallFacts | null)?.blockHash !== blockHash || call.hash !== hash;
  if ((changed || call.blockNumber === null) && !(await mark(world, call, seen))) return;
  if (blockNumber > finalTo) return;
  const now = { ...call, ...seen };
  if (!mined.reverted) return applyFacts(world, asFinal(chain, number, finalTo), now, mined);
  const why = mined.refusal?.message ?? 'The contract refused without a reason';
  await mark(world, now, { status: 'failed', error: `refused: ${why}` });
}

/** Whether what was sent then should have been mined by now. A clock that was set back must not make it wait longer. */
function isStuck(world: World, sentAt: Date | null): boolean {
  const waited = sentAt === null ? 0 : Math.abs(world.clock.now() - sentAt.getTime());
  return waited >= world.env.CHAIN_STUCK_SECONDS * 1000;
}

/** The node will not take it up, because it lacks the nonce before: no call of ours has that one. */
async function hangs(sending: Sending): Promise<boolean> {
  const { world, call } = sending;
  return isStuck(world, call.sentAt) && (await healedNonce(sending)) !== call.nonce;
}

async function step(sending: Sending, height: Height): Promise<Progress> {
  const { world, chain, call } = sending;
  const { raised } = chain.memory;
  if (call.status === 'pending') {
    await signAndSend(sending);
    return 'waiting';
  }
  const attempts = await attemptsOf(sending);
  const place = await locate(sending, attempts);
  if (typeof place === 'object') {
    await settle(sending, attempts, place, height);
    return 'done';
  }
  // It was in a block that the chain has dropped since.
  if (call.blockNumber !== null) await mark(world, call, { blockNumber: null, minedAt: null });
  const newest = attempts.find((a) => a.hash === call.hash);
  const { retired } = call.facts as unknown as ExtensionFacts;
  if (call.method === 'extendLog' && retired !== true) {
    if ((await lateAnchor(world, call.createdAt.getTime())) !== 'send') {
      await retire(sending, newest);
      return 'waiting';
    }
  }
  if (newest && place === 'dropped' && (await hangs(sending))) {
    await replace(sending, newest);
    return 'waiting';
  }
  if (place === 'dropped' || newest?.sentAt === null) {
    await resend(sending, newest);
    return place === 'dropped' ? 'resent' : 'waiting';
  }
  if (newest && isStuck(world, newest.sentAt) && raised.get(call.id) !== height.head) {
    if (await replace(sending, newest)) raised.set(call.id, height.head);
  }
  return 'waiting';
}

/** In the order in which they were first sent, which is that of their nonces; what was never sent comes last. */
function inOrder(a: ChainCall, b: ChainCall): number {
  const rank = (call: ChainCall) => (call.status === 'pending' ? 2 : call.sentAt === null ? 1 : 0);
  return rank(a) - rank(b) || (a.sentAt?.getTime() ?? 0) - (b.sentAt?.getTime() ?? 0);
}

/** Without the chain nothing can go on; any other trouble of one key must not keep the other key's calls waiting. */
async function trouble(world: World, call: ChainCall, error: unknown): Promise<void> {
  if (!(error instanceof ChainError)) return;
  const stops: string[] = [
    'chain-unreachable',
    'wrong-chain',
    'no-contract',
    'code-mismatch',
    'foreign-root',
  ];
  if (stops.includes(error.code)) throw error;
  const { id } = call;
  await world.db.chainCall.updateMany({
    where: { id, status: { in: OPEN } },
    data: { error: `${error.code}: ${error.message}` },
  });
}

async function driveAll(world: World, chain: ChainWorld, open: ChainCall[]): Promise<unknown[]> {
  const { looked } = chain.memory;
  // Before any receipt is read: a block that comes between can only make us wait once more.
  const { hash: head, number } = await chain.ledger.latestBlock();
  const height = { head, number, finalTo: await finalHeight(chain, number) };
  const blocked = new Set<string>();
  const failures: unknown[] = [];
  for (const call of open) {
    if (blocked.has(call.role)) continue;
    // Mined, not final, and no new block since: nothing to see.
    if (call.blockNumber !== null && looked.get(call.id) === head) continue;
    looked.delete(call.id);
    try {
      const progress = await step({ world, chain, call }, height);
      // A stage that a chain lost wants the anchor that it lost too, of the other key: one at a time, in their order.
      if (progress === 'resent') break;
      if (progress === 'done') {
        if (call.blockNumber !== null) looked.set(call.id, head);
        continue;
      }
    } catch (error) {
      await trouble(world, call, error);
      failures.push(error);
      blocked.add(call.role);
      continue;
    }
    // A call that only waits for the clock must not hold up other tenders' calls.
    const after = await world.db.chainCall.findUnique({ where: { id: call.id } });
    if (after?.status === 'signed' || after?.status === 'sent') blocked.add(call.role);
  }
  return failures;
}

/**
 * Moves every open call one step. Calls of one key go strictly in order: the next is simulated only once the one before
 * is mined, since stages close in order; it need not be final. @returns how many were under way.
 */
export async function driveCalls(world: World, chain: ChainWorld): Promise<{ open: number }> {
  try {
    await guardChain(world, chain);
    const open = await world.db.chainCall.findMany({
      where: { status: { in: OPEN } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    if (open.length === 0) {
      chain.memory.looked.clear();
      chain.memory.raised.clear();
      return { open: 0 };
    }
    const [failure] = await driveAll(world, chain, open.toSorted(inOrder));
    if (failure !== undefined) throw failure;
    return { open: open.length };
  } catch (error) {
    chain.memory.checkedAt = null;
    throw error;
  }
}
