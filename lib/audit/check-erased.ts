import { leafHash } from '@/lib/merkle/hash';
import { CATALOGUE } from '@/lib/record/catalogue';
import { fromHex, isHex, toHex } from '@/lib/record/hex';
import type { CheckedRecord, RecordContext } from './check-record';
import { same } from './log-tile';
import type { PublishedRecord } from './sources';

const orderFor = (recordId: string, commitment: string) => `${recordId} ${commitment}`;

/** What the published orders of erasure name: record and commitment. */
function ordersOf(checked: readonly CheckedRecord[]): Set<string> {
  return new Set(
    checked.flatMap(({ record }) => {
      const order = record.type === 'erasure' ? CATALOGUE.erasure.data.safeParse(record.data) : null;
      return order?.success ? [orderFor(order.data.recordId, order.data.commitment)] : [];
    }),
  );
}

/**
 * Records whose entries are said to be erased (protocol §1): each by an order that is itself a published record of this
 * process, checked like any other, and each still in the log. That the registry says so proves nothing.
 * @param checked the published records of the process that could be read
 */
export async function checkErased(
  { report, leaf, size }: RecordContext,
  rows: readonly PublishedRecord[],
  checked: readonly CheckedRecord[],
): Promise<void> {
  const orders = ordersOf(checked);
  for (const { id: recordId, commitment, index, erased, entry } of rows) {
    if (!erased || entry !== null) continue;
    const subject = { recordId, ...(index === null ? {} : { index }) };
    if (!orders.has(orderFor(recordId, commitment)))
      report('entry-missing', subject, 'an entry, or a published order that names this record', 'erased');
    if (index === null || index >= size) continue;
    const held = await leaf(index);
    const own = isHex(commitment, 32) ? leafHash(fromHex(commitment, 32)) : null;
    if (held === null || own === null || !same(held, own)) {
      const expected = held === null ? 'a leaf that the log proves' : `leaf hash ${toHex(held)}`;
      report('entry-differs', subject, expected, `commitment ${commitment}`);
    }
  }
}
