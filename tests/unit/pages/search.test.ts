import { describe, expect, it } from 'vitest';
import { isFiltered, readSearch, toQuery } from '@/app/[locale]/(public)/tenders/search';

describe('the search in the address of the tender list', () => {
  it('reads what is well formed and leaves out the rest', () => {
    expect(
      readSearch({ q: '  bridge  ', phase: 'open', category: 'works', language: 'en', page: '3' }),
    ).toEqual({
      q: 'bridge',
      phase: 'open',
      category: 'works',
      language: 'en',
      page: 3,
    });
    expect(readSearch({ phase: 'draft', category: 'bribes', language: "en'--", page: '-1' })).toEqual({
      page: 1,
    });
    expect(readSearch({ q: ['first', 'second'], page: '1e3' })).toEqual({ q: 'first', page: 1 });
  });

  it('bounds the words that are searched for', () => {
    expect(readSearch({ q: 'x'.repeat(5000) }).q).toHaveLength(200);
  });

  it('writes an address that reads back to the same search', () => {
    const search = readSearch({ q: '学校 餐饮 & 50 %', category: 'services', page: '2' });
    const again = Object.fromEntries(new URLSearchParams(toQuery(search)));
    expect(readSearch(again)).toEqual(search);
    expect(toQuery({ page: 1 })).toBe('');
  });

  it('knows whether anything was asked for', () => {
    expect(isFiltered({ page: 4 })).toBe(false);
    expect(isFiltered({ page: 1, language: 'zh' })).toBe(true);
  });
});
