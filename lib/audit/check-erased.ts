import { ed25519KeyOf } from '@/lib/evidence/signing-key';
import { leafHash } from '@/lib/merkle/hash';
import { ERASABLE } from '@/lib/procedure/erasure';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import type { TenderRecord } from '@/lib/record/record';
import { verifySignature } from '@/lib/record/sign';
import type { CheckedRecord, RecordContext } from './check-record';
import { same } from './log-tile';
import type { PublishedRecord, PublishedStage } from './sources';

/** Records of no process that are in the log, by commitment: what signatures name. */
export type LoggedKeys = ReadonlyMap<string, { readonly record: TenderRecord; readonly index: number }>;

/** What is published of one process, or of none. */
export interface Erasures {
  readonly rows: readonly PublishedRecord[];
  /** Those of them that could be read. */
  readonly checked: readonly CheckedRecord[];
  readonly stages: readonly PublishedStage[];
}

const orderFor = (recordId: string, commitment: string) => `${recordId} ${commitment}`;

/** The published orders of erasure, by the record and commitment that they name. */
function ordersOf(checked: readonly CheckedRecord[]): Map<string, CheckedRecord> {
  return new Map(
    checked.flatMap((found) => {
      if (found.record.type !== 'erasure') return [];
      const order = CATALOGUE.erasure.data.safeParse(found.record.data);
      return order.success ? [[orderFor(order.data.recordId, order.data.commitment), found] as const] : [];
    }),
  );
}

/** Why an order in the log is none; null when a regulator signed it with a key that was in the log before it. */
function orderFault({ record, signatures, index }: CheckedRecord, keys: LoggedKeys): string | null {
  if (index === null) return 'that the log does not hold';
  if (record.actor.role !== 'regulator') return `of a ${record.actor.role}`;
  if (signatures.length === 0) return 'that nobody signed';
  for (const signature of signatures) {
    const key = keys.get(signature.key);
    const registered = key && ed25519KeyOf(key.record);
    if (!key || !registered || key.index >= index) return 'signed with a key that was not in the log';
    const { organization, person } = key.record.actor;
    if (organization !== record.actor.organization || person !== record.actor.person)
      return `signed with the key of ${organization} / ${person}`;
    if (!verifySignature(record, signature, registered.publicKey)) return 'with a false signature';
  }
  return null;
}

const isErasable = (type: string) => Object.hasOwn(ERASABLE, type) && ERASABLE[type as RecordType];

/**
 * Records whose entries are said to be erased (protocol §1): each of a type that may be, by an order that is itself a
 * published record of this process, in the log and signed by a regulator, and each still in the log. That the registry
 * says so proves nothing.
 */
export async function checkErased(
  context: RecordContext,
  keys: LoggedKeys,
  { rows, checked, stages }: Erasures,
): Promise<void> {
  const orders = ordersOf(checked);
  for (const row of rows) {
    if (!row.erased || row.entry !== null) continue;
    const order = orders.get(orderFor(row.id, row.commitment));
    // Its order came after the checkpoint: both are for the next audit.
    if (order?.awaited && isErasable(row.type)) continue;
    checkOrder(context, row, order, keys);
    checkStated(context, row, stages);
    await checkLeaf(context, row, order?.index ?? null);
  }
}

const subjectOf = ({ id: recordId, index }: PublishedRecord) => ({
  recordId,
  ...(index === null ? {} : { index }),
});

function checkOrder(
  { report }: RecordContext,
  row: PublishedRecord,
  order: CheckedRecord | undefined,
  keys: LoggedKeys,
): void {
  const fault = order ? orderFault(order, keys) : '';
  const expected = isErasable(row.type)
    ? 'an entry, or an order in the log, signed by a regulator, that names this record'
    : `an entry: no ${row.type} is ever erased`;
  const found = order
    ? `erased by ${order.record.id}, an order ${fault ?? 'that holds'}`
    : 'erased without an order';
  if (fault !== null || !isErasable(row.type)) report('entry-missing', subjectOf(row), expected, found);
}

/** The entry is gone that would say of which type and stage it was: the catalogue and the lists of the stages still do. */
function checkStated(
  { report }: RecordContext,
  row: PublishedRecord,
  stages: readonly PublishedStage[],
): void {
  const { type, stage, index } = row;
  const own = Object.hasOwn(CATALOGUE, type) ? CATALOGUE[type as RecordType].stage : null;
  if (own !== stage) report('record-row-differs', { ...subjectOf(row), field: 'stage' }, own, stage);
  for (const list of stages)
    if (index !== null && list.stage !== stage && list.leaves.includes(index)) {
      const subject = { ...subjectOf(row), key: list.key, stage: list.stage, round: list.round };
      report('stage-lists-foreign', subject, `stage ${stage}`, `stage ${list.stage}`);
    }
}

/** The leaf stays; and it is older than the order, which names what had been filed. */
async function checkLeaf(
  { report, leaf, size }: RecordContext,
  row: PublishedRecord,
  order: number | null,
): Promise<void> {
  const { commitment, index } = row;
  const below = order ?? size;
  if (index === null || index >= below) {
    report('record-not-in-log', subjectOf(row), `commitment ${commitment} below ${below}`, index);
    return;
  }
  const held = await leaf(index);
  const own = isHex(commitment, 32) ? leafHash(fromHex(commitment, 32)) : null;
  if (held !== null && own !== null && same(held, own)) return;
  const expected = held === null ? 'a leaf that the log proves' : `leaf hash ${toHex(held)}`;
  report('entry-differs', subjectOf(row), expected, `commitment ${commitment}`);
}
