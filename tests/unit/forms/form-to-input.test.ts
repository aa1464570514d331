import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrorsOf } from '@/lib/forms/field-messages';
import { formToInput } from '@/lib/forms/form-to-input';
import { nextPath } from '@/app/[locale]/sign-in/next-path';

function form(...entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe('formToInput', () => {
  it('nests dotted names and closes the holes of removed rows', () => {
    const data = form(
      ['title', 'Bridge'],
      ['items.0.name', 'Steel'],
      ['items.2.name', 'Bolts'],
      ['value.currency', 'EUR'],
    );
    expect(formToInput(data)).toEqual({
      title: 'Bridge',
      items: [{ name: 'Steel' }, { name: 'Bolts' }],
      value: { currency: 'EUR' },
    });
  });

  it('orders rows as numbers and gives arrays for "[]" and for repeated names', () => {
    const data = form(['rows.10', 'k'], ['rows.2', 'c'], ['roles[]', 'officer'], ['tag', 'a'], ['tag', 'b']);
    expect(formToInput(data)).toEqual({ rows: ['c', 'k'], roles: ['officer'], tag: ['a', 'b'] });
  });

  it('does not reach into prototypes', () => {
    const data = form(['__proto__.polluted', 'yes'], ['a.constructor.prototype.polluted', 'yes'], ['b', '1']);
    expect(formToInput(data)).toEqual({ b: '1' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('fieldErrorsOf', () => {
  it('gives each field its first sentence, in the reader’s words', () => {
    const schema = z.object({
      title: z.string().min(1),
      email: z.email(),
      items: z.array(z.object({ quantity: z.number().min(1) })),
      due: z.iso.datetime(),
      rule: z.string().refine(() => false, 'Leave 20 days (Article 24)'),
      amount: z.string().regex(/^\d+$/, 'amount'),
      role: z.enum(['officer', 'approver']),
    });
    const result = schema.safeParse({
      title: '',
      email: 'x',
      items: [{ quantity: 0 }],
      due: 'soon',
      rule: 'r',
      amount: 'x',
      role: '',
    });
    const t = (key: string, values?: Record<string, string | number>) =>
      `${key}${values ? JSON.stringify(values) : ''}`;
    expect(fieldErrorsOf(result.error?.issues ?? [], t, { amount: 'Give an amount.' })).toEqual({
      title: 'required',
      email: 'email',
      'items.0.quantity': 'tooSmall{"minimum":"1"}',
      due: 'date',
      rule: 'Leave 20 days (Article 24)',
      amount: 'Give an amount.',
      role: 'choose',
    });
  });
});

describe('nextPath', () => {
  it('stays on this site', () => {
    expect(nextPath('/en/office?tab=1', '/en')).toBe('/en/office?tab=1');
    for (const away of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/en\n/x',
      '',
      undefined,
      ['/en'],
    ]) {
      expect(nextPath(away, '/en')).toBe('/en');
    }
  });
});
