import { randomBytes } from 'node:crypto';
import { signPromise, type FilingPromise } from '@/lib/evidence/receipt';
import { CATALOGUE } from '@/lib/record/catalogue';
import { commit, SALT_SIZE } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText, type JsonObject } from '@/lib/record/jcs';
import { entrySchema, type Entry, type TenderRecord } from '@/lib/record/record';
import type { NewRecord } from '@/lib/procedure/decision';
import type { Actor } from '@/lib/procedure/roles';
import { uuidv7 } from './ids';
import type { Tx } from './load-process';
import type { World } from './world';

/** What the filer gets back for one record. */
export interface FiledReceipt {
  recordId: string;
  /** 64 hex digits. */
  commitment: string;
}

interface Place {
  /** Absent for registry-wide records. */
  tender?: { id: string; ocid: string };
  actor: Actor;
  now: number;
}

/** The record exactly as it will be committed (protocol §1). */
export function buildRecord(draft: NewRecord, { tender, actor, now }: Place): TenderRecord {
  const { stage } = CATALOGUE[draft.type];
  return {
    v: 1,
    id: draft.signed?.id ?? uuidv7(now),
    type: draft.type,
    ...(tender ? { ocid: tender.ocid } : {}),
    ...(stage === null ? {} : { stage, round: 0 }),
    time: draft.signed?.time ?? new Date(now).toISOString(),
    actor: { organization: actor.organization.id, person: actor.person, role: draft.role },
    documents: draft.documents ?? [],
    refs: draft.refs ?? [],
    // The catalogue's schema drops what zod marks as optional and undefined; JCS takes nothing undefined.
    data: JSON.parse(JSON.stringify(CATALOGUE[draft.type].data.parse(draft.data))) as JsonObject,
  };
}

/** The promise of protocol §6: sequenced within a second, anchored within the interval (and the time to mine it). */
function promiseFor(commitment: string, now: number, world: World): FilingPromise & { signature: string } {
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const promise: FilingPromise = {
    commitment,
    time: at(0),
    sequencedBy: at(1),
    anchoredBy: at(2 * world.env.ANCHOR_INTERVAL_SECONDS + 60),
  };
  return { ...promise, signature: signPromise(promise, fromHex(world.env.LOG_KEY, 32)) };
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
): Promise<FiledReceipt[]> {
  const receipts: FiledReceipt[] = [];
  for (const draft of drafts) {
    const record = buildRecord(draft, place);
    const entry: Entry = entrySchema.parse({ record, signatures: draft.signatures ?? [] });
    const salt = new Uint8Array(randomBytes(SALT_SIZE));
    const commitment = commit(salt, entry);
    const bytes = new Uint8Array(commitment);
    await tx.record.create({
      data: {
        id: record.id,
        type: record.type,
        tenderId: place.tender?.id ?? null,
        stage: record.stage ?? null,
        round: record.round ?? null,
        time: new Date(record.time),
        commitment: bytes,
        promise: promiseFor(toHex(commitment), place.now, world),
        personId: place.actor.person,
        organizationId: place.actor.organization.id,
        entry: { create: { text: canonicalText(entry), salt: new Uint8Array(salt) } },
      },
    });
    await fileDocuments(tx, record);
    await tx.filing.create({ data: { commitment: bytes, filedAt: new Date(place.now) } });
    receipts.push({ recordId: record.id, commitment: toHex(commitment) });
  }
  // Wakes the sequencer when (and only when) this transaction commits.
  if (drafts.length > 0) await tx.$executeRaw`SELECT pg_notify('tenderproof_filed', '')`;
  return receipts;
}

/** Moves the uploads that a record names into it: an upload can become part of one record only. */
async function fileDocuments(tx: Tx, record: TenderRecord): Promise<void> {
  for (const document of record.documents) {
    const upload = await tx.upload.update({
      where: { id: document.id, usedBy: null },
      data: { usedBy: record.id },
    });
    await tx.recordDocument.create({
      data: {
        id: document.id,
        recordId: record.id,
        sha256: document.sha256,
        title: document.title,
        storageKey: upload.storageKey,
        mediaType: document.mediaType,
        size: document.size,
      },
    });
  }
}
