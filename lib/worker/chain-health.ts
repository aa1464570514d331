import { ChainError, type ChainErrorCode } from '@/lib/server/chain/chain-error';
import type { ChainWorld } from '@/lib/server/chain-world';
import { systemClock } from '@/lib/server/clock';
import { embeddedChainId } from '@/lib/server/env';
import type { Block } from '@/lib/server/chain/ledger';
import type { HEALTH_CODES, Part, PartReport, PartState } from '@/lib/server/health';
import type { World } from '@/lib/server/world';
import { OPEN } from './call-facts';
import { balanceHealth } from './balance-health';
import { extensionsUnderWay, newestAnchor } from './extensions';

// How the parts stand that the chain duty looks after, each in a code of HEALTH_CODES.

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** A refused call that is still wanted is tried again, and refused again, well within this time. */
const TRIED_WITHIN = 120 * SECOND;
/** A head older than this is slow, on a chain that makes blocks by itself. */
const SLOW = 120 * SECOND;
/** A clock that differs from the chain's by more than this is wrong. */
const SKEW = 300 * SECOND;
/** A filing that waits longer than this is late: the promise is one second (protocol §6). */
const SEQUENCED_WITHIN = 5 * SECOND;

type Facts = Record<string, string | number>;
type CodeOf<P extends Part> = P extends keyof typeof HEALTH_CODES ? (typeof HEALTH_CODES)[P][number] : never;

function say<P extends Part>(part: P, state: PartState, code: CodeOf<P>, facts: Facts = {}): PartReport {
  return { part, state, code, facts };
}

const seconds = (milliseconds: number) => Math.round(milliseconds / SECOND);

/** The sequencer: late when a filing waits. */
export async function sequencerHealth(world: World): Promise<PartReport> {
  const oldest = await world.db.filing.findFirst({ orderBy: { id: 'asc' } });
  const waits = oldest ? world.clock.now() - oldest.filedAt.getTime() : 0;
  if (waits <= SEQUENCED_WITHIN) return say('sequencer', 'ok', 'ok');
  const waiting = await world.db.filing.count();
  return say('sequencer', 'warning', 'late', { waiting, seconds: seconds(waits) });
}

/** The newest trouble of a call that is under way, or that failed within the hour. */
async function troubledCall(world: World, prefix: string) {
  const since = new Date(world.clock.now() - HOUR);
  return world.db.chainCall.findFirst({
    where: {
      error: { startsWith: `${prefix}:` },
      OR: [{ status: { in: OPEN } }, { status: 'failed', createdAt: { gt: since } }],
    },
    orderBy: { createdAt: 'desc' },
  });
}

/** The attempt that has waited longest for a block, of calls that are in none; null when all move. */
async function stuckCall(world: World) {
  const before = new Date(world.clock.now() - 2 * world.env.CHAIN_STUCK_SECONDS * SECOND);
  return world.db.chainCall.findFirst({
    where: { status: { in: ['signed', 'sent'] }, blockNumber: null, sentAt: { lt: before } },
    orderBy: { sentAt: 'asc' },
  });
}

export async function anchorerHealth(world: World): Promise<PartReport> {
  const wrong = await troubledCall(world, 'proof-wrong');
  if (wrong) return say('anchorer', 'down', 'proof-wrong', { method: wrong.method });
  const dear = await troubledCall(world, 'fees-above-cap');
  if (dear) {
    const gwei = Number(/(\d+) gwei/.exec(dear.error ?? '')?.[1] ?? 0);
    return say('anchorer', 'warning', 'fees-above-cap', { gwei, cap: world.env.CHAIN_MAX_FEE_GWEI });
  }
  const refused = await world.db.chainCall.findFirst({
    where: { status: 'failed', error: { startsWith: 'refused:' } },
    orderBy: { createdAt: 'desc' },
  });
  const now = world.clock.now();
  if (refused && now - refused.createdAt.getTime() < TRIED_WITHIN)
    return say('anchorer', 'warning', 'refused', { method: refused.method });
  const stuck = await stuckCall(world);
  if (stuck) {
    const since = now - (stuck.sentAt ?? stuck.createdAt).getTime();
    return say('anchorer', 'warning', 'stuck', { seconds: seconds(since), method: stuck.method });
  }
  const { size } = await newestAnchor(world.db, await extensionsUnderWay(world.db));
  const [waiting, head] = await Promise.all([
    world.db.checkpoint.findFirst({ where: { treeSize: { gt: size } }, orderBy: { treeSize: 'asc' } }),
    world.db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
  ]);
  const lag = waiting ? now - waiting.time.getTime() : 0;
  const { ANCHOR_INTERVAL_SECONDS: interval, ANCHOR_QUIET_SECONDS: quiet } = world.env;
  if (lag <= (2 * interval + quiet) * SECOND) return say('anchorer', 'ok', 'ok');
  const left = Number(head?.treeSize ?? 0) - size;
  return say('anchorer', 'warning', 'late', { waiting: left, seconds: seconds(lag) });
}

