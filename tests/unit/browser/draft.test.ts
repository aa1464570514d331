import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Autosave, type Saving } from '@/lib/browser/drafts/autosave';
import type { BidDraft, FileRef } from '@/lib/browser/drafts/draft';
import {
  bytesOf,
  draftId,
  draftSchema,
  emptyDraft,
  filesOf,
  mapFiles,
  MAX_DRAFT_BYTES,
  withFile,
  withLot,
  withoutFile,
} from '@/lib/browser/drafts/draft';
import { DRAFT_ERRORS, DraftError } from '@/lib/browser/drafts/draft-error';
import { decodeContent, encodeContent } from '@/lib/browser/drafts/stored-content';

const AT = '2026-11-27T14:03:00.000Z';
const IDENTITY = {
  origin: 'tenders.example.org',
  contract: '0xaa',
  ocid: 'ocds-1',
  organization: 'org:alpha',
};

const file = (n: number, size = 10): FileRef => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: `${n}.pdf`,
  mediaType: 'application/pdf',
  size,
  sha256: String(n).padStart(64, '0'),
});

describe('a draft', () => {
  it('takes files into the parts of its lots and lets them go again', () => {
    let draft = withFile(emptyDraft(AT), 'lot-1', 'technical', file(1));
    draft = withFile(draft, 'lot-1', 'financial', file(2));
    draft = withFile(draft, 'lot-2', '', file(3));
    expect(filesOf(draft).map(({ name }) => name)).toEqual(['1.pdf', '2.pdf', '3.pdf']);
    expect(bytesOf(draft)).toBe(30);
    expect(draftSchema.parse(draft)).toEqual(draft);
    expect(draft.lots.map(({ lot, bidding }) => [lot, bidding])).toEqual([
      ['lot-1', true],
      ['lot-2', true],
    ]);
    const without = withoutFile(draft, file(2).id);
    expect(filesOf(without).map(({ name }) => name)).toEqual(['1.pdf', '3.pdf']);
    expect(filesOf(mapFiles(draft, (one) => [{ ...one, id: file(9).id }])).map(({ id }) => id)).toEqual(
      [9, 9, 9].map((n) => file(n).id),
    );
  });

  it.each<[string, (draft: BidDraft) => unknown]>([
    ['an unknown field', (draft) => ({ ...draft, note: '' })],
    ['another version', (draft) => ({ ...draft, v: 2 })],
    ['a time that is none', (draft) => ({ ...draft, updatedAt: 'yesterday' })],
    ['a lot twice', (draft) => ({ ...draft, lots: [...draft.lots, ...draft.lots] })],
    ['a file twice', (draft) => withFile(draft, 'b', '', file(1))],
    ['another part', (draft) => withLot(draft, 'a', (lot) => ({ ...lot, files: { price: [] } as never }))],
    ['an empty file', (draft) => withFile(draft, 'a', '', file(2, 0))],
    [
      'too many bytes',
      (draft) =>
        withFile(withFile(draft, 'a', '', file(2, MAX_DRAFT_BYTES)), 'a', '', file(3, MAX_DRAFT_BYTES)),
    ],
    ['a lone surrogate', (draft) => ({ ...draft, eligibility: ['\ud800'] })],
    ['a text without end', (draft) => ({ ...draft, declarations: ['x'.repeat(61)] })],
  ])('may not have %s', (_what, spoil) => {
    const draft = withFile(emptyDraft(AT), 'a', '', file(1));
    expect(draftSchema.safeParse(draft).success).toBe(true);
    expect(draftSchema.safeParse(spoil(draft)).success).toBe(false);
    expect(() => encodeContent(IDENTITY, spoil(draft) as BidDraft)).toThrow(
      new DraftError('draft-too-large').message,
    );
  });

  it('is stored with whose it is, and read strictly', () => {
    const draft = withFile(emptyDraft(AT), '', '', file(1));
    const bytes = encodeContent(IDENTITY, draft);
    expect(decodeContent(bytes)).toEqual({ identity: IDENTITY, draft });
    const spoilt = [
      bytes.slice(1),
      bytes.map((b, i) => (i === 20 ? 0xff : b)),
      new TextEncoder().encode('{}'),
    ];
    for (const wrong of spoilt) expect(() => decodeContent(wrong)).toThrow('draft-damaged');
  });

  it('has a name that differs with every part of its identity', async () => {
    const id = await draftId(IDENTITY);
    const text =
      '{"contract":"0xaa","ocid":"ocds-1","organization":"org:alpha","origin":"tenders.example.org"}';
    expect(id).toBe(createHash('sha256').update(text).digest('hex'));
    const others = Object.keys(IDENTITY).map((key) => draftId({ ...IDENTITY, [key]: 'x' }));
    expect(new Set([id, ...(await Promise.all(others))]).size).toBe(5);
  });
});

