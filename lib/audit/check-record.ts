import { CLOCK_TOLERANCE } from '@/lib/evidence/context';
import { leafHashBy } from '@/lib/merkle/hash';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { parseStrict } from '@/lib/record/jcs';
import { entrySchema, MAX_ENTRY_LENGTH, type Entry } from '@/lib/record/record';
import type { AnchorFinder } from './find-anchor';
import type { Report } from './finding';
import { same } from './log-tile';
import type { LeafReader } from './old-leaves';
import type { Hash } from './peaks';
import type { PublishedRecord } from './sources';

/**
 * Longest time from the one in an honest record to its anchor, in milliseconds: ten minutes to sign what was prepared, and
 * a promise of at most twice the longest interval between anchors (a day). A registry may promise less, never more.
 */
const ANCHORED_WITHIN = 3 * 86_400_000;

export interface RecordContext {
  readonly report: Report;
  readonly hash: Hash;
  readonly leaf: LeafReader;
  /** Looks through the leaves of this pass for a leaf hash; null when it is not among them. */
  readonly find: (leafHash: Uint8Array) => number | null;
  readonly size: number;
  readonly anchors: AnchorFinder;
  /** Seconds since 1970. */
  readonly now: number;
}

export interface CheckedRecord extends Entry {
  readonly commitment: string;
  /** Where the log holds it, as found out here; null where it does not. */
  readonly index: number | null;
  /** Not in this log, and not due in it yet: for the next audit. */
  readonly awaited: boolean;
}

type Place = Pick<CheckedRecord, 'index' | 'awaited'>;

const utf8 = new TextEncoder();

/** SHA-256(salt ‖ entry as it stands): the text itself is hashed, so that nothing is lost in reading it. */
function commitmentOf(hash: Hash, salt: string, entry: string): Uint8Array {
  const text = utf8.encode(entry);
  const input = new Uint8Array(32 + text.length);
  input.set(fromHex(salt, 32));
  input.set(text, 32);
  return hash(input);
}

function parseEntry(text: string): { ok: true; entry: Entry } | { ok: false; detail: string } {
  try {
    const value = parseStrict(text, { canonical: true, maxLength: MAX_ENTRY_LENGTH });
    const parsed = entrySchema.safeParse(value);
    if (parsed.success) return { ok: true, entry: parsed.data };
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
    // Half of an erasure is none: what is said to be erased whole is for `checkErased`.
    if (!published.erased || entry !== null)
      report('entry-missing', { recordId, ...place(published) }, 'an entry and its salt', null);
    return null;
  }
  const digest = commitmentOf(hash, salt, entry);
  const commitment = toHex(digest);
  const parsed = parseEntry(entry);
  const time = parsed.ok ? Date.parse(parsed.entry.record.time) : null;
  const { index, awaited } = await checkPlace(context, published, leafHashBy(hash, digest), time);
  if (!parsed.ok) {
    report('entry-malformed', { recordId, ...place(published) }, 'an entry in canonical form', parsed.detail);
    return null;
  }
  const { record, signatures } = parsed.entry;
  checkRow(report, published, record, commitment, ocid);
  const anchor = index === null ? null : await context.anchors.holding(index);
  if (anchor !== null && Date.parse(record.time) > anchor.time * 1000 + CLOCK_TOLERANCE) {
    const expected = new Date(anchor.time * 1000).toISOString();
    report('record-after-anchor', { recordId, ...(index === null ? {} : { index }) }, expected, record.time);
  }
  return { record, signatures, commitment, index, awaited };
}

const place = ({ index }: PublishedRecord) => (index === null ? {} : { index });

/** @param time of the record, in milliseconds; null when its entry cannot be read, which is named in any case. */
async function checkPlace(
  context: RecordContext,
  published: PublishedRecord,
  own: Uint8Array,
  time: number | null,
): Promise<Place> {
  const { report, size } = context;
  const { id: recordId, index } = published;
  if (index === null || index >= size) {
    const missed = time === null ? null : await missedTime(context, published, time);
    if (missed === null) return { index: null, awaited: time !== null };
    const elsewhere = placeElsewhere(context, published, own);
    if (elsewhere === null)
      report(
        'record-not-in-log',
        { recordId, ...place(published) },
        `leaf hash ${toHex(own)} ${missed}`,
        index,
      );
    return { index: elsewhere, awaited: false };
  }
  const leaf = await context.leaf(index);
  if (leaf !== null && same(leaf, own)) return { index, awaited: false };
  const elsewhere = placeElsewhere(context, published, own);
  if (elsewhere === null) {
    const expected = leaf === null ? 'a leaf that the log proves' : `leaf hash ${toHex(leaf)}`;
    report('entry-differs', { recordId, index }, expected, `leaf hash ${toHex(own)}`);
  }
  return { index: elsewhere, awaited: false };
}

/**
 * Why a record that this log does not hold ought to be in it; null while it may have been filed or sequenced after the
 * checkpoint. Neither the place that the registry states nor what it promised itself is a reason to wait longer.
 */
async function missedTime(
  { anchors, now }: RecordContext,
  { anchoredBy }: PublishedRecord,
  time: number,
): Promise<string | null> {
  if (time > now * 1000 + CLOCK_TOLERANCE) return 'before the time that it is dated';
  const promised = Date.parse(anchoredBy ?? '');
  const latest = time + ANCHORED_WITHIN;
  const due = await anchors.from(Math.ceil((promised < latest ? promised : latest) / 1000));
  return due && `below ${due.treeSize}`;
}

/** Looks through the whole pass for a leaf that is not where the registry says. */
function placeElsewhere(
  { report, find }: RecordContext,
  { id: recordId, index }: PublishedRecord,
  own: Uint8Array,
): number | null {
  const elsewhere = find(own);
  if (elsewhere !== null && index !== null)
    report('entry-moved', { recordId, index }, `index ${elsewhere}`, `index ${index}`);
  return elsewhere;
}

/** What the registry keeps beside an entry is what its lists, searches and clocks use: it must say the same. */
function checkRow(
  report: Report,
  row: PublishedRecord,
  record: Entry['record'],
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
