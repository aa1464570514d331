import { describe, expect, it } from 'vitest';
import type { Receipt } from '@/lib/evidence/receipt';
import { qrPath } from '@/lib/server/pdf/qr';
import { receiptDocument, type ReceiptFacts } from '@/lib/server/pdf/receipt-document';
import { renderPdf } from '@/lib/server/pdf/simple-document';
import { pdfText } from '../../support/pdf-text';

const hex = (digit: string) => digit.repeat(64);
const SALT = hex('5');

const receipt: Receipt = {
  format: 'tenderproof-receipt/1',
  origin: 'tenders.example.org',
  entry: {
    record: {
      v: 1,
      id: '01920000-0000-7000-8000-000000000001',
      chainId: 31337,
      contract: `0x${'a'.repeat(40)}`,
      ocid: 'ocds-example-0001',
      type: 'bid',
      stage: 1,
      time: '2026-11-27T14:03:00.000Z',
      actor: { role: 'tenderer', organization: 'Alpha Works 阿尔法公司' },
      documents: [],
      refs: [],
      data: { envelope: hex('e'), size: 1_048_576 },
    } as unknown as Receipt['entry']['record'],
    signatures: [],
  },
  salt: SALT,
  process: hex('1'),
  stage: 1,
  unit: hex('1'),
  round: 0,
  promise: {
    commitment: hex('c'),
    time: '2026-11-27T14:03:00.000Z',
    sequencedBy: '2026-11-27T14:04:00.000Z',
    anchoredBy: '2026-11-27T15:04:00.000Z',
    signature: hex('d') + hex('d'),
  },
};

const facts: ReceiptFacts = {
  receipt,
  title: 'School furniture 课桌椅',
  place: null,
  chain: { id: 31337, contract: `0x${'a'.repeat(40)}` },
  verifyUrl: 'https://tenders.example.org/verify#record=01920000-0000-7000-8000-000000000001',
};
const anchor = { index: 7, time: '2026-11-27T14:10:00.000Z', blockNumber: 91, transaction: `0x${hex('b')}` };

describe('a printed receipt', () => {
  it.each(['en', 'zh'] as const)(
    'says what was filed, when, and what was promised (%s)',
    async (language) => {
      const pdf = await renderPdf(receiptDocument(facts, language));
      expect(
        Buffer.from(pdf)
          .toString('latin1')
          .match(/\/Type \/Page\b/g),
      ).toHaveLength(1);
      const text = pdfText(pdf);
      const expected = [
        language === 'en' ? 'Sealed bid' : '密封投标',
        'Alpha Works 阿尔法公司',
        'School furniture 课桌椅',
        'ocds-example-0001',
        '2026-11-27 14:03:00 UTC',
        '2026-11-27 14:04:00 UTC',
        '2026-11-27 15:04:00 UTC',
        'e'.repeat(64),
        '1048576',
        'c'.repeat(64),
        'd'.repeat(128),
        facts.verifyUrl,
        receipt.entry.record.id,
      ];
      // An address may go over several lines.
      const squeezed = (part: string) => part.replaceAll(/\s/g, '');
      for (const part of expected) expect(squeezed(text)).toContain(squeezed(part));
      expect(text).not.toContain(SALT);
      expect(text).not.toContain('undefined');
    },
  );

  it.each([
    ['en', 'Before that, only you can check it'],
    ['zh', '公开之前只有您能核验'],
  ] as const)(
    'leads to its own record, and says what to do until that is public (%s)',
    (language, before) => {
      const { code, paragraphs } = receiptDocument(facts, language);
      expect(code).toBe(`https://tenders.example.org/verify#record=${receipt.entry.record.id}`);
      expect(paragraphs.join('\n')).toContain(before);
      expect(paragraphs.join('\n')).toContain(code);
    },
  );

  it('says where the record is once it is there, and that it is not there yet before', () => {
    const valuesOf = (more: Partial<ReceiptFacts>) =>
      receiptDocument({ ...facts, ...more }, 'en')
        .facts.map(([, value]) => value)
        .join('\n');
    expect(valuesOf({}).match(/Not yet when this page was made/g)).toHaveLength(2);
    expect(valuesOf({ place: { index: 12, anchor: null } })).toMatch(/Entry 12 of the log[^]*Not yet/);
    const anchored = valuesOf({ place: { index: 12, anchor } });
    expect(anchored).toContain('Anchor 7 of 2026-11-27 14:10:00 UTC, block 91');
    expect(anchored.replaceAll('\n', '')).toContain(anchor.transaction);
    expect(anchored).not.toContain('Not yet');
  });

  it('lists the documents of a record that has some', () => {
    const documents = [
      { id: '1', title: 'offer.pdf', mediaType: 'application/pdf', size: 5, sha256: hex('9') },
    ];
    const record = { ...receipt.entry.record, documents } as Receipt['entry']['record'];
    const entry = { ...receipt.entry, record };
    const { tables } = receiptDocument({ ...facts, receipt: { ...receipt, entry } }, 'en');
    expect(tables?.[0]?.rows.map((row) => row.join(' ').replaceAll('\n', ''))).toEqual([
      `offer.pdf 5 ${hex('9')}`,
    ]);
  });
});

describe('a QR code', () => {
  it('has its three finder patterns, and a side that fits what it holds', () => {
    const { size, path } = qrPath('https://tenders.example.org/verify');
    const dark = new Set(path.match(/M\d+ \d+/g));
    // Version 3 (29 modules) holds 42 bytes at level M, version 2 only 26.
    expect(size).toBe(29);
    for (const [x, y] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      for (let at = 0; at < 7; at += 1) {
        expect(dark.has(`M${x + at} ${y}`) && dark.has(`M${x} ${y + at}`)).toBe(true);
      }
      expect(dark.has(`M${x + 1} ${y + 1}`)).toBe(false);
      expect(dark.has(`M${x + 3} ${y + 3}`)).toBe(true);
    }
  });
});
