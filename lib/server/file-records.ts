import { randomBytes } from 'node:crypto';
import { signPromise, type FilingPromise } from '@/lib/evidence/receipt';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import { commit, SALT_SIZE } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText, type JsonObject } from '@/lib/record/jcs';
import { entrySchema, type Entry, type TenderRecord } from '@/lib/record/record';
import type { NewRecord } from '@/lib/procedure/decision';
import { FILING_STAGE, type Phase } from '@/lib/procedure/phases';
import type { Actor } from '@/lib/procedure/roles';
import type { Filed } from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';
import { nativeSign } from './ed25519';
import { uuidv7 } from './ids';
import type { Tx } from './load-process';
import type { World } from './world';

/** What the filer gets back for one record. */
export interface FiledReceipt {
  recordId: string;
  /** 64 hex digits. */
  commitment: string;
}

/** A record as it was filed just now. */
export interface FiledRecord extends FiledReceipt {
  record: TenderRecord;
}

/** A record that was filed in this very transaction, as it will be read: not in the log yet. */
export const justFiled = ({ record, commitment }: FiledRecord): Filed => ({
  id: record.id,
  type: record.type as RecordType,
  time: record.time,
  stage: record.stage ?? null,
  round: record.round ?? 0,
  unit: record.unit ? { lot: record.unit.lot, part: record.unit.part as Unit['part'] } : null,
  actor: record.actor,
  documents: record.documents,
  refs: record.refs,
  data: record.data as never,
  commitment,
  index: null,
  anchorIndex: null,
});

/** Where in a process a record is filed. */
export interface FilingPlace {
  id: string;
  ocid: string;
  /** The phase of the scope that it is filed in: a record whose stage has closed enters the open one (protocol §3). */
  phase: Phase;
  unit: Unit | null;
}

interface Place {
  /** Absent for registry-wide records. */
  tender?: FilingPlace;
  actor: Actor;
  now: number;
  /** Storage keys of documents that the registry made and stored itself, by id; all others were uploaded. */
  stored?: ReadonlyMap<string, string>;
}

/** The record exactly as it will be committed (protocol §1). */
export function buildRecord(draft: NewRecord, { tender, actor, now }: Place): TenderRecord {
  const own = CATALOGUE[draft.type].stage;
  const stage = own === null || !tender ? own : Math.max(own, FILING_STAGE[tender.phase]);
  const unit = draft.unit === undefined ? tender?.unit : draft.unit;
  return {
    v: 1,
    id: draft.signed?.id ?? uuidv7(now),
    type: draft.type,
    ...(tender ? { ocid: tender.ocid } : {}),
    ...(unit ? { unit: { lot: unit.lot, part: unit.part } } : {}),
    ...(stage === null ? {} : { stage, round: 0 }),
    time: draft.signed?.time ?? new Date(now).toISOString(),
    actor: { organization: actor.organization.id, person: actor.person, role: draft.role },
    documents: draft.documents ?? [],
    refs: draft.refs ?? [],
    // The catalogue's schema drops what zod marks as optional and undefined; JCS takes nothing undefined.
    data: JSON.parse(JSON.stringify(CATALOGUE[draft.type].data.parse(draft.data))) as JsonObject,
  };
}

/**
 * The promise of protocol §6: sequenced within a second, anchored within the interval, the quiet before a due time, and the
 * time to mine it (lib/worker/quiet.ts).
 */
function promiseFor(commitment: string, now: number, world: World): FilingPromise & { signature: string } {
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const { ANCHOR_INTERVAL_SECONDS: interval, ANCHOR_QUIET_SECONDS: quiet } = world.env;
  const anchoredBy = at(2 * interval + quiet + 60);
  const promise: FilingPromise = { commitment, time: at(0), sequencedBy: at(1), anchoredBy };
  return { ...promise, signature: signPromise(promise, fromHex(world.env.LOG_KEY, 32), nativeSign) };
}

interface Sealed {
  record: TenderRecord;
  /** JCS of the entry. */
  text: string;
  salt: Uint8Array<ArrayBuffer>;
  commitment: Uint8Array<ArrayBuffer>;
}

function seal(draft: NewRecord, place: Place): Sealed {
  const record = buildRecord(draft, place);
  const entry: Entry = entrySchema.parse({ record, signatures: draft.signatures ?? [] });
  const salt = new Uint8Array(randomBytes(SALT_SIZE));
  return { record, text: canonicalText(entry), salt, commitment: new Uint8Array(commit(salt, entry)) };
}

/**
 * Records, entries and the sequencer's queue by one statement, since an act holds its tender's lock as long as this takes.
 * Numbers are given in the order of the records.
 */
async function insertAll(tx: Tx, world: World, filed: readonly Sealed[], place: Place): Promise<void> {
  const rows = filed.map(({ record, text, salt, commitment }, at) => ({
    ...{ at, id: record.id, type: record.type, time: record.time, text },
    ...{ stage: record.stage ?? null, round: record.round ?? null },
    ...{ lot: record.unit?.lot ?? null, part: record.unit?.part ?? null },
    ...{ salt: toHex(salt), commitment: toHex(commitment) },
    promise: promiseFor(toHex(commitment), place.now, world),
  }));
  const { person, organization } = place.actor;
  await tx.$executeRaw`
    WITH filed AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS x(
        at int, id uuid, type text, time timestamptz, text text, stage int, round int, lot text, part text,
        salt text, commitment text, promise jsonb)
    ), noted AS (
      INSERT INTO records (id, type, "tenderId", stage, round, lot, part, time, commitment, promise, "personId", "organizationId")
      SELECT id, type, ${place.tender?.id ?? null}::uuid, stage, round, lot, part, time, decode(commitment, 'hex'), promise,
             ${person}, ${organization.id}
        FROM filed ORDER BY at
    ), kept AS (
      INSERT INTO entries ("recordId", text, salt) SELECT id, text, decode(salt, 'hex') FROM filed
    )
    INSERT INTO filings (commitment, "filedAt")
    SELECT decode(commitment, 'hex'), ${new Date(place.now)}::timestamptz FROM filed ORDER BY at`;
}

/**
 * Files records inside the caller's transaction: record, entry and salt, and the commitment in the sequencer's queue.
 * Either all of it is there or nothing is.
 */
export async function fileRecords(
  tx: Tx,
  world: World,
  drafts: NewRecord[],
  place: Place,
): Promise<FiledRecord[]> {
  if (drafts.length === 0) return [];
  const filed = drafts.map((draft) => seal(draft, place));
  await insertAll(tx, world, filed, place);
  for (const { record } of filed) await fileDocuments(tx, record, place.stored);
  return filed.map(({ record, commitment }) => ({
    recordId: record.id,
    commitment: toHex(commitment),
    record,
  }));
}

/** Moves the uploads that a record names into it: an upload can become part of one record only. */
async function fileDocuments(
  tx: Tx,
  record: TenderRecord,
  stored: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const { documents } = record;
  if (documents.length === 0) return;
  const uploads = await tx.upload.updateManyAndReturn({
    where: { id: { in: documents.map(({ id }) => id) }, usedBy: null },
    data: { usedBy: record.id },
    select: { id: true, storageKey: true },
  });
  const keys = new Map([...stored, ...uploads.map(({ id, storageKey }) => [id, storageKey] as const)]);
  await tx.recordDocument.createMany({
    data: documents.map(({ id, sha256, title, mediaType, size }) => {
      const storageKey = keys.get(id);
      if (storageKey === undefined) throw new Error(`Upload ${id} is not there, or part of a record already`);
      return { id, recordId: record.id, sha256, title, storageKey, mediaType, size };
    }),
  });
}
