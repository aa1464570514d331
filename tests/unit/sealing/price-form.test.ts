import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  shortestDecimal,
} from '@/lib/record/decimal';
import type { Decimal } from '@/lib/record/decimal';
import { computePriceForm, parsePriceForm } from '@/lib/sealing/price-form';

const decimal = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(text);
  return value;
};

describe('decimals', () => {
  it.each([
    '',
    '.',
    '1.',
    '.5',
    '01',
    '1e3',
    '+1',
    '1,5',
    ' 1',
    '1 ',
    '１',
    'NaN',
    '1.23456',
    '1234567890123456',
  ])('refuses %j', (text) => expect(parseDecimal(text)).toBeUndefined());

  it.each([
    ['0.005', '0.01'],
    ['0.0049', '0.00'],
    ['1.995', '2.00'],
    ['-0.005', '-0.01'],
    ['-0.004', '0.00'],
    ['999999999999999.9999', '1000000000000000.00'],
    ['7', '7.00'],
  ])('%s is %s in cents', (text, cents) => expect(formatDecimal(decimal(text), 2)).toBe(cents));

  it('agrees with integers scaled by hand', () => {
    const units = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(units, units, (a, b) => {
        const x = { units: a, scale: 4 };
        const y = { units: b, scale: 2 };
        expect(addDecimals(x, y)).toEqual({ units: a + b * 100n, scale: 4 });
        expect(multiplyDecimals(x, y)).toEqual({ units: a * b, scale: 6 });
        expect(Math.sign(compareDecimals(x, y))).toBe(a < b * 100n ? -1 : a > b * 100n ? 1 : 0);
        expect(compareDecimals(decimal(shortestDecimal(x)), x)).toBe(0);
      }),
    );
  });
});

describe('price form', () => {
  it('rounds half up at the row and sums the rounded rows', () => {
    const form = computePriceForm('EUR', [
      { itemId: 'a', quantity: '3.0', unitPrice: '0.335' },
      { itemId: 'b', quantity: '1', unitPrice: '0.1' },
      { itemId: 'c', quantity: '1', unitPrice: '0.20' },
    ]);
    expect(form).toEqual({
      currency: 'EUR',
      items: [
        { itemId: 'a', quantity: '3', unitPrice: '0.335', amount: '1.01' },
        { itemId: 'b', quantity: '1', unitPrice: '0.1', amount: '0.10' },
        { itemId: 'c', quantity: '1', unitPrice: '0.2', amount: '0.20' },
      ],
      total: '1.31',
    });
    expect(parsePriceForm(form)).toEqual(form);
  });

  const good = computePriceForm('CNY', [{ itemId: 'a', quantity: '2', unitPrice: '10.5' }]);
  const row = { itemId: 'a', quantity: '2', unitPrice: '10.5', amount: '21.00' };
  it.each<[string, unknown, string]>([
    ['a total off by a cent', { ...good, total: '21.01' }, 'price-form-total'],
    ['a number instead of a string', { ...good, total: 21 }, 'price-form-total'],
    ['a row amount that is wrong', { ...good, items: [{ ...row, amount: '20.00' }] }, 'price-form-amount'],
    ['a second spelling', { ...good, items: [{ ...row, unitPrice: '10.50' }] }, 'price-form-shape'],
    ['a negative price', { ...good, items: [{ ...row, unitPrice: '-10.5' }] }, 'price-form-shape'],
    ['quantity zero', { ...good, items: [{ ...row, quantity: '0', amount: '0.00' }] }, 'price-form-shape'],
    ['an item twice', { ...good, items: [row, row] }, 'price-form-shape'],
    ['no rows', { ...good, items: [] }, 'price-form-shape'],
    ['a currency in lower case', { ...good, currency: 'cny' }, 'price-form-shape'],
    ['a key too many', { ...good, note: '' }, 'price-form-shape'],
    ['nothing', null, 'price-form-shape'],
  ])('refuses %s', (_, value, code) => {
    expect(() => parsePriceForm(value)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a total beyond 15 digits', () => {
    const rows = [{ itemId: 'a', quantity: '999999999999999', unitPrice: '999999999999999' }];
    expect(() => computePriceForm('EUR', rows)).toThrow(
      expect.objectContaining({ code: 'price-form-shape' }),
    );
  });
});
