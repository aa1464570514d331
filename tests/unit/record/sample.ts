import type { Entry, TenderRecord } from '@/lib/record/record';

/** A notice with every optional member present. */
export const SAMPLE_RECORD: TenderRecord = {
  v: 1,
  id: '01926c5e-7a10-7c3d-9b1e-2f4a5b6c7d8e',
  type: 'notice',
  ocid: 'ocds-tndrpf-000001',
  unit: { lot: '1', part: '' },
  stage: 1,
  round: 0,
  time: '2026-01-31T09:30:00.000Z',
  actor: { organization: 'org-1', person: 'p-3f9a', role: 'officer' },
  documents: [
    {
      id: 'doc-1',
      title: '招标公告.pdf',
      mediaType: 'application/pdf',
      size: 18_211,
      sha256: 'a'.repeat(64),
      language: 'zh',
    },
  ],
  refs: ['b'.repeat(64)],
  data: { value: { amount: '1200000.00', currency: 'CNY' }, lots: [1, 2], urgent: false, note: null },
};

export const SAMPLE_ENTRY: Entry = { record: SAMPLE_RECORD, signatures: [] };
