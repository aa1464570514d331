import type { StageClosure } from '@/prisma/generated/client';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { ChainWorld } from '@/lib/server/chain-world';
import { reportHealth, type PartReport } from '@/lib/server/health';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';
import { guardChain } from './chain-guard';
import { confirmStates, doubtStates } from './confirm-states';
import type { Duty } from './duty';
import { finalHeight } from './finality';
import { takeState } from './take-state';

// Takes the storage proofs of closed stages (EIP-1186), so that evidence stays provable when nodes have pruned: at the
// newest block, whose state every node has, after the closing is final; stored as waiting, and shown once that block is
// final and still has its hash. A worker that is killed in between finds the row waiting. Evidence is complete without.

/** Milliseconds between two rounds. */
const EVERY = 5_000;
/** Stages in one round: each is two questions to the node, and providers count them. */
const MOST = 100;
/** No longer than this in one round, in milliseconds: how it stands is reported after each. */
const LONGEST_ROUND = 20_000;
/** Before a node that declined, or that proved something else, is asked again: doubled each time, in milliseconds. */
const FIRST_PAUSE = 10_000;
const LONGEST_PAUSE = 3_600_000;

/** Who is not asked before when. Not kept: a worker that starts asks at once. */
function pauses(now: () => number) {
  const known = new Map<string, { until: number; pause: number }>();
  return {
    now,
    size: () => known.size,
    rests: (name: string) => (known.get(name)?.until ?? -Infinity) > now(),
    begin(name: string) {
      const pause = Math.min(2 * (known.get(name)?.pause ?? FIRST_PAUSE / 2), LONGEST_PAUSE);
      known.set(name, { until: now() + pause, pause });
    },
    end: (name: string) => void known.delete(name),
    knows: (name: string) => known.has(name),
    keep(names: readonly string[]) {
      for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
    },
  };
}

/** The pause of the node itself; stages have names of their own. */
const NODE = 'node';
const nameOf = ({ key, stage, round }: StageClosure) => `${key}/${stage}/${round}`;

type Pauses = ReturnType<typeof pauses>;

/** Closed stages without a proof, the oldest first. Of an empty one no record has evidence. */
const without = ({ db }: World, take: number): Promise<StageClosure[]> =>
  db.stageClosure.findMany({
    where: { state: { is: null }, count: { gt: 0 } },
    orderBy: [{ blockNumber: 'asc' }, { key: 'asc' }, { stage: 'asc' }],
    take,
  });

async function takeOne(world: World, chain: ChainWorld, closure: StageClosure, waits: Pauses) {
  const name = nameOf(closure);
  const outcome = await takeState(world, chain, closure);
  if (typeof outcome !== 'object') {
    waits.end(name);
    return outcome;
  }
  waits.begin(name);
  const { key, stage, round } = closure;
  const { wrong } = outcome;
  logger().warn({ key, stage, round, wrong }, 'a storage proof of the node does not hold: not stored');
  return 'wrong';
}

async function takeMissing(world: World, chain: ChainWorld, waits: Pauses, signal: AbortSignal) {
  if (waits.rests(NODE)) return;
  const end = waits.now() + LONGEST_ROUND;
  // Those that rest must not hold up the others.
  const take = MOST + waits.size();
  const missing = await without(world, take);
  if (missing.length < take) waits.keep([NODE, ...missing.map(nameOf)]);
  try {
    for (const closure of missing.filter((one) => !waits.rests(nameOf(one))).slice(0, MOST)) {
      if (signal.aborted || waits.now() > end) return;
      if ((await takeOne(world, chain, closure, waits)) === 'behind') return;
      waits.end(NODE);
    }
  } catch (error) {
    // The chain answered a moment ago: whatever the trouble, it is with this question.
    if (!(error instanceof ChainError)) throw error;
    if (!waits.knows(NODE))
      logger().info({ err: error }, 'the node gives no storage proofs: evidence goes without');
    waits.begin(NODE);
  }
}

async function health({ db }: World, waits: Pauses): Promise<PartReport> {
  const [carried, waiting] = await Promise.all([
    db.stageState.count({ where: { confirmedAt: { not: null } } }),
    db.stageClosure.count({
      where: { count: { gt: 0 }, OR: [{ state: { is: null } }, { state: { confirmedAt: null } }] },
    }),
  ]);
  const facts = { carried, waiting };
  const declined = waits.knows(NODE);
  const wrong = waits.size() - (declined ? 1 : 0);
  // No trouble of the registry's: evidence without such proofs is checked by asking a node.
  if (declined) return { part: 'proofs', state: 'ok', code: 'not-given', facts };
  if (wrong > 0)
    return { part: 'proofs', state: 'warning', code: 'wrong', facts: { ...facts, count: wrong } };
  return { part: 'proofs', state: 'ok', code: 'ok', facts };
}

/** @param now in milliseconds, of a clock that never runs backwards */
export function statesDuty(world: World, chain: ChainWorld, now = () => performance.now()): Duty {
  const waits = pauses(now);
  let absent: ReadonlySet<number> = new Set();
  return {
    name: 'storage proofs',
    part: 'proofs',
    every: EVERY,
    async round(signal) {
      try {
        await guardChain(world, chain);
        const { number } = await chain.ledger.latestBlock();
        const finalTo = await finalHeight(chain, number);
        absent = await doubtStates(world, chain, absent);
        await confirmStates(world, chain, finalTo);
        await takeMissing(world, chain, waits, signal);
        // Where the head is final, what was just taken at it is final too.
        await confirmStates(world, chain, finalTo);
      } catch (error) {
        // A chain that is away is that part's trouble, and told there.
        if (error instanceof ChainError) return;
        throw error;
      }
      await reportHealth(world.db, await health(world, waits), world.clock.now());
    },
  };
}
