import { describe, expect, it } from 'vitest';
import { MAX_DRAFT_BYTES } from '@/lib/browser/drafts/draft';
import { faultOf, sortFiles } from '@/lib/browser/bid/file-rules';
import { readPrice, readPriceForm, typedPrice, withPrice } from '@/lib/browser/bid/prices';
import { pastedColumn } from '@/components/sealing/bid/pasted-column';

describe('a price as typed', () => {
  it.each([
    ['1250.50', '1250.50'],
    [' 12 ', '12'],
    ['１２.５', '12.5'],
    ['1 250', '1250'],
    ['0', '0'],
    ['0.0001', '0.0001'],
  ])('%s is read as %s', (typed, read) => expect(readPrice(typed)).toBe(read));

  it.each([
    '',
    '1,250',
    '1.250,5',
    '-1',
    '-0',
    '1e3',
    '0x10',
    '01',
    '.5',
    '5.',
    '1.00001',
    '9'.repeat(16),
    'NaN',
  ])('%s is none', (typed) => expect(readPrice(typed)).toBeUndefined());

  it('is kept in its row', () => {
    const item = { id: '1', quantity: '3' };
    const rows = withPrice(withPrice([], item, '5'), item, '6');
    expect(rows).toEqual([{ itemId: '1', quantity: '3', unitPrice: '6' }]);
    expect(typedPrice(rows, '1')).toBe('6');
    expect(typedPrice(rows, '2')).toBe('');
    expect(withPrice([], item, '9'.repeat(100))[0]?.unitPrice).toHaveLength(60);
  });
});

describe('the price form of a lot', () => {
  const items = [
    { id: '1', quantity: '3' },
    { id: '2', quantity: '2.5' },
  ];
  const typed = (first: string, second: string) =>
    items.map(({ id, quantity }, at) => ({ itemId: id, quantity, unitPrice: [first, second][at] ?? '' }));

  it('is exact', () => {
    const read = readPriceForm('EUR', items, typed('19.99', '0.0333'));
    expect(read.ok && read.form.total).toBe('60.05');
    expect(read.ok && read.form.items.map(({ amount }) => amount)).toEqual(['59.97', '0.08']);
  });

  it('says which prices are missing or wrong', () => {
    expect(readPriceForm('EUR', items, typed('', 'x'))).toEqual({
      ok: false,
      wrong: ['1', '2'],
      tooLarge: false,
    });
    expect(readPriceForm('EUR', items, typed('1', ''))).toMatchObject({ wrong: ['2'] });
  });

  it('says when the sum is beyond what a record holds', () => {
    const huge = '9'.repeat(15);
    expect(readPriceForm('EUR', items, typed(huge, huge))).toEqual({ ok: false, wrong: [], tooLarge: true });
  });
});

describe('a pasted column', () => {
  it.each([
    ['12\n13\n', ['12', '13']],
    ['12\r\n\r\n14', ['12', '', '14']],
    ['12\tpiece\n13\tpiece', ['12', '13']],
    ['12', []],
    ['12\n', []],
  ])('%j', (text, column) => expect(pastedColumn(text)).toEqual(column));
});

describe('a file', () => {
  const limits = { files: 3, bytes: 100 };
  const named = (name: string, size = 10) => ({ name, size });
  const nothing = { envelope: [], draft: 0 };

  it.each([
    ['empty', named('a', 0), nothing],
    ['twice', named('OFFER.pdf'), { envelope: [named('offer.pdf')], draft: 10 }],
    ['twice', named('a/b.pdf'), { envelope: [named('a_b.pdf')], draft: 10 }],
    ['twice', named('e\u0301.pdf'), { envelope: [named('\u00e9.pdf')], draft: 10 }],
    ['too-many', named('d'), { envelope: ['a', 'b', 'c'].map((name) => named(name)), draft: 30 }],
    ['too-large', named('b', 91), { envelope: [named('a')], draft: 10 }],
    ['draft-full', named('a'), { envelope: [], draft: MAX_DRAFT_BYTES - 9 }],
    [null, named('a', 100), nothing],
    [null, named('../../etc/passwd'), nothing],
  ] as const)('is %s', (fault, file, present) => expect(faultOf(file, present, limits)).toBe(fault));

  it('is held against those that were chosen with it', () => {
    const chosen = [named('a', 60), named('A', 1), named('b', 0), named('c', 50), named('d', 40)];
    const { accepted, refused } = sortFiles(chosen, nothing, limits);
    expect(accepted.map(({ name }) => name)).toEqual(['a', 'd']);
    expect(refused.map(({ file, fault }) => [file.name, fault])).toEqual([
      ['A', 'twice'],
      ['b', 'empty'],
      ['c', 'too-large'],
    ]);
  });
});
