import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getCertificate } from '@/app/api/v1/evidence/[recordId]/certificate/route';
import { processOf } from '@/lib/demo/acts';
import type { Evidence } from '@/lib/evidence/format';
import type { Actor } from '@/lib/procedure/roles';
import { liveBids, notice } from '@/lib/procedure/state';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { pdfText } from '../../support/pdf-text';
import { bytesOf, evidenceOf } from './asked';
import { call, PEOPLE, refusalOf, startRegistry, type Registry } from './fixture';
import { publish, submit } from './played';

let registry: Registry;
let published: string;
let bid: string;

const get = (recordId: string, who: Actor | null, search = '', headers: Record<string, string> = {}) =>
  call(
    getCertificate.as(who),
    `/api/v1/evidence/${recordId}/certificate${search}`,
    { recordId },
    { headers },
  );

const squeezed = (text: string) => text.replaceAll(/\s/g, '');
const textOf = async (response: Response) => squeezed(pdfText(await bytesOf(response)));

beforeAll(async () => {
  registry = await startRegistry();
  const tender = await publish(registry);
  published = notice(await processOf(registry.world, tender.id))?.id ?? '';
  await submit(registry, tender.id, PEOPLE.bidderA, '90');
  bid = liveBids(await processOf(registry.world, tender.id))[0]?.id ?? '';
});
afterAll(() => registry.stop());

describe('a certificate to print', () => {
  it('says what the evidence says', async () => {
    const evidence = (await (await evidenceOf(published)).json()) as Evidence;
    const response = await get(published, null, '?lang=en');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain(`certificate-${published}.pdf`);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const text = await textOf(response);
    const { record } = evidence.entry;
    const [document] = record.documents;
    for (const part of [
      'This paper proves nothing by itself',
      'School furniture',
      String(record.ocid),
      document?.sha256 ?? '-',
      document?.title ?? '-',
      toHex(commit(fromHex(evidence.salt), evidence.entry)),
      `Entry ${evidence.log.index} (counted from 0) of the log of`,
      `its first ${evidence.log.treeSize} entries`,
      `/verify#record=${published}`,
      `/api/v1/evidence/${published}`,
    ])
      expect(text).toContain(squeezed(part));
    expect(text).toContain(evidence.anchor?.transactionHash ?? 'Notyetanchored');
    expect(text).not.toContain(evidence.salt);
  });

  it('speaks the language that is asked for', async () => {
    expect(await textOf(await get(published, null, '?lang=zh'))).toContain('记录证明书');
    const accepted = await get(published, null, '', { 'accept-language': 'zh-CN' });
    expect(await textOf(accepted)).toContain('记录证明书');
    expect((await get(published, null, '?lang=fr')).status).toBe(422);
  });

  it('is for whoever may have the evidence, with the same refusals', async () => {
    await registry.until(async () => (await evidenceOf(bid, PEOPLE.bidderA)).status === 200);
    const readers = [null, PEOPLE.bidderB, PEOPLE.officer, PEOPLE.approver, PEOPLE.regulator, PEOPLE.bidderA];
    for (const who of readers) {
      const [file, page] = [await evidenceOf(bid, who), await get(bid, who)];
      expect(page.status).toBe(file.status);
      if (file.status !== 200) expect(await refusalOf(page)).toEqual(await refusalOf(file));
    }
    const { salt } = (await (await evidenceOf(bid, PEOPLE.bidderA)).json()) as Evidence;
    expect((await get(bid, null, '', { 'tenderproof-salt': salt })).status).toBe(200);
    expect((await get(bid, null, '', { 'tenderproof-salt': '0'.repeat(64) })).status).toBe(404);
    expect((await get('nothing', PEOPLE.bidderA)).status).toBe(404);
  });
});
