import type { Evidence } from '@/lib/evidence/format';
import type { Filed, Process } from '@/lib/procedure/state';
import { PARTS } from '@/lib/procedure/units';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import type { TenderRecord } from '@/lib/record/record';

export interface ProvenRecord {
  readonly evidence: Evidence;
  /** 64 hex digits. */
  readonly commitment: string;
}

/** Null for a type of a later catalogue, and for data that this one does not know. */
function toFiled({ evidence, commitment }: ProvenRecord): Filed | null {
  const { record } = evidence.entry;
  if (!Object.hasOwn(CATALOGUE, record.type)) return null;
  const type = record.type as RecordType;
  if (!CATALOGUE[type].data.safeParse(record.data).success) return null;
  return {
    id: record.id,
    type,
    time: record.time,
    stage: record.stage ?? null,
    round: record.round ?? 0,
    unit: unitOf(record),
    actor: record.actor,
    documents: record.documents,
    refs: record.refs,
    data: record.data as never,
    commitment,
    index: evidence.log.index,
    anchorIndex: evidence.anchor?.anchorIndex ?? null,
  };
}

function unitOf({ unit }: TenderRecord): Filed['unit'] {
  const part = PARTS.find((known) => known === unit?.part);
  return unit === undefined || part === undefined ? null : { lot: unit.lot, part };
}

/**
 * The process as far as its proven records tell it, in the order of the log: enough for what is a function of records
 * alone (opening, ranking). Of the chain only the key sets are set: the hashes that notice and replacements bear.
 */
export function rebuildProcess(
  ocid: string,
  ledger: { chainId: number; contract: string },
  records: readonly ProvenRecord[],
): Process {
  const filed = records
    .toSorted((a, b) => a.evidence.log.index - b.evidence.log.index)
    .map(toFiled)
    .filter((record): record is Filed => record !== null);
  const keysets = filed.flatMap((record) =>
    record.type === 'notice' || record.type === 'committee-replaced'
      ? [(record as Filed<'notice' | 'committee-replaced'>).data.keysetHash]
      : [],
  );
  return {
    ocid,
    organizationId: '',
    createdBy: '',
    ...ledger,
    draft: null,
    unit: null,
    before: null,
    filed,
    erased: [],
    chain: { opening: null, announcement: null, closures: [], units: [], keysets },
  };
}