describe('saving by itself', () => {
  const draftOf = (name: string): BidDraft => ({ ...emptyDraft(AT), eligibility: [name] });

  function autosave(save: (name: string) => Promise<void>) {
    const seen: Saving[] = [];
    const one = new Autosave(
      (draft) => save(draft.eligibility[0] ?? ''),
      null,
      () => Date.parse(AT),
      (saving) => seen.push(saving),
    );
    return { one, seen, states: () => seen.map(({ status }) => status) };
  }

  it('waits for a rest in typing, then saves the newest once', async () => {
    vi.useFakeTimers();
    try {
      const saved: string[] = [];
      const { one, seen, states } = autosave(async (name) => void saved.push(name));
      for (const name of ['a', 'b', 'c']) {
        one.changed(draftOf(name));
        await vi.advanceTimersByTimeAsync(300);
      }
      expect(saved).toEqual([]);
      await vi.advanceTimersByTimeAsync(300);
      expect(saved).toEqual(['c']);
      expect(states()).toEqual(['none', 'pending', 'pending', 'pending', 'saving', 'saved']);
      expect(seen.at(-1)).toEqual({ status: 'saved', at: AT, error: null });
    } finally {
      vi.useRealTimers();
    }
  });

  it('saves what is typed while it saves, one after the other', async () => {
    const saved: string[] = [];
    let finish: () => void = () => undefined;
    const { one, states } = autosave(async (name) => {
      await new Promise<void>((resolve) => (finish = resolve));
      saved.push(name);
    });
    one.changed(draftOf('a'));
    const flushed = one.flush();
    one.changed(draftOf('b'));
    one.changed(draftOf('c'));
    const again = one.flush();
    finish();
    await vi.waitFor(() => expect(saved).toEqual(['a']));
    finish();
    expect(await Promise.all([flushed, again])).toEqual([true, true]);
    expect(saved).toEqual(['a', 'c']);
    expect(states()).toEqual(['none', 'pending', 'saving', 'pending', 'saving', 'saved']);
  });

  it('keeps what could not be saved, says why, and saves it when asked again', async () => {
    const saved: string[] = [];
    let full = true;
    const { one, seen } = autosave(async (name) => {
      if (full) throw new DraftError('storage-full', { needed: 5, available: 1 });
      saved.push(name);
    });
    one.changed(draftOf('a'));
    expect(await one.flush()).toBe(false);
    expect(seen.at(-1)).toMatchObject({ status: 'failed', at: null, error: { code: 'storage-full' } });
    full = false;
    expect(await one.flush()).toBe(true);
    expect(saved).toEqual(['a']);
    expect(seen.at(-1)).toMatchObject({ status: 'saved', error: null });
  });

  it('forgets what is pending when it is cancelled, after what is being written', async () => {
    const saved: string[] = [];
    let finish: () => void = () => undefined;
    const { one } = autosave(async (name) => {
      await new Promise<void>((resolve) => (finish = resolve));
      saved.push(name);
    });
    one.changed(draftOf('a'));
    const flushed = one.flush();
    one.changed(draftOf('b'));
    const cancelled = one.cancel();
    finish();
    await Promise.all([flushed, cancelled]);
    expect(saved).toEqual(['a']);
    expect(await one.flush()).toBe(true);
    expect(saved).toEqual(['a']);
  });
});

describe('the reasons', () => {
  it.each(['en', 'zh'])('have a sentence each in %s', (locale) => {
    const folder = join(import.meta.dirname, '../../../lib/i18n/messages');
    const { errors } = JSON.parse(readFileSync(join(folder, locale, 'bidDraft.json'), 'utf8')) as {
      errors: Record<string, string>;
    };
    expect(Object.keys(errors).sort()).toEqual([...DRAFT_ERRORS].sort());
  });
});
