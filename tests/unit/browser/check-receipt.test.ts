import { describe, expect, it } from 'vitest';
import { checkReceiptFile, type CheckWorld } from '@/lib/browser/verify/check';
import { checkReceipt, fetchPromised, parseReceipt } from '@/lib/browser/verify/check-receipt';
import { LookupError } from '@/lib/browser/verify/lookup';
import { signPromise, type Receipt } from '@/lib/evidence/receipt';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { NOW, OCID, REGISTRY, world } from '../evidence/world';

const { evidence, commitment } = world('a'.repeat(64));
const promise = {
  commitment,
  time: '2026-02-10T09:30:00.250Z',
  sequencedBy: '2026-02-10T09:30:01.250Z',
  anchoredBy: '2026-02-10T09:31:00.250Z',
};
const LOG_SECRET = new Uint8Array(32).fill(0x11);
const process = toHex(processKey(OCID));
const receipt: Receipt = {
  format: 'tenderproof-receipt/1',
  origin: REGISTRY.origin,
  entry: evidence.entry,
  salt: evidence.salt,
  process,
  stage: 5,
  unit: process,
  round: 0,
  promise: { ...promise, signature: signPromise(promise, LOG_SECRET) },
};
const failing = (changed: Partial<Receipt>): string[] =>
  checkReceipt({ ...receipt, ...changed }, REGISTRY, NOW)
    .steps.filter(({ holds }) => !holds)
    .map(({ id }) => id);

describe('checking a receipt', () => {
  it('holds when the trusted key signed for just this entry', () => {
    expect(checkReceipt(receipt, REGISTRY, NOW)).toMatchObject({ holds: true, due: true });
    expect(failing({})).toEqual([]);
  });

  it('is due from the promised millisecond on', () => {
    const due = Date.parse(promise.anchoredBy);
    expect(checkReceipt(receipt, REGISTRY, due - 1).due).toBe(false);
    expect(checkReceipt(receipt, REGISTRY, due).due).toBe(true);
  });

  it('names what does not hold', () => {
    const record = { ...receipt.entry.record, data: { supplier: 'org-other' } };
    expect(failing({ origin: 'copy.example' })).toEqual(['registry']);
    expect(failing({ entry: { ...receipt.entry, record } })).toEqual(['commitment']);
    expect(failing({ salt: '0'.repeat(64) })).toEqual(['commitment']);
    for (const place of [
      { stage: 4 },
      { stage: null },
      { round: 1 },
      { unit: commitment },
      { process: commitment },
    ]) {
      expect(failing(place)).toEqual(['place']);
    }
    const later = { ...receipt.promise, anchoredBy: '2026-02-10T10:31:00.250Z' };
    expect(failing({ promise: later })).toEqual(['promise']);
    const byAnother = { ...promise, signature: signPromise(promise, new Uint8Array(32).fill(9)) };
    expect(failing({ promise: byAnother })).toEqual(['promise']);
  });

  it('reads a file strictly', () => {
    const checkWorld: CheckWorld = {
      registry: REGISTRY,
      chain: () => null,
      get: async () => '',
      now: () => NOW,
    };
    const kind = (text: string) => checkReceiptFile(text, checkWorld).kind;
    expect(kind(JSON.stringify(receipt))).toBe('receipt');
    expect(kind(JSON.stringify({ ...receipt, extra: 1 }))).toBe('not-receipt');
    expect(kind(JSON.stringify({ ...receipt, format: 'tenderproof-receipt/2' }))).toBe('not-receipt');
    expect(kind('{"format":"tenderproof-receipt/1"')).toBe('not-receipt');
    expect(parseReceipt('{}')).toMatchObject({ ok: false, detail: expect.stringContaining('format') });
  });
});

describe('the evidence that a receipt promises', () => {
  const text = JSON.stringify(evidence);

  it('is asked for by the record’s id and the entry’s salt', async () => {
    const asked: string[][] = [];
    const get = async (path: string, salt: string) => {
      asked.push([path, salt]);
      return text;
    };
    expect(await fetchPromised(receipt, get)).toEqual({ ok: true, text });
    expect(asked).toEqual([[`/api/v1/evidence/${receipt.entry.record.id}`, receipt.salt]]);
  });

  it('must be for what was promised, however well it holds by itself', async () => {
    const other = world('b'.repeat(64)).evidence;
    for (const answer of [JSON.stringify(other), '{}', '<html>']) {
      expect(await fetchPromised(receipt, async () => answer)).toEqual({ ok: false, code: 'another' });
    }
  });

  it('tells a registry that has erased it by order', async () => {
    const gone = fetchPromised(receipt, async () => Promise.reject(new LookupError('evidence-erased', '')));
    expect(await gone).toEqual({ ok: false, code: 'erased' });
  });

  it('tells a registry that does not have it from one that does not answer', async () => {
    const failWith = (code: 'evidence-missing' | 'registry-unreachable' | 'registry-answer') =>
      fetchPromised(receipt, async () => Promise.reject(new LookupError(code, '')));
    expect(await failWith('evidence-missing')).toEqual({ ok: false, code: 'missing' });
    expect(await failWith('registry-unreachable')).toEqual({ ok: false, code: 'unreachable' });
    expect(await failWith('registry-answer')).toEqual({ ok: false, code: 'unreachable' });
  });
});
