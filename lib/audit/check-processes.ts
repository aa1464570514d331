import type { AuditOptions } from './audit';
import type { Slice } from './reread';
import { factsWord, readChainFacts, stageId } from './chain-facts';
import { checkErased, type Erasures, type LoggedKeys } from './check-erased';
import { checkProcess, PUBLISHED_WITHIN, type ProcessContext } from './check-process';
import { checkRecord, type CheckedRecord } from './check-record';
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
  const erasures: Erasures[] = [];
  const keys = await checkKnown(options, check);
  for (const [done, process] of keys.entries()) {
    options.progress?.('processes', done, keys.length);
    const known = state.processes[process.key];
    const due = check.whole || (options.slice !== undefined && inSlice(options.slice, process.key));
    if (!due && (await unchanged(options, check.hash, known, process))) continue;
    const checked = await one(options, context, process, known?.records ?? {});
    if (checked === null) continue;
    for (const [id, list] of checked.lists) lists.set(id, list);
    // What could not be checked yet must not pass for checked.
    const change = checked.ahead ? '' : process.change;
    processes[process.key] = { change, chain: checked.chain, records: checked.records };
    if (checked.erased > 0) erasures.push(checked.erasures);
    counts.processes += 1;
    counts.records += Object.keys(checked.records).length;
    counts.withheld += checked.withheld;
    counts.erased += checked.erased;
  }
  options.progress?.('processes', keys.length, keys.length);
  const wide = await registryWide(options, context, state.registryRecords);
  const registryRecords = wide.records;
  counts.records += Object.keys(registryRecords).length;
  // Last, since the key of an order is older than the order.
  for (const erasure of [...erasures, wide.erasures]) await checkErased(context, wide.keys, erasure);
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

type KnownProcess = AuditState['processes'][string];

/** The registry's own word is enough to look again, and never enough not to: the chain is asked too. */
async function unchanged(
  { sources }: AuditOptions,
  hash: Hash,
  known: KnownProcess | undefined,
  { key, change }: ListedProcess,
): Promise<boolean> {
  if (known === undefined || known.change === '' || known.change !== change) return false;
  return factsWord(hash, await readChainFacts(sources.ledger, key)) === known.chain;
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
  const erasures: Erasures = { rows: published.records, checked: checked.checked, stages: published.stages };
  return { ...checked, chain: factsWord(context.hash, facts), erasures };
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
    // Of what can still be read, the entry itself says where it is.
    else if (row.entry === null && row.index !== index)
      report('entry-moved', { recordId, index }, `index ${index}`, `index ${row.index}`);
  }
}

async function registryWide(
  { sources }: AuditOptions,
  context: ProcessContext,
  before: Readonly<Record<string, number>>,
): Promise<{ records: Record<string, number>; keys: LoggedKeys; erasures: Erasures }> {
  const rows = await sources.registry.registryRecords();
  const records: Record<string, number> = {};
  const keys = new Map<string, { record: CheckedRecord['record']; index: number }>();
  for (const row of rows) {
    const found = await checkRecord(context, row, null);
    if (found?.index == null) continue;
    records[row.id] = found.index;
    keys.set(found.commitment, { record: found.record, index: found.index });
  }
  withdrawn(context.report, before, rows);
  // Orders are records of a process: nothing here can be erased.
  return { records, keys, erasures: { rows, checked: [], stages: [] } };
}
