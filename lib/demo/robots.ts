import { Prisma } from '@/prisma/generated/client';
import type { Phase } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import {
  committee,
  evaluators,
  intendedAward,
  last,
  liveBids,
  proposedShortlist,
  shares,
  type Process,
} from '@/lib/procedure/state';
import { scopes } from '@/lib/procedure/scopes';
import { logger } from '@/lib/server/log';
import type { World } from '@/lib/server/world';
import { processOf } from './acts';
import { player, theCompany, type Company } from './company';
import { CAST } from './people';
import { robotsSchema, type Robots } from './play';
import { PLAYS } from './play-stories';
import * as scene from './scenes';

/** Robots look this often, in milliseconds. */
const EVERY = 1_500;
/** They leave a visitor time to see each step. */
const THINKING = 5_000;

interface Turn {
  s: scene.Stage;
  id: string;
  /** The tender, or the unit of it whose turn it is. */
  process: Process;
  robots: Robots;
  now: number;
}

const plays = (t: Turn, part: Robots['visitor'][number]) => !t.robots.visitor.includes(part);
const cast = (t: Turn) => CAST[t.robots.language];

/** Robot bidders: all but the visitor's own, spread over the first two thirds of the time. */
async function openPhase(t: Turn): Promise<void> {
  const opened = Date.parse(t.process.chain.opening?.time ?? '');
  const due = Date.parse(t.process.chain.opening?.bidsDue ?? '');
  const have = new Set(liveBids(t.process).map((b) => b.data.tenderer.id));
  // A visitor who bids is the first bidder; two robots remain, so that the tender always has its two bids.
  for (const n of plays(t, 'bidder') ? [0, 1, 2] : [1, 2]) {
    const slug = cast(t).bidders[n];
    if (!slug || have.has(player(t.s.company, slug).organization.id)) continue;
    if (t.now >= opened + (0.15 + 0.18 * n) * (due - opened)) return scene.submitBid(t.s, t.id, n);
  }
}

/** Two of three keys are enough: a visitor plays the regulator, and one robot releases; else two robots do. */
async function openingPhase(t: Turn): Promise<void> {
  const released = new Set(shares(t.process).map((s) => s.actor.person));
  const seats = committee(t.process)?.seats ?? [];
  for (const n of plays(t, 'committee') ? [0, 2] : [2]) {
    const seat = seats[n];
    if (seat && !released.has(seat.person)) return scene.release(t.s, t.id, n, t.process.unit);
  }
}

/** Evaluators are appointed and score; one at a time. */
async function judging(t: Turn): Promise<void> {
  const appointed = evaluators(t.process);
  if (appointed.length === 0) {
    if (plays(t, 'officer')) await scene.appointEvaluators(t.s, t.id, t.process.unit);
    return;
  }
  for (const n of plays(t, 'evaluator') ? [0, 1, 2] : [1, 2]) {
    const slug = cast(t).evaluators[n];
    const person = slug && player(t.s.company, slug).person;
    const evaluator = appointed.find((e) => e.person === person);
    if (evaluator && !evaluator.sheet && !evaluator.interests?.data.conflict)
      return scene.score(t.s, t.id, n, t.process.unit);
  }
}

/** Once the sheets are on the chain: whose price is opened. */
async function shortlisting(t: Turn): Promise<void> {
  const { unit } = t.process;
  if (unit === null) return;
  if (!proposedShortlist(t.process)) {
    if (plays(t, 'officer')) await scene.proposeShortlist(t.s, t.id, unit);
  } else if (plays(t, 'approver')) await scene.approveShortlist(t.s, t.id, unit);
}

async function awarding(t: Turn): Promise<void> {
  if (!intendedAward(t.process)) {
    if (plays(t, 'officer')) await scene.proposeAward(t.s, t.id, t.process.unit);
  } else if (plays(t, 'approver')) await scene.approveAward(t.s, t.id, t.process.unit);
}

const sealed = (t: Turn): boolean => last(t.process, 'scores-sealed')?.anchorIndex != null;
const ranked = (t: Turn): boolean => last(t.process, 'ranking') !== null;

type Play = (t: Turn) => Promise<void>;
const nothing: Play = async () => undefined;

/** What robots do with a tender as a whole. */
const WHOLE: Partial<Record<Phase, Play>> = {
  approval: async (t) => (plays(t, 'approver') ? scene.approve(t.s, t.id) : undefined),
  open: openPhase,
};

/** What they do in each unit; in a tender that is not divided, with the whole of it. */
const UNIT: Partial<Record<Phase, Play>> = {
  opening: openingPhase,
  assessment: (t) => (sealed(t) ? shortlisting : judging)(t),
  evaluation: (t) => (ranked(t) ? awarding : judging)(t),
  comparison: (t) => (ranked(t) ? awarding : nothing)(t),
  award: async (t) =>
    plays(t, 'officer') && !last(t.process, 'award')
      ? scene.confirmAward(t.s, t.id, t.process.unit)
      : undefined,
  contract: async (t) =>
    plays(t, 'officer') && !last(t.process, 'contract')
      ? scene.signContract(t.s, t.id, t.process.unit)
      : undefined,
};

async function turn(world: World, company: Company, id: string, robots: Robots): Promise<void> {
  const whole = await processOf(world, id);
  const now = world.clock.now();
  const s = { world, company, story: PLAYS[robots.kind][robots.language] };
  const early = WHOLE[phaseAt(whole, now)];
  for (const process of early ? [whole] : scopes(whole)) {
    const phase = phaseAt(process, now);
    const newest = Math.max(0, ...process.filed.map((f) => Date.parse(f.time)));
    if (phase !== 'open' && now - newest < THINKING) continue;
    await (early ?? UNIT[phase])?.({ s, id, process, robots, now });
  }
}

/** In these nothing is left for anybody to do. */
const OVER: readonly Phase[] = ['implementation', 'unsuccessful'];

/**
 * Robots for the demonstration's tenders. They hold no power of their own: each act goes through the same operations and
 * may be refused. @returns what the worker calls each round.
 */
export function startRobots(world: World): () => Promise<void> {
  let next = 0;
  let company: Promise<Company> | null = null;
  return async () => {
    if (Date.now() < next) return;
    next = Date.now() + EVERY;
    company ??= theCompany(world);
    const tenders = await world.db.tender.findMany({
      // Of a divided tender the phase is that of one unit: others may be further.
      where: { phase: { notIn: [...OVER] }, robots: { not: Prisma.DbNull } },
      select: { id: true, robots: true },
    });
    for (const tender of tenders) {
      const robots = robotsSchema.safeParse(tender.robots);
      if (!robots.success) continue;
      await turn(world, await company, tender.id, robots.data).catch((error: unknown) =>
        logger().warn({ err: error }, 'robot: will try again'),
      );
    }
  };
}