const OF_ERROR: Partial<Record<ChainErrorCode, CodeOf<'chain'>>> = {
  'chain-unreachable': 'away',
  'rpc-failed': 'away',
  'wrong-chain': 'wrong-chain',
  'no-contract': 'wrong-contract',
  'code-mismatch': 'wrong-contract',
  'foreign-root': 'foreign-root',
};

/** What an error of the chain says of the chain itself; null when it concerns one call only. */
export function chainTrouble(error: unknown): CodeOf<'chain'> | null {
  return error instanceof ChainError ? (OF_ERROR[error.code] ?? null) : null;
}

async function notMining(world: World, head: Block): Promise<number | null> {
  const now = world.clock.now();
  const waiting = await world.db.chainCall.findFirst({
    where: { status: 'sent', blockNumber: null },
    orderBy: { sentAt: 'asc' },
  });
  const sent = waiting?.sentAt?.getTime() ?? now;
  const waits = now - sent;
  // Its clock may be a little ahead of ours: a block made since is dated later than the sending.
  return waits > world.env.CHAIN_STUCK_SECONDS * SECOND && head.time * SECOND <= sent + SECOND ? waits : null;
}

function clockHealth(world: World, head: Block, fresh: boolean): PartReport {
  const now = world.clock.now();
  const ahead = head.time * SECOND - now;
  const setBack = world.clock === systemClock ? systemClock.behind() : 0;
  const behind = Math.max(ahead, setBack);
  if (behind > SKEW) return say('clock', 'warning', 'clock-behind', { seconds: seconds(behind) });
  // An old head says nothing of our clock, unless the block has only just come.
  const early = -ahead > SKEW && fresh && world.env.CHAIN_ID !== embeddedChainId;
  if (early) return say('clock', 'warning', 'clock-ahead', { seconds: seconds(-ahead) });
  return say('clock', 'ok', 'ok');
}

function chainDown(world: World, code: CodeOf<'chain'>): PartReport {
  const facts: Facts = {};
  if (code === 'wrong-chain') facts.configured = world.env.CHAIN_ID;
  if (code === 'wrong-contract') facts.address = world.env.CONTRACT_ADDRESS;
  return say('chain', 'down', code, facts);
}

/** Follows the head. @returns whether the present one came within the last half minute, while we watched */
function isFresh({ memory }: ChainWorld, head: Block): boolean {
  const now = performance.now();
  if (memory.head?.hash !== head.hash)
    memory.head = {
      hash: head.hash,
      seenAt: now,
      fresh: memory.head !== null && now - memory.head.seenAt > 0,
    };
  return memory.head.fresh && now - memory.head.seenAt < 30_000;
}

/** What the chain says of itself, of our clock and of our accounts. @param error the trouble of the last round, or null */
export async function chainHealth(world: World, chain: ChainWorld, error: unknown): Promise<PartReport[]> {
  const trouble = chainTrouble(error);
  if (trouble !== null) return [chainDown(world, trouble)];
  let head: Block;
  let balance: PartReport;
  try {
    head = await chain.ledger.latestBlock();
    balance = await balanceHealth(world, chain);
  } catch (failed) {
    return [chainDown(world, chainTrouble(failed) ?? 'away')];
  }
  const clock = clockHealth(world, head, isFresh(chain, head));
  const idle = await notMining(world, head);
  const age = world.clock.now() - head.time * SECOND;
  if (idle !== null) return [say('chain', 'down', 'not-mining', { seconds: seconds(idle) }), balance, clock];
  // The embedded chain makes a block when there is something to put into it.
  if (age > SLOW && world.env.CHAIN_ID !== embeddedChainId && clock.code === 'ok')
    return [say('chain', 'warning', 'slow', { seconds: seconds(age) }), balance, clock];
  return [say('chain', 'ok', 'ok', { head: head.number }), balance, clock];
}
