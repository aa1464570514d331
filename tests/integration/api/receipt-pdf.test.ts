import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getReceiptPdf } from '@/app/api/v1/receipts/[recordId]/pdf/route';
import { GET as getReceipt } from '@/app/api/v1/receipts/[recordId]/route';
import { processOf } from '@/lib/demo/acts';
import { receiptSchema } from '@/lib/evidence/receipt';
import type { Actor } from '@/lib/procedure/roles';
import { liveBids } from '@/lib/procedure/state';
import { pdfText } from '../../support/pdf-text';
import { bytesOf } from './asked';
import { call, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { publish, submit } from './played';

let registry: Registry;
let bid: string;

const get = (who: Actor | null, search = '', recordId = bid) =>
  call(getReceiptPdf.as(who), `/api/v1/receipts/${recordId}/pdf${search}`, { recordId });

const digits = (text: string) => text.replaceAll(/\s/g, '');

beforeAll(async () => {
  registry = await startRegistry();
  const tender = await publish(registry);
  await submit(registry, tender.id, PEOPLE.bidderA, '90');
  const process = await processOf(registry.world, tender.id);
  bid = liveBids(process)[0]?.id ?? '';
});
afterAll(() => registry.stop());

describe('a receipt to print', () => {
  it('says what the receipt says, and nothing secret', async () => {
    const answer = await call(getReceipt.as(PEOPLE.bidderA), `/api/v1/receipts/${bid}`, { recordId: bid });
    const receipt = receiptSchema.parse(await answer.json());
    const response = await get(PEOPLE.bidderA);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain(`receipt-${bid}.pdf`);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const text = digits(pdfText(await bytesOf(response)));
    const { commitment, signature } = receipt.promise;
    const envelope = String(receipt.entry.record.data.envelope);
    for (const part of [commitment, signature, envelope, bid, 'Sealedbid', 'Thealpha', 'Schoolfurniture']) {
      expect(text).toContain(part);
    }
    expect(text).toContain(`/verify#record=${bid}`);
    expect(text).toContain('Notyetwhenthispagewasmade');
    expect(text).not.toContain(receipt.salt);
  });

  it('says where the record is once it is in the log and on chain', async () => {
    await registry.until(async () => {
      const { log, anchor } = await placed();
      return log !== null && anchor !== null;
    });
    const { log, anchor } = await placed();
    const text = digits(pdfText(await bytesOf(await get(PEOPLE.bidderA))));
    expect(text).toContain(`Entry${log}ofthelogof`);
    expect(text).toContain(digits(`Anchor ${anchor?.index} of`));
    expect(text).toContain(anchor?.transactionHash);
    expect(text).not.toContain('Notyet');
  });

  it('speaks the language that is asked for', async () => {
    const text = async (search: string) => pdfText(await bytesOf(await get(PEOPLE.bidderA, search)));
    expect(await text('?language=zh')).toContain('回执');
    expect(await text('?language=en')).toContain('Receipt');
    expect((await get(PEOPLE.bidderA, '?language=fr')).status).toBe(422);
  });

  it('is for whoever may have the receipt only', async () => {
    expect(await refusalOf(await get(null))).toMatchObject({ status: 401, code: 'not-signed-in' });
    for (const who of [PEOPLE.bidderB, PEOPLE.officer, PEOPLE.approver, PEOPLE.regulator, PEOPLE.observer]) {
      expect(await refusalOf(await get(who))).toMatchObject({ status: 404, code: 'not-found' });
    }
    expect((await get(PEOPLE.bidderA, '', 'nothing')).status).toBe(404);
  });
});

async function placed() {
  const { db } = registry.world;
  const row = await db.record.findUniqueOrThrow({ where: { id: bid } });
  const leaf = await db.leaf.findUnique({ where: { commitment: row.commitment } });
  const anchor =
    leaf &&
    (await db.anchor.findFirst({ where: { treeSize: { gt: leaf.index } }, orderBy: { index: 'asc' } }));
  return { log: leaf ? Number(leaf.index) : null, anchor };
}
