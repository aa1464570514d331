import { phaseAt } from '@/lib/procedure/phase-at';
import {
  all,
  bidsToOpen,
  closure,
  evaluators,
  exclusionTime,
  judgedIn,
  last,
  mayExclude,
  mayOpen,
  minimumBids,
  notice,
  tenderersOf,
  type Process,
} from '@/lib/procedure/state';
import { scopes } from '@/lib/procedure/scopes';
import { standingAnnouncement } from '@/lib/procedure/acts/award';
import { operatorActor } from '@/lib/procedure/roles';
import type { Act } from '@/lib/procedure/permissions';
import { loadProcess, lockTender, type Tx } from '@/lib/server/load-process';
import { performAct } from '@/lib/server/operations/perform-act';
import { refreshTender } from '@/lib/server/refresh-tender';
import type { World } from '@/lib/server/world';
import { announce } from './announce';
import { eraseOrdered } from './erase';
import {
  announceAward,
  cancelTender,
  changeCommittee,
  closeStage,
  openTender,
  openUnits,
} from './stage-calls';
import { openAllBids } from './open-all-bids';

/** How soon to look again while something is awaited from the log or the chain, in milliseconds. */
const SOON = 1_000;

const opened = (process: Process) => process.chain.opening;

/** The first anchor at or after the due time: the only one that `bids` may close with (protocol §4). */
async function anchorOfDue(tx: Tx, bidsDue: string): Promise<number | null> {
  const anchor = await tx.anchor.findFirst({
    where: { time: { gte: new Date(bidsDue) } },
    orderBy: { index: 'asc' },
  });
  return anchor?.index ?? null;
}

/** What the chain is owed, on the locked row. @returns whether anything is still awaited. */
async function writeCalls(
  tx: Tx,
  world: World,
  tenderId: string,
  process: Process,
  now: number,
): Promise<boolean> {
  const target = { tx, world, tenderId, process };
  const published = notice(process);
  if (!published) return false;
  if (!opened(process)) {
    await openTender(target, published);
    return true;
  }
  if (!closure(process, 0)) {
    await closeStage(target, 0);
    return true;
  }
  const due = opened(process)?.bidsDue ?? '';
  const dividing = await openUnits(target);
  if (!closure(process, 2)) {
    if (now < Date.parse(due)) return (await tellCommittees(target)) || dividing;
    const index = await anchorOfDue(tx, due);
    if (index === null) return true;
    // In order: the second is sent once the first is mined.
    if (!closure(process, 1)) await closeStage(target, 1, index);
    else await closeStage(target, 2, index);
    return true;
  }
  // Nothing of a unit is closed before the chain knows it.
  if (dividing) return true;
  let waiting = false;
  for (const scope of scopes(process)) {
    if (await laterStages({ ...target, process: scope }, now)) waiting = true;
  }
  return waiting;
}

/** Each other committee in turn: the last one that the chain takes is in force. */
async function tellCommittees(target: Parameters<typeof closeStage>[0]): Promise<boolean> {
  for (const replaced of all(target.process, 'committee-replaced')) {
    if (await changeCommittee(target, replaced)) return true;
  }
  return false;
}

async function laterStages(target: Parameters<typeof closeStage>[0], now: number): Promise<boolean> {
  const { process } = target;
  const phase = phaseAt(process, now);
  switch (phase) {
    case 'unsuccessful': {
      const why = last(process, 'tender-unsuccessful');
      if (!why || closure(process, why.stage ?? 3)) return false;
      await cancelTender(target, why);
      return true;
    }
    case 'opened':
      await closeStage(target, 3);
      return true;
    case 'assessed':
      if (!closure(process, 4)) await closeStage(target, 4);
      return !closure(process, 4);
    case 'announcing': {
      if (!closure(process, 4)) await closeStage(target, 4);
      const announced = last(process, 'award-announced');
      if (announced) await announceAward(target, announced);
      return true;
    }
    case 'award':
      if (last(process, 'award')) await closeStage(target, 5);
      return last(process, 'award') !== null;
    case 'contract':
      if (last(process, 'contract')) await closeStage(target, 6);
      return last(process, 'contract') !== null;
    case 'assessment':
      return last(process, 'scores-sealed')?.anchorIndex === null;
    case 'evaluation':
      return last(process, 'scores-sealed') !== null && !last(process, 'ranking');
    case 'waiting':
      return process.before !== null && phaseAt(process.before, now) === 'assessed';
    default:
      return false;
  }
}

