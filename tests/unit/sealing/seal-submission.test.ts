import { describe, expect, it } from 'vitest';
import { directLock } from '@/lib/browser/keys/passphrase';
import { createRecoveryFile, openRecoveryFile } from '@/lib/browser/keys/recovery-file';
import type { EnvelopeContent, SubmissionContent } from '@/lib/browser/sealing/seal-bid';
import { sealSubmission } from '@/lib/browser/sealing/seal-bid';
import { fromHex, toHex } from '@/lib/record/hex';
import { signBidAct, verifyBidAct } from '@/lib/sealing/bid-act';
import { portableHash } from '@/lib/sealing/bytes';
import { openEnvelope } from '@/lib/sealing/open';
import { computePriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair, decodeRecovery } from '@/lib/sealing/recovery';
import { drawing, filled, makeIdentity, makeKeySet, openRequest, SCOPE } from './fixture';

const passphrase = 'correct horse battery';
const keySet = makeKeySet(2, 3);
const identity = makeIdentity(keySet);
const priceForm = computePriceForm('EUR', [{ itemId: '1', quantity: '2', unitPrice: '9.5' }]);
const consortium = [{ id: 'org-partner', name: 'Partner GmbH' }];
const declarations = ['no-conviction', 'taxes-paid'];

function envelope(lot: string, part: string, files: File[], price = true): EnvelopeContent {
  const stated = { consortium, declarations, priceForm: price ? priceForm : null };
  return { identity: { ...identity, lot, part }, keySet, ...stated, files };
}

const plan = () => new File([new Uint8Array(2_000_000)], 'plan.dwg');
const letter = () => new File(['%PDF letter'], 'letter.pdf', { type: 'application/pdf' });
const envelopes = () => [
  envelope('1', 'technical', [plan(), letter()], false),
  envelope('1', 'financial', [letter()]),
  envelope('2', 'financial', []),
];

type Report = [phase: string, done: number, total: number];

async function sealed(content: SubmissionContent, draw = drawing(...[9, 1, 2, 3].map(filled))) {
  const reports: Report[] = [];
  const onProgress = (...report: Report) => void reports.push(report);
  return { ...(await sealSubmission(content, draw, portableHash, onProgress)), reports };
}

