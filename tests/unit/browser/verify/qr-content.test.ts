import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQr } from '@/lib/browser/verify/qr-content';

const sha256 = 'ee2939ec146eca29851ac468d4b9b24bb079b8b8356ef4b1b3d9cf4a7bff54fb';
const recordId = '019c4b31-1000-7000-8000-000000000002';

describe('what a printed code says', () => {
  it.each([
    [sha256.toUpperCase(), { kind: 'digest', sha256 }],
    [`https://registry.example/en/verify#sha256=${sha256}`, { kind: 'digest', sha256 }],
    [`https://registry.example/verify?sha256=${sha256}`, { kind: 'digest', sha256 }],
    [`https://elsewhere.example/api/v1/evidence/${recordId}`, { kind: 'record', recordId }],
    ['https://registry.example/verify', { kind: 'verify-page', host: 'registry.example' }],
    ['{"format":"tenderproof-receipt/1"}', { kind: 'file', text: '{"format":"tenderproof-receipt/1"}' }],
    ['https://registry.example/', { kind: 'other', text: 'https://registry.example/' }],
    [`javascript:alert('${sha256}')`, { kind: 'other', text: `javascript:alert('${sha256}')` }],
    [`https://x.example/${sha256}0`, { kind: 'other', text: `https://x.example/${sha256}0` }],
    ['WIFI:S:x;;', { kind: 'other', text: 'WIFI:S:x;;' }],
  ])('%s', (content, read) => expect(readQr(content)).toEqual(read));

  it('is never a failure', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true })),
        (text) => {
          expect(['digest', 'record', 'file', 'verify-page', 'other']).toContain(readQr(text).kind);
        },
      ),
      { numRuns: 30 },
    );
  });
});
