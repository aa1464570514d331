import type { ListedProcess, PublishedAnchor, PublishedProcess, PublishedRecord } from '@/lib/audit/sources';
import { DISCLOSURE, mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import type { Filed, Process } from '@/lib/procedure/state';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { publicAtFiling } from '@/lib/server/disclosed-records';
import { loadProcess, readableBy, unitOf } from '@/lib/server/load-process';
import type { World } from '@/lib/server/world';
import { tenderOfKey } from './database-source';
import { anchorRows, recordRows, stageRows, withIds } from './rows';

// What strangers may read for an audit: the disclosure table decides, as everywhere. A page is bounded in rows and bytes.

/** Processes on one page. */
const PROCESSES = 20;
/** Records on one page, and the bytes of their entries after which a page ends. */
const RECORDS = 200;
const PAGE_BYTES = 4_194_304;

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

/** Cuts a page out of a list of ids, and reads its rows, in the order of the list. */
async function recordPage(
  world: World,
  ids: readonly string[],
  from: number,
): Promise<Page<PublishedRecord>> {
  const wanted = ids.slice(from, from + RECORDS);
  const rows = new Map((await recordRows(world.db, withIds(wanted))).map((row) => [row.id, row]));
  const items: PublishedRecord[] = [];
  let bytes = 0;
  let next = from;
  for (const id of wanted) {
    const row = rows.get(id);
    bytes += row?.entry?.length ?? 0;
    // At least one, or a page would never end.
    if (items.length > 0 && bytes > PAGE_BYTES) break;
    if (row) items.push(row);
    next += 1;
  }
  return { items, next: next < ids.length && next > from ? next : null };
}

/** What strangers may read of a process, erased records among them: those say that they are gone. */
const shownOf = (process: Process) => ({
  filed: process.filed.filter((record) => mayRead(process, record, PUBLIC_VIEWER)),
  erased: process.erased.filter((record) => mayRead(process, record, PUBLIC_VIEWER)),
});

const UNREAD: Omit<Filed, 'id' | 'type' | 'stage' | 'round' | 'unit'> = {
  time: '',
  actor: { person: '', organization: '', role: '' },
  documents: [],
  refs: [],
  data: {} as never,
  commitment: '',
  index: null,
  anchorIndex: null,
};

interface PlacedRow {
  id: string;
  type: string;
  stage: number | null;
  round: number | null;
  lot: string | null;
  part: string | null;
}

/**
 * The process with every record of it that was filed, those too whose entries are gone or cannot be read any more: they
 * are shown as they stand, and what was shown because of them still is. Else altering one entry would hide it, and others.
 */
async function withUnread({ db }: World, tenderId: string, process: Process): Promise<Process> {
  const rows = await db.$queryRaw<PlacedRow[]>`
    SELECT r.id, r.type, r.stage, r.round, r.lot, r.part FROM records r
     WHERE r."tenderId" = ${tenderId}::uuid ${readableBy(tenderId, PUBLIC_VIEWER)} ORDER BY r.filing`;
  const known = new Set([...process.filed, ...process.erased].map(({ id }) => id));
  const unread = rows.filter(({ id, type }) => !known.has(id) && Object.hasOwn(CATALOGUE, type));
  const filed = unread.map(({ id, type, stage, round, ...row }) => ({
    ...UNREAD,
    id,
    type: type as RecordType,
    stage,
    round: round ?? 0,
    unit: unitOf(row),
  }));
  return { ...process, filed: [...process.filed, ...filed] };
}

/** One published process, with one page of its records; null when there is none that strangers may know of. */
export async function publishedProcess(
  world: World,
  key: string,
  from: number,
): Promise<(PublishedProcess & { next: number | null }) | null> {
  const tender = await tenderOfKey(world.db, key);
  const process = tender && (await loadProcess(world.db, world, tender.id, PUBLIC_VIEWER));
  if (!tender || !process || process.chain.opening === null) return null;
  const { filed, erased } = shownOf(await withUnread(world, tender.id, process));
  const ids = [...filed, ...erased].map(({ id }) => id);
  const [stages, page] = await Promise.all([stageRows(world.db, tender.id), recordPage(world, ids, from)]);
  return { key, ocid: process.ocid, stages, records: page.items, next: page.next };
}

/** Records of no process that are public when they are filed (signing keys). */
export async function publishedRegistryRecords(world: World, from: number): Promise<Page<PublishedRecord>> {
  const types = Object.keys(DISCLOSURE).filter(publicAtFiling);
  const rows = await world.db.record.findMany({
    where: { tenderId: null, type: { in: types } },
    orderBy: { filing: 'asc' },
    select: { id: true },
  });
  return recordPage(
    world,
    rows.map(({ id }) => id),
    from,
  );
}

/** Published processes, each with a word that changes when something of it that is public changes. */
export async function publishedProcesses(world: World, from: number): Promise<Page<ListedProcess>> {
  const rows = await world.db.$queryRaw<{ id: string; ocid: string }[]>`
    SELECT t.id, t.ocid FROM chain_openings c JOIN tenders t ON t.id = c."tenderId"
     ORDER BY c.time, t.id LIMIT ${PROCESSES + 1} OFFSET ${from}`;
  const items: ListedProcess[] = [];
  for (const { id, ocid } of rows.slice(0, PROCESSES)) {
    const process = await loadProcess(world.db, world, id, PUBLIC_VIEWER);
    if (process)
      items.push({ key: toHex(processKey(ocid)), ocid, change: changeWord(process), published: true });
  }
  return { items, next: rows.length > PROCESSES ? from + PROCESSES : null };
}

/** Counts only what is public: how many bids there are is nobody's business before the opening. */
function changeWord(process: Process): string {
  const { filed, erased } = shownOf(process);
  const sequenced = filed.filter(({ index }) => index !== null).length;
  return [filed.length, sequenced, erased.length, process.chain.closures.length].join('-');
}

/** Anchors as evidence states them, from an index on. */
export const publishedAnchors = (world: World, from: number): Promise<PublishedAnchor[]> =>
  // The index is a 32-bit number in the database; beyond it there is nothing.
  from > 0x7fffffff ? Promise.resolve([]) : anchorRows(world.db, from);
