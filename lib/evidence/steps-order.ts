import { toHex } from '@/lib/record/hex';
import { processKey, stageKey } from '@/lib/record/stage-key';
import { CLOCK_TOLERANCE, withContract, type Context } from './context';
import type { StateReader } from './state-reader';
import { compare, fail, pass, skip, type Finding } from './step';

/**
 * Step 10. What the record claims of its time and place in the procedure fits what the chain knows: filed before it was
 * anchored, anchored before its stage closed, and, for the acts that the chain itself notes, the same act.
 */
export async function orderStep(context: Context): Promise<Finding> {
  const { anchor, entry } = context.evidence;
  const time = Date.parse(entry.record.time);
  if (time > context.now + CLOCK_TOLERANCE) {
    return fail('time-in-future', compare('record-time', isoTime(context.now), entry.record.time));
  }
  if (anchor === null) return skip('not-anchored-yet');
  const times = compare('record-time', isoTime(anchor.time * 1000), entry.record.time);
  if (time > anchor.time * 1000 + CLOCK_TOLERANCE) return fail('time-after-anchor', times);
  return withContract(context, async (chain) => {
    return (await orderHeld(context, chain)) ?? pass('order-holds', times);
  });
}

/** What the contract says against the record's place in the procedure; null when it says nothing against it. */
export async function orderHeld(
  context: Pick<Context, 'evidence' | 'commitment'>,
  chain: StateReader,
): Promise<Finding | null> {
  return (await stageOrder(context, chain)) ?? (await actOnChain(context, chain));
}

/** A closed stage names an anchor, below whose size all of its leaves lie. */
async function stageOrder(
  { evidence }: Pick<Context, 'evidence'>,
  chain: StateReader,
): Promise<Finding | null> {
  const { stage: proof, log } = evidence;
  const closed = proof === null ? null : await chain.stageAt(proof.key, proof.stage, proof.round);
  if (closed === null) return null;
  const bound = await chain.anchorAt(closed.anchorIndex);
  if (bound === null || log.index >= bound.treeSize) {
    return fail('not-below-stage-anchor', compare('log-size', bound?.treeSize ?? '', log.index));
  }
  if (closed.time < bound.time) {
    return fail(
      'stage-before-its-anchor',
      compare('block-time', isoTime(bound.time * 1000), isoTime(closed.time * 1000)),
    );
  }
  return null;
}

/** The acts that the chain itself notes. */
const ACTS: ReadonlySet<string> = new Set(['notice', 'award-announced', 'bid']);

/** The notice, the announced award and the due time stand on chain themselves: the record must be that very one. */
async function actOnChain(
  { evidence, commitment }: Pick<Context, 'evidence' | 'commitment'>,
  chain: StateReader,
): Promise<Finding | null> {
  const { record } = evidence.entry;
  if (!ACTS.has(record.type)) return null;
  if (commitment === null) return fail('entry-not-canonical');
  if (record.ocid === undefined) return fail('stage-of-another-process', compare('stage-key', '', ''));
  const process = toHex(processKey(record.ocid));
  if (record.type === 'notice') {
    const tender = await chain.tenderOf(process);
    if (tender === null) return skip('tender-not-open-yet');
    const notice = compare('notice', tender.notice, toHex(commitment));
    return notice.expected === notice.found ? null : fail('notice-not-published', notice);
  }
  if (record.type === 'award-announced') {
    // Of the record's own round: a reopening and what is announced after it contradict nothing.
    const key = toHex(stageKey(record.ocid, record.stage ?? 0, record.unit));
    const award = await chain.awardAt(key, record.round ?? 0);
    if (award === null && evidence.stage === null) return skip('stage-open');
    const announced = compare('award', award?.commitment ?? '', toHex(commitment));
    return announced.expected === announced.found ? null : fail('award-not-announced', announced);
  }
  const tender = await chain.tenderOf(process);
  if (tender === null) return skip('tender-not-open-yet');
  const due = tender.bidsDue * 1000;
  return Date.parse(record.time) < due
    ? null
    : fail('bid-after-due', compare('bids-due', isoTime(due), record.time));
}

/** Seconds and block times come from outside and may be no date at all. */
function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