describe('a submission of several envelopes', () => {
  it('is sealed with a seed for each and one bid key, and each opens by itself with what it states', async () => {
    const submission = await sealed({ envelopes: envelopes() });
    expect(submission.envelopes.map(({ lot, part }) => [lot, part])).toEqual([
      ['1', 'technical'],
      ['1', 'financial'],
      ['2', 'financial'],
    ]);
    expect(submission.bidKey).toBe(toHex(bidKeyPair(filled(9)).publicKey));
    const { bidSecret, envelopes: kept } = decodeRecovery(submission.recovery);
    expect(bidSecret).toBe(toHex(filled(9)));
    for (const [at, part] of submission.envelopes.entries()) {
      const recovered = kept[at];
      if (recovered === undefined) throw new Error('missing');
      expect(recovered.envelopeHash).toBe(part.envelopeHash);
      expect(recovered.seed).toBe(toHex(filled(at + 1)));
      const expected = { identity: recovered.identity, keySet, purpose: 'bid' as const };
      const bytes = new Uint8Array(await part.envelope.arrayBuffer());
      const more = { seed: fromHex(recovered.seed), envelopeHash: part.envelopeHash };
      const opened = await openEnvelope(openRequest({ request: expected }, bytes, [], more));
      const stated = { lot: part.lot, part: part.part, consortium, declarations };
      expect(opened).toMatchObject({ outcome: 'valid', manifest: { ...part.manifest, ...stated } });
    }
    expect(submission.envelopes.map(({ manifest }) => manifest.priceForm !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('reports progress over the bytes of all, never backwards, to the very end', async () => {
    const { reports } = await sealed({ envelopes: envelopes() });
    const totals = new Set(reports.map(([, , total]) => total));
    expect(totals.size).toBe(1);
    const done = reports.map(([, value]) => value);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe([...totals][0]);
  });

  it('is replaced under the key of the bid that it replaces, from its recovery file', async () => {
    const first = await sealed({ envelopes: envelopes() });
    const file = await createRecoveryFile(first.recovery, passphrase, true, directLock);
    expect(JSON.parse(file)).toMatchObject({
      ocid: SCOPE.ocid,
      bidKey: first.bidKey,
      envelopes: first.envelopes.map(({ envelopeHash }) => envelopeHash),
    });
    const { bidSecret } = await openRecoveryFile(file, passphrase, directLock);
    const again = { envelopes: [envelope('1', 'financial', [])], bidSecret };
    const second = await sealed(again, drawing(filled(7)));
    expect(second.bidKey).toBe(first.bidKey);
    const act = {
      ...{ act: 'replace' as const, bid: 'ab'.repeat(32), ...SCOPE, lot: '1', part: 'financial' },
      ...{ tenderer: identity.tenderer, envelope: second.envelopes[0]?.envelopeHash ?? '' },
    };
    expect(verifyBidAct(first.bidKey, act, signBidAct(fromHex(bidSecret, 32), act))).toBe(true);
  });

  it('has a recovery file whose clear part must be its own', async () => {
    const { recovery, bidKey, envelopes: parts } = await sealed({ envelopes: envelopes() });
    const file = await createRecoveryFile(recovery, passphrase, true, directLock);
    const hash = parts[1]?.envelopeHash ?? '';
    for (const [from, to] of [
      [SCOPE.ocid, 'ocds-e3hb2t-0002'],
      [bidKey, '00'.repeat(32)],
      [hash, '11'.repeat(32)],
      [`"${hash}",`, ''],
    ] as const) {
      const open = openRecoveryFile(file.replace(from, to), passphrase, directLock);
      await expect(open).rejects.toMatchObject({ code: 'file-damaged' });
    }
    for (const [from, to] of [
      ['recovery-file/1', 'recovery-file/2'],
      ['"bidKey"', '"key"'],
    ] as const) {
      const open = openRecoveryFile(file.replace(from, to), passphrase, directLock);
      await expect(open).rejects.toMatchObject({ code: 'not-a-recovery-file' });
    }
  });

  it.each<[string, string, () => EnvelopeContent[]]>([
    ['submission-mixed', 'no envelope', () => []],
    ['submission-mixed', 'a lot and part twice', () => [...envelopes(), envelope('2', 'financial', [])]],
    [
      'submission-mixed',
      'two tenderers',
      () => [...envelopes(), { ...envelope('3', '', []), identity: makeIdentity(keySet, 'org-other') }],
    ],
    ['package-file-empty', 'an empty file', () => [envelope('', '', [new File([], 'empty.pdf')])]],
    ['package-duplicate-name', 'a name twice', () => [envelope('', '', [letter(), letter()])]],
    [
      'package-consortium',
      'a partner twice',
      () => [{ ...envelope('', '', []), consortium: [...consortium, ...consortium] }],
    ],
    [
      'keyset-not-on-chain',
      'another key set than its identity names',
      () => [{ ...envelope('', '', []), keySet: makeKeySet(1, 3) }],
    ],
  ])('is refused (%s) with %s', async (code, _, make) => {
    const draw = drawing(...[9, 1, 2, 3, 4].map(filled));
    await expect(sealed({ envelopes: make() }, draw)).rejects.toMatchObject({ code });
  });

  it('is refused where secrets repeat or the old one is none', async () => {
    const reused = { code: 'seed-reused' };
    const same = drawing(...[9, 1, 2, 1].map(filled));
    await expect(sealed({ envelopes: envelopes() }, same)).rejects.toMatchObject(reused);
    const asKey = drawing(...[9, 1, 9, 2].map(filled));
    await expect(sealed({ envelopes: envelopes() }, asKey)).rejects.toMatchObject(reused);
    const bad = sealed({ envelopes: envelopes(), bidSecret: 'ab' });
    await expect(bad).rejects.toMatchObject({ code: 'seed-length' });
  });
});
