import { describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest } from '@/lib/sealing/package';
import { utf8 } from '@/lib/sealing/bytes';
import { canonicalText } from '@/lib/record/jcs';
import { makeIdentity, makeKeySet, makeManifest } from './fixture';

const manifest = makeManifest(makeIdentity(makeKeySet(1, 1)), []);
const partner = (n: number) => ({ id: `org-${n}`, name: `Partner ${n} 株式会社` });
const list = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const decode = (change: object) => decodeManifest(utf8(canonicalText({ ...manifest, ...change })));

describe('what a bidder declares in the package', () => {
  it('comes back as it went, up to the limits', () => {
    const long = { id: 'i'.repeat(200), name: 'n'.repeat(300) };
    const full = {
      ...manifest,
      consortium: [...list(19, partner), long],
      declarations: [...list(49, (i) => `d-${i}`), '无'.repeat(60)],
    };
    expect(decodeManifest(encodeManifest(full))).toEqual(full);
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['null', null],
    ['21 partners', list(21, partner)],
    ['a partner twice', [partner(1), { ...partner(1), name: 'Under another name' }]],
    ['the tenderer as its own partner', [{ id: manifest.tenderer, name: 'ACME' }]],
    ['an empty id', [{ id: '', name: 'X' }]],
    ['an empty name', [{ id: 'x', name: '' }]],
    ['a long id', [{ id: 'i'.repeat(201), name: 'X' }]],
    ['a long name', [{ id: 'x', name: 'n'.repeat(301) }]],
    ['an id that is no text', [{ id: 1, name: 'X' }]],
    ['a key too many', [{ ...partner(1), share: '50' }]],
    ['a key too few', [{ id: 'x' }]],
    ['a text for a partner', ['org-1']],
  ])('refuses a consortium with %s', (_, consortium) => {
    const refusal = expect.objectContaining({ code: 'package-consortium' }) as Error;
    expect(() => decode({ consortium })).toThrow(refusal);
    expect(() => encodeManifest({ ...manifest, consortium } as never)).toThrow(refusal);
  });

  it.each<[string, unknown]>([
    ['no list', 'd-1'],
    ['null', null],
    ['51 ids', list(51, (i) => `d-${i}`)],
    ['an id twice', ['a', 'b', 'a']],
    ['an empty id', ['']],
    ['a long id', ['d'.repeat(61)]],
    ['a number', [1]],
    ['an object', [{ id: 'a' }]],
  ])('refuses declarations with %s', (_, declarations) => {
    const refusal = expect.objectContaining({ code: 'package-declarations' }) as Error;
    expect(() => decode({ declarations })).toThrow(refusal);
    expect(() => encodeManifest({ ...manifest, declarations } as never)).toThrow(refusal);
  });

  it('refuses texts without a UTF-8 form before they are encoded', () => {
    const lone = '\ud800';
    const encode = (change: object) => () => encodeManifest({ ...manifest, ...change });
    const code = (name: string) => expect.objectContaining({ code: name }) as Error;
    expect(encode({ consortium: [{ id: 'x', name: lone }] })).toThrow(code('package-consortium'));
    expect(encode({ declarations: [lone] })).toThrow(code('package-declarations'));
  });

  it('refuses a manifest of before, without these keys', () => {
    const { consortium, declarations, ...before } = manifest;
    const code = expect.objectContaining({ code: 'package-shape' }) as Error;
    expect(() => decodeManifest(utf8(canonicalText(before)))).toThrow(code);
    expect(() => decodeManifest(utf8(canonicalText({ ...before, consortium })))).toThrow(code);
    expect(() => decodeManifest(utf8(canonicalText({ ...before, declarations })))).toThrow(code);
  });
});
