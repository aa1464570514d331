import type { AuditOptions } from './audit';
import type { Slice } from './reread';
import { readChainFacts, stageId } from './chain-facts';
import { checkProcess, PUBLISHED_WITHIN, type ProcessContext } from './check-process';
import { checkRecord } from './check-record';
import type { AnchorFinder } from './find-anchor';
import type { Report } from './finding';
import type { Followed } from './follow-log';
import type { LeafReader } from './old-leaves';
import type { Hash, TreeHasher } from './peaks';
import type { ListedProcess, PublishedRecord, PublishedStage } from './sources';
import type { AuditState } from './state';

export interface ProcessesCheck {
  readonly listed: readonly ListedProcess[];
  readonly whole: boolean;
  readonly state: AuditState;
  readonly report: Report;
  readonly tree: TreeHasher;
  readonly hash: Hash;
  readonly followed: Followed;
  readonly leaf: LeafReader;
  readonly find: (leafHash: Uint8Array) => number | null;
  readonly anchors: AnchorFinder;
}

export interface ProcessesChecked {
  readonly processes: AuditState['processes'];
  readonly registryRecords: AuditState['registryRecords'];
  readonly counts: { processes: number; records: number; withheld: number; erased: number };
  readonly recordAt: (index: number) => string | undefined;
  readonly list: (key: string, stage: number, round: number) => PublishedStage | null;
}

/** Every process, published or on chain, and the records of no process. */
export async function checkProcesses(
  options: AuditOptions,
  check: ProcessesCheck,
): Promise<ProcessesChecked> {
  const { sources, registry } = options;
  const { state, followed } = check;
  const context: ProcessContext = {
    ...check,
    size: followed.tree.size,
    blockNumber: await sources.ledger.blockNumber(),
    confirmations: registry.confirmations,
    now: Math.floor(options.now / 1000),
  };
  const lists = new Map<string, PublishedStage>();
  const processes: AuditState['processes'] = { ...state.processes };
  const counts = { processes: 0, records: 0, withheld: 0, erased: 0 };
  const keys = await checkKnown(options, check);
  for (const [done, process] of keys.entries()) {
    const known = state.processes[process.key];
    const due = check.whole || (options.slice !== undefined && inSlice(options.slice, process.key));
    if (!due && known?.change === process.change) continue;
    const checked = await one(options, context, process, known?.records ?? {});
    options.progress?.('processes', done + 1, keys.length);
    if (checked === null) continue;
    for (const [id, list] of checked.lists) lists.set(id, list);
    // What could not be checked yet must not pass for checked.
    const change = checked.ahead ? '' : process.change;
    processes[process.key] = { change, records: checked.records };
    counts.processes += 1;
    counts.records += Object.keys(checked.records).length;
    counts.withheld += checked.withheld;
    counts.erased += checked.erased;
  }
  const registryRecords = await registryWide(options, context, state.registryRecords);
  counts.records += Object.keys(registryRecords).length;
  const list = (key: string, stage: number, round: number) =>
    lists.get(stageId({ key, stage, round })) ?? null;
  return {
    processes,
    registryRecords,
    counts,
    recordAt: recordsByIndex({ processes, registryRecords }),
    list,
  };
}

/** Keys are digests: their first digits spread them evenly. */
const inSlice = ({ part, parts }: Slice, key: string) =>
  Number.parseInt(key.slice(0, 8), 16) % parts === part;

/** Which record was published at an index of the log. */
export function recordsByIndex({
  processes,
  registryRecords,
}: Pick<AuditState, 'processes' | 'registryRecords'>): (index: number) => string | undefined {
  let table: Map<number, string> | null = null;
  const maps = [registryRecords, ...Object.values(processes).map(({ records }) => records)];
  return (index) => {
    table ??= new Map(maps.flatMap((map) => Object.entries(map).map(([id, at]) => [at, id] as const)));
    return table.get(index);
  };
}

/** The chain's processes and the registry's must be the same ones. @returns those to look at. */
async function checkKnown(
  { sources, now }: AuditOptions,
  { listed, report }: ProcessesCheck,
): Promise<ListedProcess[]> {
  const { ledger } = sources;
  const count = await ledger.processCount();
  const onChain = new Set<string>();
  for (let i = 0; i < count; i += 1) onChain.add(await ledger.processAt(i));
  const published = new Set(listed.map(({ key }) => key));
  for (const process of onChain) {
    if (published.has(process)) continue;
    const opened = (await ledger.tenderOf(process))?.time ?? 0;
    if (now / 1000 >= opened + PUBLISHED_WITHIN) report('process-missing', { process }, 'published', null);
  }
  for (const { key, published: shown } of listed)
    if (shown && !onChain.has(key)) report('process-not-on-chain', { process: key }, null, 'published');
  return [...listed];
}

async function one(
  { sources }: AuditOptions,
  context: ProcessContext,
  { key, published: shown }: ListedProcess,
  before: Readonly<Record<string, number>>,
) {
  const published = await sources.registry.process(key);
  if (published === null) {
    context.report('process-missing', { process: key }, 'published', null);
    return null;
  }
  const facts = await readChainFacts(sources.ledger, key);
  const checked = await checkProcess(context, shown || facts !== null ? facts : null, published);
  withdrawn(context.report, before, published.records);
  return checked;
}

/** What anybody could read once stays readable, or is listed as erased; and a leaf never leaves the log. */
function withdrawn(
  report: Report,
  before: Readonly<Record<string, number>>,
  now: readonly PublishedRecord[],
): void {
  const present = new Map(now.map((row) => [row.id, row]));
  for (const [recordId, index] of Object.entries(before)) {
    const row = present.get(recordId);
    if (row === undefined)
      report('record-withdrawn', { recordId, index }, 'published, or listed as erased', null);
    else if (row.index === null) report('record-not-in-log', { recordId }, `index ${index}`, null);
  }
}

async function registryWide(
  { sources }: AuditOptions,
  context: ProcessContext,
  before: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const rows = await sources.registry.registryRecords();
  const found: Record<string, number> = {};
  for (const row of rows) {
    const checked = await checkRecord(context, row, null);
    if (checked?.index != null) found[row.id] = checked.index;
  }
  withdrawn(context.report, before, rows);
  return found;
}
