import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formsOf, formsOfText, seekerOf, tracesIn } from '../../support/traces';

describe('looking for traces', () => {
  it('finds every form, wherever it stands, as the plain search does', () => {
    const secrets = {
      price: formsOfText('75786.36'),
      name: formsOfText('陶瓷炉'),
      key: formsOf(Buffer.alloc(32, 7)),
    };
    for (const [what, forms] of Object.entries(secrets))
      for (const form of forms)
        for (const [before, after] of [
          [0, 0],
          [0, 9],
          [5, 0],
          [1023, 1],
        ] as const) {
          const heap = Buffer.concat([Buffer.alloc(before, 0x41), form, Buffer.alloc(after, 0x42)]);
          expect(tracesIn(secrets, [heap])).toContain(what);
        }
    expect(tracesIn(secrets, [Buffer.from('75786.3'), Buffer.alloc(3), Buffer.alloc(0)])).toEqual([]);
  });

  it('agrees with a naive search on any bytes', () => {
    // Few different bytes, so that beginnings of forms are everywhere.
    const bytes = fc.uint8Array({ min: 0, max: 2, minLength: 4, maxLength: 7 }).map((b) => Buffer.from(b));
    const heap = fc.uint8Array({ min: 0, max: 2, maxLength: 200 }).map((b) => Buffer.from(b));
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 6 }), heap, (forms, where) => {
        const needles = Object.fromEntries(forms.map((form, i) => [`${i}`, [form]]));
        const naive = forms.flatMap((form, i) => (where.includes(form) ? [`${i}`] : []));
        expect([...seekerOf(needles)(where)].sort()).toEqual(naive.sort());
      }),
    );
  });

  it('refuses what is too short to mean anything', () => {
    expect(() => seekerOf({ short: [Buffer.from('abc')] })).toThrow('Too short');
  });
});
