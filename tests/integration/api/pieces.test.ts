import { describe, expect, it } from 'vitest';
import { attachment, parseRange } from '@/lib/server/download';
import { prefixLengthFor } from '@/lib/server/find-documents';
import { countRequest, forgetRates } from '@/lib/server/rate-limit';
import { preferredLocale } from '@/lib/server/refusal-message';
import { isSameOrigin } from '@/lib/server/request-origin';
import { zipDirectory, zipNames, ZIP_TAIL } from '@/lib/server/zip-names';
import { zip } from './zip';

const request = (headers: Record<string, string>) => new Request('http://localhost:3000/x', { headers });

describe('the prefix of a digest', () => {
  it.each([
    [0, 0],
    [49, 0],
    [50, 0],
    [799, 0],
    [800, 1],
    [12_799, 1],
    [12_800, 2],
    [10 ** 9, 6],
  ])('for %i documents has %i digits, and leaves 50 of them or all', (documents, length) => {
    expect(prefixLengthFor(documents)).toBe(length);
    if (length > 0) expect(documents / 16 ** length).toBeGreaterThanOrEqual(50);
  });
});

describe('a byte range', () => {
  it.each([
    ['bytes=0-0', { from: 0, to: 1 }],
    ['bytes=5-', { from: 5, to: 10 }],
    ['bytes=5-99', { from: 5, to: 10 }],
    ['bytes=-3', { from: 7, to: 10 }],
    ['bytes=-99', { from: 0, to: 10 }],
    ['bytes=10-', null],
    ['bytes=-0', null],
    ['bytes=3-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['items=0-1', undefined],
    [null, undefined],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });
});

describe('a name to save under', () => {
  it('cannot leave its header, and keeps its letters', () => {
    const header = attachment('合同"; x=\r\ny.pdf');
    expect(header).not.toMatch(/[\r\n]/);
    expect(header.match(/"/g)).toHaveLength(2);
    expect(header).toContain("filename*=UTF-8''%E5%90%88%E5%90%8C%22%3B%20x%3D%0D%0Ay.pdf");
  });
});

describe('where a request comes from', () => {
  it.each([
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }, false],
    [{ origin: 'http://localhost:3000' }, true],
    [{ origin: 'http://localhost:3001' }, false],
    [{ origin: 'null' }, false],
  ])('%j: %s', (headers, expected) => {
    expect(isSameOrigin(request(headers as unknown as Record<string, string>), 'http://localhost:3000')).toBe(
      expected,
    );
  });
});

describe('the language of a message', () => {
  it.each([
    [null, 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['fr, zh;q=0.2, en;q=0.3', 'en'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['*', 'en'],
    [';;;,q=1', 'en'],
  ])('%s: %s', (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });
});

describe('a rate', () => {
  it('counts by address, names the wait, and begins anew after a minute', () => {
    forgetRates();
    const rate = { name: 'test', perMinute: 2 };
    const from = (address: string) => request({ 'x-forwarded-for': `1.1.1.1, ${address}` });
    expect([1, 2, 3].map(() => countRequest(from('a'), rate, 1000))).toEqual([0, 0, 60]);
    expect(countRequest(from('b'), rate, 31_000)).toBe(0);
    expect(countRequest(from('a'), rate, 31_000)).toBe(30);
    expect(countRequest(from('a'), rate, 61_000)).toBe(0);
  });

  it('holds all callers together, however many addresses they make up', () => {
    forgetRates();
    const rate = { name: 'test', perMinute: 2 };
    const waits = Array.from({ length: 50 }, (_, i) =>
      countRequest(request({ 'x-forwarded-for': `${i}` }), rate, 0),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(40);
  });

  it('of who is signed in counts the person, and a crowd of strangers takes nothing from it', () => {
    forgetRates();
    const rate = { name: 'test', perMinute: 2, by: 'person' } as const;
    const stranger = (i: number) => countRequest(request({ 'x-forwarded-for': `${i}` }), rate, 0);
    const crowd = Array.from({ length: 50 }, (_, i) => stranger(i));
    expect(crowd.at(-1)).toBe(60);
    const signedIn = (i: number, person: string) =>
      countRequest(request({ 'x-forwarded-for': `${i}` }), rate, 0, person);
    expect([1, 2, 3].map((i) => signedIn(i, 'a'))).toEqual([0, 0, 60]);
    const bidders = Array.from({ length: 200 }, (_, i) => signedIn(1, `bidder ${i}`));
    expect(bidders.filter((wait) => wait > 0)).toEqual([]);
  });

  it('is not used up for others by an address that asks too often', () => {
    forgetRates();
    const rate = { name: 'test', perMinute: 2 };
    const from = (address: string) => countRequest(request({ 'x-forwarded-for': address }), rate, 0);
    for (let i = 0; i < 100; i += 1) from('loud');
    expect(from('quiet')).toBe(0);
  });
});

describe('the members of an archive', () => {
  it('are read from its end, and not from one that was cut or points outside', () => {
    const archive = zip(['a.txt', '图纸/二.dwg']);
    const read = (bytes: Uint8Array) => {
      const directory = zipDirectory(bytes.subarray(-ZIP_TAIL), bytes.length);
      return (
        directory &&
        zipNames(bytes.subarray(directory.offset, directory.offset + directory.size), directory.entries)
      );
    };
    expect(read(archive)).toEqual(['a.txt', '图纸/二.dwg']);
    for (let cut = 1; cut < archive.length; cut += 1) expect(read(archive.subarray(0, -cut))).toBeNull();
    const outside = archive.slice();
    outside[outside.length - 6] = 0xff;
    outside[outside.length - 5] = 0xff;
    expect(read(outside)).toBeNull();
  });
});
