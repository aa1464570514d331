import { toHex } from '@/lib/record/hex';
import { processKey, stageKey } from '@/lib/record/stage-key';
import { orderFault, stageId, type ChainFacts, type ClosedStage } from './chain-facts';
import { checkRecord, type CheckedRecord, type RecordContext } from './check-record';
import { noPeaks, type TreeHasher } from './peaks';
import type { PublishedProcess, PublishedStage } from './sources';

/** How long after its block a closed stage may still be unpublished, in seconds: the registry waits until it is final. */
export const PUBLISHED_WITHIN = 600;

export interface ProcessContext extends RecordContext {
  readonly tree: TreeHasher;
  readonly blockNumber: number;
  readonly confirmations: number;
}

export interface CheckedProcess {
  /** Index in the log by record id, of what is published. */
  readonly records: Record<string, number>;
  /** Leaves of closed stages whose entries are not published. */
  readonly withheld: number;
  readonly erased: number;
  /** Stages whose published list gives the root on chain. */
  readonly lists: ReadonlyMap<string, PublishedStage>;
  /** The published records that could be read. */
  readonly checked: readonly CheckedRecord[];
  /** Something came after what this audit reads, or is not due yet: it is for the next one. */
  readonly ahead: boolean;
}

/** One process: its stages against the chain, its published records against log and stages. */
export async function checkProcess(
  context: ProcessContext,
  facts: ChainFacts | null,
  published: PublishedProcess,
): Promise<CheckedProcess> {
  const { report } = context;
  const expectedKey = toHex(processKey(published.ocid));
  if (expectedKey !== published.key)
    report('process-key', { process: published.key }, expectedKey, published.key);
  const { lists, ahead } = await checkStages(context, facts, published);
  const records: Record<string, number> = {};
  const seen = new Set<number>();
  const all: CheckedRecord[] = [];
  for (const row of published.records) {
    const checked = await checkRecord(context, row, published.ocid);
    if (checked === null) continue;
    checkMembership(context, facts, published, row.id, checked);
    all.push(checked);
    if (checked.index === null) continue;
    records[row.id] = checked.index;
    seen.add(checked.index);
  }
  if (facts !== null) checkActs(context, facts, all);
  const listed = new Set(published.stages.flatMap(({ leaves }) => leaves));
  const erased = published.records.filter((row) => row.erased).length;
  const withheld = [...listed].filter((index) => !seen.has(index)).length;
  return {
    records,
    withheld,
    erased,
    lists,
    checked: all,
    ahead: ahead || all.some(({ awaited }) => awaited),
  };
}

async function checkStages(
  context: ProcessContext,
  facts: ChainFacts | null,
  { key: process, stages }: PublishedProcess,
): Promise<Pick<CheckedProcess, 'lists' | 'ahead'>> {
  const { report } = context;
  const published = new Map(stages.map((stage) => [stageId(stage), stage]));
  const good = new Map<string, PublishedStage>();
  let ahead = false;
  for (const closed of facts?.stages ?? []) {
    const { key, stage, round } = closed;
    const subject = { process, key, stage, round };
    const fault = facts && orderFault(facts, closed);
    if (fault) report(fault.code, subject, fault.expected, fault.found);
    const row = published.get(stageId(closed));
    published.delete(stageId(closed));
    // The contract closes against anchors that are there only: this one was made while we were reading.
    if (closed.anchorIndex >= context.anchors.count) {
      ahead = true;
      continue;
    }
    if (row === undefined) {
      const fresh =
        context.now < closed.time + PUBLISHED_WITHIN ||
        context.blockNumber - closed.blockNumber + 1 < context.confirmations;
      report(fresh ? 'stage-list-late' : 'stage-list-missing', subject, `${closed.count} leaves`, null);
      ahead ||= fresh;
    } else if (await checkList(context, process, closed, row)) good.set(stageId(closed), row);
  }
  for (const { key, stage, round, rootHash } of published.values())
    report('stage-not-on-chain', { process, key, stage, round }, null, rootHash);
  reportShared(context, process, stages);
  return { lists: good, ahead };
}

