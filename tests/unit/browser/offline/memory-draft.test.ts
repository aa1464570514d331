import { describe, expect, it } from 'vitest';
import { MemoryDraft } from '@/lib/browser/offline/memory-draft';
import { lotOf } from '@/lib/browser/bid/plan';
import { AT } from '../bid/fixture';

const file = (name: string) => new File(['content'], name, { type: 'application/pdf' });
const unreadable = () => {
  const one = file('folder');
  one.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob;
  return one;
};
const names = (draft: MemoryDraft) =>
  (lotOf(draft.snapshot().draft, 'a').files.technical ?? []).map(({ name }) => name);

describe('a draft in memory', () => {
  it('tells those who listen of every change', () => {
    const draft = new MemoryDraft(AT);
    let told = 0;
    const stop = draft.subscribe(() => told++);
    draft.update((before) => ({ ...before, eligibility: ['capacity'] }));
    stop();
    draft.update((before) => ({ ...before, eligibility: [] }));
    expect(told).toBe(1);
    expect(draft.snapshot().draft.eligibility).toEqual([]);
  });

  it('keeps files in the order in which they were chosen, and gives them back until they are removed', async () => {
    const draft = new MemoryDraft(AT);
    const [first] = await Promise.all(
      ['1.pdf', '2.pdf', '3.pdf'].map((name) => draft.addFiles('a', 'technical', [file(name)])),
    );
    expect(names(draft)).toEqual(['1.pdf', '2.pdf', '3.pdf']);
    const ref = first!.added[0]!;
    expect(await draft.file(ref).text()).toBe('content');
    await draft.removeFile(ref.id);
    expect(names(draft)).toEqual(['2.pdf', '3.pdf']);
    expect(() => draft.file(ref)).toThrow(expect.objectContaining({ code: 'file-missing' }));
  });

  it('stops at what cannot be read, such as a folder', async () => {
    const draft = new MemoryDraft(AT);
    const { added, error } = await draft.addFiles('a', 'technical', [file('1'), unreadable(), file('2')]);
    expect(error?.code).toBe('file-unreadable');
    expect(added).toHaveLength(1);
    expect(names(draft)).toEqual(['1']);
  });
});
