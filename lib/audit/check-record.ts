import { CLOCK_TOLERANCE } from '@/lib/evidence/context';
import { leafHash } from '@/lib/merkle/hash';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { parseStrict } from '@/lib/record/jcs';
import { entrySchema, MAX_ENTRY_LENGTH, type TenderRecord } from '@/lib/record/record';
import type { AnchorFinder } from './find-anchor';
import type { Report } from './finding';
import { same } from './log-tile';
import type { LeafReader } from './old-leaves';
import type { Hash } from './peaks';
import type { PublishedRecord } from './sources';

export interface RecordContext {
  readonly report: Report;
  readonly hash: Hash;
  readonly leaf: LeafReader;
  /** Looks through the leaves of this pass for a leaf hash; null when it is not among them. */
  readonly find: (leafHash: Uint8Array) => number | null;
  readonly size: number;
  readonly anchors: AnchorFinder;
}

export interface CheckedRecord {
  readonly record: TenderRecord;
  readonly commitment: string;
  /** Where the log holds it, as found out here; null where it does not. */
  readonly index: number | null;
}

const utf8 = new TextEncoder();

/** SHA-256(salt ‖ entry as it stands): the text itself is hashed, so that nothing is lost in reading it. */
function commitmentOf(hash: Hash, salt: string, entry: string): Uint8Array {
  const text = utf8.encode(entry);
  const input = new Uint8Array(32 + text.length);
  input.set(fromHex(salt, 32));
  input.set(text, 32);
  return hash(input);
}

function parseEntry(text: string): { ok: true; record: TenderRecord } | { ok: false; detail: string } {
  try {
    const value = parseStrict(text, { canonical: true, maxLength: MAX_ENTRY_LENGTH });
    const parsed = entrySchema.safeParse(value);
    if (parsed.success) return { ok: true, record: parsed.data.record };
    return { ok: false, detail: parsed.error.issues[0]?.message ?? 'not an entry' };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'not JSON' };
  }
}

/**
 * One published record: its entry in canonical form, its commitment in the log where the registry says, the facts beside
 * it, and its time not after the anchor that already holds it. Null when the entry was erased or cannot be read.
 */
export async function checkRecord(
  context: RecordContext,
  published: PublishedRecord,
  ocid: string | null,
): Promise<CheckedRecord | null> {
  const { report, hash } = context;
  const { entry, salt, id: recordId } = published;
  if (entry === null || salt === null || !isHex(salt, 32)) {
    if (!published.erased)
      report('entry-missing', { recordId, ...place(published) }, 'an entry and its salt', null);
    return null;
  }
  const digest = commitmentOf(hash, salt, entry);
  const commitment = toHex(digest);
  const index = await checkPlace(context, published, leafHash(digest));
  const parsed = parseEntry(entry);
  if (!parsed.ok) {
    report('entry-malformed', { recordId, ...place(published) }, 'an entry in canonical form', parsed.detail);
    return null;
  }
  const { record } = parsed;
  checkRow(report, published, record, commitment, ocid);
  const anchor = index === null ? null : await context.anchors.holding(index);
  if (anchor !== null && Date.parse(record.time) > anchor.time * 1000 + CLOCK_TOLERANCE) {
    const expected = new Date(anchor.time * 1000).toISOString();
    report('record-after-anchor', { recordId, ...(index === null ? {} : { index }) }, expected, record.time);
  }
  return { record, commitment, index };
}

const place = ({ index }: PublishedRecord) => (index === null ? {} : { index });

/** @returns where the log holds it. */
async function checkPlace(
  context: RecordContext,
  published: PublishedRecord,
  own: Uint8Array,
): Promise<number | null> {
  const { report, size } = context;
  const { id: recordId, index, anchoredBy } = published;
  // Sequenced after the checkpoint that is being checked: the next audit sees it.
  if (index !== null && index >= size) return null;
  if (index === null) {
    const due = await context.anchors.from(Math.ceil(Date.parse(anchoredBy) / 1000));
    const elsewhere = due === null ? null : context.find(own);
    if (due === null || elsewhere !== null) return elsewhere;
    report('record-not-in-log', { recordId }, `leaf hash ${toHex(own)} below ${due.treeSize}`, null);
    return null;
  }
  const leaf = await context.leaf(index);
  if (leaf !== null && same(leaf, own)) return index;
  const elsewhere = context.find(own);
  if (elsewhere !== null) {
    report('entry-moved', { recordId, index }, `index ${elsewhere}`, `index ${index}`);
    return elsewhere;
  }
  const expected = leaf === null ? 'a leaf that the log proves' : `leaf hash ${toHex(leaf)}`;
  report('entry-differs', { recordId, index }, expected, `leaf hash ${toHex(own)}`);
  return null;
}

/** What the registry keeps beside an entry is what its lists, searches and clocks use: it must say the same. */
function checkRow(
  report: Report,
  row: PublishedRecord,
  record: TenderRecord,
  commitment: string,
  ocid: string | null,
): void {
  const facts: [string, string | number | null | undefined, string | number | null | undefined][] = [
    ['id', record.id, row.id],
    ['type', record.type, row.type],
    ['stage', record.stage ?? null, row.stage],
    ['round', record.round ?? null, row.round],
    ['time', record.time, row.time],
    ['ocid', record.ocid ?? null, ocid],
    ['commitment', commitment, row.commitment],
  ];
  for (const [field, expected, found] of facts)
    if (expected !== found)
      report('record-row-differs', { recordId: row.id, ...place(row), field }, expected, found);
}
