import { Prisma, type Tender } from '@/prisma/generated/client';
import { DISCLOSURE, type Viewer } from '@/lib/procedure/disclosure';
import { CATALOGUE, RECORD_TYPES, type RecordType } from '@/lib/record/catalogue';
import type { NoticeDraft } from '@/lib/record/notice';
import type { TenderRecord } from '@/lib/record/record';
import type { ChainFacts, Closure, Erased, Filed, Process } from '@/lib/procedure/state';
import type { Part, Unit } from '@/lib/procedure/units';
import type { PrismaClient } from '@/prisma/generated/client';
import type { World } from './world';

export type Tx = Prisma.TransactionClient | PrismaClient;

interface Row {
  id: string;
  type: string;
  text: string | null;
  commitment: Uint8Array;
  index: bigint | null;
  anchor: number | null;
  time: Date;
  stage: number | null;
  round: number | null;
  lot: string | null;
  part: string | null;
  person: string;
  organization: string;
  erasedAt: Date | null;
  order: string | null;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The unit of a row; null where the process is not divided. */
export const unitOf = ({ lot, part }: { lot: string | null; part: string | null }): Unit | null =>
  lot === null || part === null ? null : { lot, part: part as Part };

/** The record in an entry's text; null when there is none: altered behind our back, which the audit names. */
function recordOf(text: string): TenderRecord | null {
  try {
    const { record } = JSON.parse(text) as { record: TenderRecord };
    return [record.actor, record.data].every((part) => typeof part === 'object' && part !== null)
      ? record
      : null;
  } catch {
    return null;
  }
}

function toFiled(row: Row): Filed | null {
  // An unknown type belongs to a later version of the catalogue.
  if (row.text === null || !(row.type in CATALOGUE)) return null;
  const record = recordOf(row.text);
  if (record === null) return null;
  return {
    id: row.id,
    type: row.type as RecordType,
    time: record.time,
    stage: row.stage,
    round: row.round ?? 0,
    unit: unitOf(row),
    actor: record.actor,
    documents: record.documents,
    refs: record.refs,
    data: record.data as never,
    commitment: hex(row.commitment),
    index: row.index === null ? null : Number(row.index),
    anchorIndex: row.anchor,
  };
}

/** An erased entry leaves its commitment, its place in the log, and the order. */
function toErased(row: Row): Erased | null {
  if (row.text !== null || row.erasedAt === null || row.order === null || !(row.type in CATALOGUE))
    return null;
  return {
    id: row.id,
    type: row.type as RecordType,
    time: row.time.toISOString(),
    unit: unitOf(row),
    actor: { person: row.person, organization: row.organization },
    commitment: hex(row.commitment),
    index: row.index === null ? null : Number(row.index),
    erasedAt: row.erasedAt.toISOString(),
    order: row.order,
  };
}

function announcementOf(
  row: { award: Uint8Array | null; standstillEnds: Date | null; announcedAt: Date | null } | null,
): ChainFacts['announcement'] {
  if (!row?.award || !row.standstillEnds || !row.announcedAt) return null;
  return {
    commitment: hex(row.award),
    standstillEnds: row.standstillEnds.toISOString(),
    time: row.announcedAt.toISOString(),
  };
}

const NOTHING_ON_CHAIN: ChainFacts = {
  opening: null,
  announcement: null,
  closures: [],
  units: [],
  keysets: [],
};

async function chainFacts(tx: Tx, tenderId: string): Promise<ChainFacts> {
  const opening = await tx.chainOpening.findUnique({ where: { tenderId } });
  // The contract knows nothing else of a tender that is not open: three questions less for every act on a draft.
  if (opening === null) return NOTHING_ON_CHAIN;
  const [closures, units, committees] = await Promise.all([
    tx.stageClosure.findMany({ where: { tenderId }, orderBy: [{ stage: 'asc' }, { round: 'asc' }] }),
    tx.chainUnit.findMany({ where: { tenderId }, orderBy: [{ blockNumber: 'asc' }, { key: 'asc' }] }),
    tx.chainCommittee.findMany({ where: { tenderId }, orderBy: { version: 'asc' } }),
  ]);
  const known = new Map(units.map((u) => [u.key, unitOf(u)]));
  return {
    opening: {
      time: opening.time.toISOString(),
      bidsDue: opening.bidsDue.toISOString(),
      standstill: opening.standstill,
      blockNumber: opening.blockNumber,
      transactionHash: opening.transactionHash,
    },
    announcement: announcementOf(opening),
    units: units.map((u) => ({
      unit: { lot: u.lot, part: u.part as Part },
      key: u.key,
      announcement: announcementOf(u),
    })),
    keysets: committees.map((c) => hex(c.keyset)),
    closures: closures.map((c): Closure => ({
      key: c.key,
      unit: known.get(c.key) ?? null,
      stage: c.stage,
      round: c.round,
      rootHash: hex(c.rootHash),
      count: c.count,
      anchorIndex: c.anchorIndex,
      time: c.time.toISOString(),
      blockNumber: c.blockNumber,
      transactionHash: c.transactionHash,
      reason: c.reason,
    })),
  };
}

/** What a process needs of its row. */
export type TenderRow = Pick<Tender, 'ocid' | 'organizationId' | 'createdBy' | 'draft'>;

/** Takes the lock of a process for this transaction. @returns its row as it is under the lock; null when there is none */
export async function lockTender(tx: Tx, tenderId: string): Promise<TenderRow | null> {
  const [row] = await tx.$queryRaw<TenderRow[]>`
    SELECT ocid, "organizationId", "createdBy", draft FROM tenders WHERE id = ${tenderId}::uuid FOR UPDATE`;
  return row ?? null;
}

/** What nobody but its filer may read before the opening, whatever the role: bids, and what tells of them. */
const SEALED = RECORD_TYPES.filter((type) => {
  const { public: moment, ...roles } = DISCLOSURE[type];
  return moment === 'opening' && Object.keys(roles).length === 0;
});

/**
 * Leaves out, until a report on an opening is filed, what the reader may not read of the bids. The disclosure table would
 * take it out later; here it is not even read, lest the time that an answer takes tell how many bids there are.
 */
export const readableBy = (tenderId: string, { person, organizationId }: BidReader): Prisma.Sql => Prisma.sql`
  AND (r.type NOT IN (${Prisma.join(SEALED)})
       OR r."personId" = ${person} OR r."organizationId" = ${organizationId}
       OR EXISTS (SELECT 1 FROM records o WHERE o."tenderId" = ${tenderId}::uuid AND o.type = 'opening-report'))`;

/** Somebody who reads a process; null for a citizen without an account. */
export type BidReader = Pick<Viewer, 'person' | 'organizationId'>;

/**
 * A process: every record, with its place in the log, and what the chain says; for a `reader` without the sealed bids of
 * others. What decides on an act, and whoever opens bids, needs it whole. Null when there is none.
 * @param locked its row, where the caller has it from `lockTender`
 */
export async function loadProcess(
  tx: Tx,
  world: World,
  tenderId: string,
  reader?: BidReader,
  locked?: TenderRow,
): Promise<Process | null> {
  const tender = locked ?? (await tx.tender.findUnique({ where: { id: tenderId } }));
  if (!tender) return null;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.type, e.text, r.commitment, l.index,
           r.time, r.stage, r.round, r.lot, r.part, r."personId" AS person, r."organizationId" AS organization,
           x."erasedAt", x."erasureRecordId" AS order,
           (SELECT min(a.index) FROM anchors a WHERE a."treeSize" > l.index) AS anchor
      FROM records r
      LEFT JOIN entries e ON e."recordId" = r.id
      LEFT JOIN erasures x ON x."recordId" = r.id
      LEFT JOIN log_leaves l ON l.commitment = r.commitment
     WHERE r."tenderId" = ${tenderId}::uuid ${reader ? readableBy(tenderId, reader) : Prisma.empty}
     ORDER BY r.filing`;
  return {
    ocid: tender.ocid,
    organizationId: tender.organizationId,
    createdBy: tender.createdBy,
    chainId: world.env.CHAIN_ID,
    contract: world.env.CONTRACT_ADDRESS.toLowerCase(),
    draft: tender.draft as NoticeDraft | null,
    unit: null,
    before: null,
    filed: rows.map(toFiled).filter((f): f is Filed => f !== null),
    erased: rows.map(toErased).filter((e): e is Erased => e !== null),
    chain: await chainFacts(tx, tenderId),
  };
}
