import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/lib/evidence/format';
import { certificateDocument, type CertificateFacts } from '@/lib/server/pdf/certificate-document';
import { renderPdf } from '@/lib/server/pdf/simple-document';
import { pdfText } from '../../support/pdf-text';
import { EXAMPLE } from '../evidence/spec-values';

const { evidence, commitment } = EXAMPLE;
const { id, documents } = evidence.entry.record;
const facts: CertificateFacts = {
  evidence,
  title: 'Road bridge at Qingshui 清水公路桥',
  chain: { id: 31337, contract: `0x${'a'.repeat(40)}` },
  verifyUrl: `https://tenders.example.org/verify#record=${id}`,
  evidenceUrl: `https://tenders.example.org/api/v1/evidence/${id}`,
};
const squeezed = (text: string) => text.replaceAll(/\s/g, '');
const valuesOf = (change: Partial<Evidence>) =>
  certificateDocument({ ...facts, evidence: { ...evidence, ...change } }, 'en')
    .facts.map(([, value]) => value)
    .join('\n');

describe('a printed certificate', () => {
  it.each([
    ['en', 'This paper proves nothing by itself'],
    ['zh', '本页纸本身不证明任何事情'],
  ] as const)('says what evidence says, on one page (%s)', async (language, warning) => {
    const pdf = await renderPdf(certificateDocument(facts, language));
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1);
    const text = squeezed(pdfText(pdf));
    const expected = [
      warning,
      'Road bridge at Qingshui 清水公路桥',
      'org-qingshui-roads',
      'ocds-tp0001-2026-000042',
      '2026-02-10 09:30:00',
      commitment,
      documents[0]?.sha256 ?? '-',
      'award-notice.txt',
      evidence.anchor?.transactionHash ?? '-',
      facts.verifyUrl,
      facts.evidenceUrl,
      `npm run verify -- ${id}.evidence.json`,
    ];
    for (const part of expected) expect(text).toContain(squeezed(part));
    expect(text).not.toContain(evidence.salt);
    expect(text).not.toContain('undefined');
  });

  it('says where the record stands, and where it does not stand yet', () => {
    const all = valuesOf({});
    expect(all).toContain(
      'Entry 12 (counted from 0) of the log of registry.example/tenderproof, proven for its first 40 entries',
    );
    expect(all).toContain('Anchor 7 of 2026-02-10');
    expect(all).toContain('Award, round 0: closed with 5 records; this is number 1, counted from 0');
    const early = valuesOf({ anchor: null, stage: null });
    expect(early).toContain('Not yet anchored');
    expect(early).toContain('Award: not closed');
  });
});