/** The act that is the machine's to do now, if any. */
function operatorAct(process: Process, now: number): Act | null {
  const phase = phaseAt(process, now);
  if (phase === 'waiting')
    return process.before && last(process.before, 'tender-unsuccessful') ? 'declare-unsuccessful' : null;
  if (phase === 'opening') {
    if (tenderersOf(process) < minimumBids(process)) return 'declare-unsuccessful';
    return bidsToOpen(process).every((b) => mayOpen(process, b) || mayExclude(process, b, now))
      ? 'open-bids'
      : null;
  }
  if (phase === 'assessment' || phase === 'evaluation' || phase === 'comparison') {
    const judges = evaluators(process);
    const sealed = last(judgedIn(process), 'scores-sealed');
    if (!sealed) return judges.length > 0 && judges.every((e) => e.sheet) ? 'seal-scores' : null;
    const ranks = phase !== 'assessment' && sealed.anchorIndex !== null && !last(process, 'ranking');
    return ranks ? 'rank-bids' : null;
  }
  if (phase === 'announcing' && closure(process, 4)) {
    return standingAnnouncement(process, now) ? null : 'announce-award';
  }
  return null;
}

/** The deadline at which the process must be looked at again. */
function nextDeadline(process: Process, now: number): number | null {
  const due = opened(process)?.bidsDue;
  const times = scopes(process).flatMap((scope) => {
    const ends = scope.chain.announcement?.standstillEnds;
    const excluded = phaseAt(scope, now) === 'opening' ? [exclusionTime(scope) + 1] : [];
    return [...(due ? [Date.parse(due)] : []), ...(ends ? [Date.parse(ends)] : []), ...excluded];
  });
  return times.filter((t) => t > now).sort((a, b) => a - b)[0] ?? null;
}

async function act(world: World, tenderId: string, process: Process, which: Act): Promise<void> {
  const operator = operatorActor(world.env.REGISTRY_ORIGIN);
  if (which === 'open-bids') return openAllBids(world, operator, tenderId, process);
  if (which === 'announce-award') return announce(world, operator, tenderId, process);
  const outcome = await performAct(world, operator, which, tenderId, {}, process.unit);
  if (!outcome.ok && outcome.code !== 'already-done') throw new Error(`${which}: ${outcome.code}`);
}

/** The machine's own acts in every unit; what fails in one keeps no other waiting. */
async function ownActs(
  world: World,
  tenderId: string,
  process: Process,
): Promise<{ any: boolean; failure: unknown }> {
  let any = false;
  let failure: unknown = null;
  for (const scope of scopes(process)) {
    const which = operatorAct(scope, world.clock.now());
    if (!which) continue;
    any = true;
    await act(world, tenderId, scope, which).catch((error: unknown) => (failure = error));
  }
  return { any, failure };
}

/**
 * Moves one process as far as it can go now: the machine's own acts, then what the chain is owed, then the time to look
 * again. Idempotent: it derives everything from the records and the chain.
 */
export async function advance(world: World, tenderId: string): Promise<void> {
  const before = await loadProcess(world.db, world, tenderId);
  const { any, failure } = before ? await ownActs(world, tenderId, before) : { any: false, failure: null };
  const unlogged = before !== null && (await eraseOrdered(world, before));
  await world.db.$transaction(async (tx) => {
    if (!(await lockTender(tx, tenderId))) return;
    const now = world.clock.now();
    const process = await loadProcess(tx, world, tenderId);
    if (!process) return;
    const waiting = await writeCalls(tx, world, tenderId, process, now);
    const deadline = nextDeadline(process, now);
    const soon = waiting || unlogged || any ? now + SOON : null;
    const next = [deadline, soon].filter((t): t is number => t !== null).sort((a, b) => a - b)[0];
    await refreshTender(tx, world, tenderId, { wakeAt: next === undefined ? null : new Date(next) });
    await tx.tender.update({ where: { id: tenderId }, data: { stuck: null } });
  });
  // Told once what the chain is owed is written down: trouble in one unit is not the others'.
  if (failure !== null) throw failure;
}

/** Every process whose time has come, the longest waiting first. @returns how many were looked at. */
export async function advanceDue(
  world: World,
  onError: (tenderId: string, error: unknown) => void,
): Promise<number> {
  const due = await world.db.tender.findMany({
    where: { wakeAt: { lte: new Date(world.clock.now()) } },
    orderBy: { wakeAt: 'asc' },
    select: { id: true },
    take: 100,
  });
  for (const { id } of due) {
    try {
      await advance(world, id);
    } catch (error) {
      onError(id, error);
      // One broken process must not keep the others waiting, nor be forgotten.
      await world.db.tender.update({
        where: { id },
        data: {
          stuck: error instanceof Error ? error.message.slice(0, 500) : 'unknown',
          wakeAt: new Date(world.clock.now() + 10 * SOON),
        },
      });
    }
  }
  return due.length;
}
