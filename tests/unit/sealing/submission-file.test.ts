import { describe, expect, it } from 'vitest';
import {
  MAX_SUBMISSION_LENGTH,
  parseSubmissionFile,
  submissionFileText,
  type SubmissionFile,
} from '@/lib/sealing/submission-file';

const hex = (byte: string) => byte.repeat(32);
const envelope = (lot: string, part: '' | 'technical' | 'financial', byte: string) => ({
  lot,
  part,
  envelope: hex(byte),
  size: 5000,
  replaces: null,
});
const first = envelope('1', 'technical', 'a1');
const replacing = {
  ...envelope('1', 'financial', 'a2'),
  replaces: { bid: hex('b1'), signature: 'c1'.repeat(64) },
};
const submission: SubmissionFile = {
  format: 'tenderproof-submission/1',
  ocid: 'ocds-e3hb2t-0001',
  tenderer: 'org-acme',
  keyset: hex('d1'),
  bidKey: hex('e1'),
  envelopes: [first, replacing],
};
const parse = (value: unknown) => parseSubmissionFile(JSON.stringify(value));

describe('the submission file', () => {
  it('reads what it wrote', () => {
    const { format: _format, ...content } = submission;
    const text = submissionFileText(content);
    expect(parseSubmissionFile(text)).toEqual({ ok: true, submission });
  });

  it('holds the largest submission', () => {
    const envelopes = Array.from({ length: 128 }, (_, i) => ({
      ...replacing,
      lot: `${i}`.padEnd(60, '标'),
      envelope: hex('00').slice(0, 61) + `${i}`.padStart(3, '0'),
      replaces: { ...replacing.replaces, bid: hex('11').slice(0, 61) + `${i}`.padStart(3, '0') },
    }));
    const text = submissionFileText({ ...submission, envelopes });
    expect(text.length).toBeLessThan(MAX_SUBMISSION_LENGTH);
    expect(parseSubmissionFile(text).ok).toBe(true);
  });

  const changed = (change: object) => ({ ...submission, ...change });
  const envelopes = (...list: object[]) => changed({ envelopes: list });
  it.each([
    ['another format', changed({ format: 'tenderproof-submission/2' })],
    ['a key that is not specified', changed({ price: '1' })],
    ['a secret', envelopes({ ...first, seed: hex('aa') })],
    ['no envelope', envelopes()],
    ['a part that no tender has', envelopes({ ...first, part: 'secret' })],
    ['upper-case digits', envelopes({ ...first, envelope: 'AB'.repeat(32) })],
    ['an envelope shorter than its header', envelopes({ ...first, size: 91 })],
    ['a size that is no number of bytes', envelopes({ ...first, size: 100.5 })],
    ['a replacement without a signature', envelopes({ ...first, replaces: { bid: hex('b1') } })],
    ['a unit twice', envelopes(first, { ...first, envelope: hex('a9') })],
    ['an envelope twice', envelopes(first, { ...replacing, envelope: first.envelope })],
    ['one bid replaced twice', envelopes({ ...first, replaces: replacing.replaces }, replacing)],
    ['too many envelopes', envelopes(...Array.from({ length: 129 }, (_, i) => ({ ...first, lot: `${i}` })))],
    ['a list in place of the file', [submission]],
  ])('refuses %s', (_what, value) => {
    const parsed = parse(value);
    expect(parsed.ok ? '' : parsed.code).toMatch(/^not-/);
    expect(parsed).not.toHaveProperty('submission');
  });

  it.each([
    ['no JSON', '{'],
    ['the same key twice', '{"format":"tenderproof-submission/1","format":"x"}'],
    ['a text too long', `"${'x'.repeat(MAX_SUBMISSION_LENGTH)}"`],
  ])('refuses %s', (_what, text) => {
    expect(parseSubmissionFile(text)).toMatchObject({ ok: false, code: 'not-json' });
  });
});