/** Root, count, order and anchor of one closed stage. */
async function checkList(
  { report, tree, leaf, anchors }: ProcessContext,
  process: string,
  closed: ClosedStage,
  { leaves, ...row }: PublishedStage,
): Promise<boolean> {
  const { key, stage, round } = closed;
  const subject = { process, key, stage, round };
  for (const field of ['rootHash', 'count', 'anchorIndex'] as const)
    if (row[field] !== closed[field])
      report('stage-row-differs', { ...subject, field }, closed[field], row[field]);
  if (leaves.length !== closed.count) report('stage-count', subject, closed.count, leaves.length);
  const unordered = leaves.find((index, i) => i > 0 && index <= (leaves[i - 1] ?? 0));
  if (unordered !== undefined)
    report('stage-order', { ...subject, index: unordered }, 'ascending', unordered);
  const anchor = await anchors.at(closed.anchorIndex);
  const above = leaves.find((index) => anchor === null || index >= anchor.treeSize);
  if (above !== undefined)
    report('stage-above-anchor', { ...subject, index: above }, `below ${anchor?.treeSize ?? 0}`, above);
  if (anchor !== null && closed.time < anchor.time)
    report('stage-early', subject, `not before its anchor, ${anchor.time}`, closed.time);
  const peaks = noPeaks();
  for (const index of leaves) {
    const hash = await leaf(index);
    if (hash === null) {
      report('stage-root', { ...subject, index }, closed.rootHash, 'a leaf that the log does not prove');
      return false;
    }
    tree.push(peaks, hash, 0);
  }
  const root = toHex(tree.root(peaks));
  if (root === closed.rootHash) return leaves.length === closed.count;
  report('stage-root', subject, closed.rootHash, root);
  return false;
}

/** Rounds of one stage may hold the same leaves; two stages never do. */
function reportShared({ report }: ProcessContext, process: string, stages: readonly PublishedStage[]): void {
  const owners = new Map<number, string>();
  for (const { key, stage, leaves } of stages) {
    const own = `stage ${stage} of ${key}`;
    for (const index of leaves) {
      const other = owners.get(index);
      if (other !== undefined && other !== own)
        report('leaf-in-two-stages', { process, index }, other, `also in ${own}`);
      owners.set(index, own);
    }
  }
}

/** A record that names a closed stage is in its list, and no other stage lists it. */
function checkMembership(
  { report }: ProcessContext,
  facts: ChainFacts | null,
  published: PublishedProcess,
  recordId: string,
  { record, index }: CheckedRecord,
): void {
  if (index === null || record.ocid === undefined || record.stage === undefined) return;
  const key = toHex(stageKey(record.ocid, record.stage, record.unit));
  const own = { key, stage: record.stage, round: record.round ?? 0 };
  const list = published.stages.find((stage) => stageId(stage) === stageId(own));
  const closed = facts?.stages.some((stage) => stageId(stage) === stageId(own)) ?? false;
  const subject = { process: published.key, recordId, index };
  if (closed && list !== undefined && !list.leaves.includes(index))
    report('record-not-in-stage', { ...subject, ...own }, `index ${index} in its list`, null);
  for (const other of published.stages) {
    const foreign = other.key !== own.key || other.stage !== own.stage;
    if (foreign && other.leaves.includes(index))
      report(
        'stage-lists-foreign',
        { ...subject, key: other.key, stage: other.stage, round: other.round },
        `stage ${own.stage}`,
        `stage ${other.stage}`,
      );
  }
}

/** The acts that the chain itself notes: the very same records must be among the published ones. */
function checkActs(
  { report }: ProcessContext,
  { tender, awards, process }: ChainFacts,
  checked: readonly CheckedRecord[],
): void {
  const ofType = (type: string) => checked.filter(({ record }) => record.type === type);
  const due = tender.bidsDue * 1000;
  for (const { record, index } of ofType('bid')) {
    if (Date.parse(record.time) < due) continue;
    const subject = { process, recordId: record.id, ...(index === null ? {} : { index }) };
    report('bid-after-due', subject, `before ${new Date(due).toISOString()}`, record.time);
  }
  const notices = ofType('notice');
  if (!notices.some(({ commitment }) => commitment === tender.notice))
    report(
      'notice-differs',
      { process, ...named(notices.at(-1)) },
      tender.notice,
      notices.at(-1)?.commitment,
    );
  for (const [key, award] of awards) {
    const announced = ofType('award-announced').filter(
      ({ record: { ocid = '', stage = 0, unit } }) => toHex(stageKey(ocid, stage, unit)) === key,
    );
    // An announcement that the chain did not take in time is made anew: one of them must be the one on chain.
    if (!announced.some(({ commitment }) => commitment === award.commitment)) {
      const last = announced.at(-1);
      report('award-differs', { process, key, ...named(last) }, award.commitment, last?.commitment);
    }
  }
}

const named = (checked: CheckedRecord | undefined) =>
  checked === undefined ? {} : { recordId: checked.record.id };
