import type { ChainAward, ChainStage, ChainTender } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';
import type { Hash } from './peaks';
import type { ChainCancellation, LedgerSource } from './sources';

const TENDER = 1;
const BIDS = 2;
const OPENING = 3;
const AWARD = 5;
const STAGE_COUNT = 8;
/** First stage that belongs to a unit (protocol §3). */
const FIRST_UNIT_STAGE = 3;
/** Rounds that are read of one stage: a stage that was reopened more often is a case of its own. */
const MOST_ROUNDS = 64;

/** A closed stage on chain, with the anchor that it names. */
export interface ClosedStage extends ChainStage {
  readonly key: string;
  readonly stage: number;
  readonly round: number;
  readonly current: boolean;
}

/** All that the chain knows of one process and its units. */
export interface ChainFacts {
  readonly process: string;
  readonly tender: ChainTender;
  readonly cancellation: ChainCancellation | null;
  readonly stages: readonly ClosedStage[];
  /** The announced award of the current round, by key. */
  readonly awards: ReadonlyMap<string, ChainAward>;
}

export const stageId = ({ key, stage, round }: { key: string; stage: number; round: number }): string =>
  `${key}/${stage}/${round}`;

/** Null when the chain knows no such process. */
export async function readChainFacts(ledger: LedgerSource, process: string): Promise<ChainFacts | null> {
  const tender = await ledger.tenderOf(process);
  if (tender === null) return null;
  const unitCount = await ledger.unitCount(process);
  const units = await Promise.all(Array.from({ length: unitCount }, (_, i) => ledger.unitAt(process, i)));
  const places = [process, ...units].flatMap((key) =>
    Array.from({ length: STAGE_COUNT }, (_, stage) => ({ key, stage })).filter(
      ({ stage }) => key === process || stage >= FIRST_UNIT_STAGE,
    ),
  );
  const [stages, awards, cancellation] = await Promise.all([
    Promise.all(places.map(({ key, stage }) => readRounds(ledger, key, stage))),
    Promise.all([process, ...units].map(async (key) => [key, await ledger.awardOf(key)] as const)),
    ledger.cancellationOf(process),
  ]);
  const known = awards.filter((pair): pair is readonly [string, ChainAward] => pair[1] !== null);
  return { process, tender, cancellation, stages: stages.flat(), awards: new Map(known) };
}

/** A word that changes whenever something of a process changes on chain: whatever the registry says of itself. */
export function factsWord(hash: Hash, facts: ChainFacts | null): string {
  if (facts === null) return '';
  const text = JSON.stringify({ ...facts, awards: [...facts.awards] });
  return toHex(hash(new TextEncoder().encode(text)));
}

async function readRounds(ledger: LedgerSource, key: string, stage: number): Promise<ClosedStage[]> {
  const current = await ledger.roundOf(key, stage);
  const first = Math.max(0, current - MOST_ROUNDS);
  const rounds = Array.from({ length: current - first + 1 }, (_, i) => first + i);
  const closed = await Promise.all(rounds.map((round) => ledger.stageAt(key, stage, round)));
  return closed.flatMap((found, i) => {
    const round = first + i;
    return found === null ? [] : [{ ...found, key, stage, round, current: round === current }];
  });
}

/** What an honest contract enforces of order and time (protocol §4), as faults: `[what it should be, what it is]`. */
export function orderFault(
  facts: ChainFacts,
  closed: ClosedStage,
): { code: 'stage-early' | 'stage-out-of-order'; expected: string; found: string } | null {
  const { tender, cancellation, process } = facts;
  const frozen = cancellation?.stage === closed.stage && cancellation.blockNumber === closed.blockNumber;
  const early = (earliest: number, what: string) =>
    closed.time < earliest
      ? { code: 'stage-early' as const, expected: `${what} ${earliest}`, found: String(closed.time) }
      : null;
  const before = (key: string, stage: number) =>
    facts.stages.find((other) => other.current && other.key === key && other.stage === stage);
  if (!frozen && (closed.stage === TENDER || closed.stage === BIDS)) {
    const fault = early(tender.bidsDue, 'not before bids are due,');
    if (fault) return fault;
  }
  if (!closed.current) return null;
  if (closed.stage === OPENING) {
    const bids = before(process, BIDS)?.blockNumber ?? Infinity;
    if (closed.blockNumber <= bids)
      return {
        code: 'stage-out-of-order',
        expected: `a block after ${bids}`,
        found: String(closed.blockNumber),
      };
  }
  if (closed.stage === AWARD && !frozen) {
    const fault = early(
      facts.awards.get(closed.key)?.standstillEnds ?? Infinity,
      'not before the standstill ends,',
    );
    if (fault) return fault;
  }
  const key = closed.stage === FIRST_UNIT_STAGE ? process : closed.key;
  const previous = closed.stage === 0 ? null : before(key, closed.stage - 1);
  if (previous === null) return null;
  const expected = previous ? `not before ${previous.time}` : `after stage ${closed.stage - 1} closed`;
  const ordered = previous !== undefined && previous.time <= closed.time;
  return ordered ? null : { code: 'stage-out-of-order', expected, found: String(closed.time) };
}
