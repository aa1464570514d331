import * as z from 'zod';
import { digestSchema, entrySchema, recordIdSchema, type TenderRecord } from '@/lib/record/record';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { ask, LookupError, type FetchText } from './lookup';

/** A record as the registry lists it for auditors: to be believed only as far as its evidence verifies. */
export interface ListedRecord {
  readonly id: string;
  readonly commitment: string;
  /** In the log; null until sequenced. */
  readonly index: number | null;
  readonly record: TenderRecord;
}

/** More than any procurement has; a registry must not keep a browser busy for ever. */
const MOST_PAGES = 25;

const pageSchema = z.looseObject({
  records: z
    .array(
      z.looseObject({
        id: recordIdSchema,
        commitment: digestSchema,
        index: z.int().min(0).nullable(),
        entry: z.string().nullable(),
      }),
    )
    .max(10_000),
  next: z.int().min(1).nullable(),
});

/** The public records of a tender, in the order of filing. Those that were erased are not among them. @throws LookupError */
export async function recordsOf(ocid: string, get: FetchText): Promise<ListedRecord[]> {
  const path = `/api/v1/audit/processes/${toHex(processKey(ocid))}`;
  const all: ListedRecord[] = [];
  let from = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { records, next } = await ask(pageSchema, from === 0 ? path : `${path}?from=${from}`, get);
    for (const { id, commitment, index, entry } of records) {
      const record = entry === null ? null : recordIn(entry);
      if (record?.ocid === ocid && record.id === id) all.push({ id, commitment, index, record });
    }
    if (next === null) return all;
    if (next <= from) break;
    from = next;
  }
  throw new LookupError('registry-answer', path);
}

function recordIn(entry: string): TenderRecord | null {
  try {
    return entrySchema.safeParse(JSON.parse(entry)).data?.record ?? null;
  } catch {
    return null;
  }
}
