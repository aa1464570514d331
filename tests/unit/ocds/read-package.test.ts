import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '@/lib/ocds/decimal';
import { JsonNumber, readJson, writeJson, type Json } from '@/lib/ocds/json';
import { MAX_PACKAGE_LENGTH, readPackage } from '@/lib/ocds/read-package';
import { FLAWED_PACKAGE } from './fixtures';
import { OWN_SAMPLES, PUBLISHED_SAMPLES, SAMPLES } from './samples';

const release = { ocid: 'ocds-1', id: '1', tag: ['tender'], tender: { title: 'A' } };
const refusal = (value: unknown) => {
  const result = readPackage(typeof value === 'string' ? value : JSON.stringify(value));
  return result.ok ? null : [result.path, result.code];
};

describe('reading an OCDS package', () => {
  it('lists the releases of a package with the flaws of real data', () => {
    const result = readPackage(FLAWED_PACKAGE);
    expect(result).toMatchObject({
      ok: true,
      publisher: 'Example City',
      releases: [
        {
          index: 0,
          path: '$.releases[0]',
          ocid: 'OCDS-EXAMPLE-024',
          id: '01',
          tag: ['tender'],
          buyer: 'FINANCE OFFICE',
        },
        { index: 1, id: '02', title: '', hasTender: false },
      ],
    });
  });

  it('takes a bare release, a record package, and packages after each other', () => {
    const record = {
      version: '1.1',
      records: [{ ocid: 'ocds-1', releases: [release], compiledRelease: release }],
    };
    const several = `${JSON.stringify({ releases: [release] })}\n${JSON.stringify({ releases: [release] })}\n`;
    const paths = [JSON.stringify(release), JSON.stringify(record), several].map((text) => {
      const result = readPackage(text);
      return result.ok ? result.releases.map((r) => r.path) : result;
    });
    expect(paths).toEqual([
      ['$'],
      ['$.records[0].releases[0]', '$.records[0].compiledRelease'],
      ['$[0].releases[0]', '$[1].releases[0]'],
    ]);
  });

  it('finds the buyer in parties when the reference has no name', () => {
    const parties = [{ id: 'X', name: 'The Ministry', roles: ['buyer'] }];
    const result = readPackage(JSON.stringify({ ...release, buyer: { id: 'X' }, parties }));
    expect(result.ok && result.releases[0]?.buyer).toBe('The Ministry');
  });

  it.each<[string, unknown, [string, string]]>([
    ['an empty file', '', ['$ (1:1)', 'not-json']],
    ['no JSON at all', 'PK\u0003\u0004', ['$ (1:1)', 'not-json']],
    [
      'a file that was cut off',
      '{"releases": [{"ocid": "a",\n "tender": {"items": [',
      ['$.releases[0].tender.items[0] (2:23)', 'not-json'],
    ],
    ['nesting that exhausts', '['.repeat(100_000), [`$${'[0]'.repeat(64)} (1:65)`, 'too-deep']],
    ['a list', [], ['$', 'not-an-object']],
    ['some other object', { hello: 1 }, ['$.releases', 'missing']],
    ['another version', { version: '2.0', releases: [release] }, ['$.version', 'version']],
    ['releases that are no list', { releases: {} }, ['$.releases', 'not-a-list']],
    ['no release', { releases: [] }, ['$.releases', 'empty']],
    ['a release that is none', { releases: [release, 7] }, ['$.releases[1]', 'not-an-object']],
    ['no ocid', { releases: [{ ...release, ocid: null }] }, ['$.releases[0].ocid', 'missing']],
    ['no id', { releases: [{ ...release, id: '' }] }, ['$.releases[0].id', 'missing']],
    [
      'a tender that is none',
      { releases: [{ ...release, tender: [] }] },
      ['$.releases[0].tender', 'not-an-object'],
    ],
    [
      'items that are no list',
      { releases: [{ ...release, tender: { items: {} } }] },
      ['$.releases[0].tender.items', 'not-a-list'],
    ],
    [
      'an item that is none',
      { releases: [{ ...release, tender: { items: ['x'] } }] },
      ['$.releases[0].tender.items[0]', 'not-an-object'],
    ],
    [
      'a title that is none',
      { releases: [{ ...release, tender: { title: {} } }] },
      ['$.releases[0].tender.title', 'not-a-text'],
    ],
    [
      'a record that only links',
      { records: [{ ocid: 'a', releases: [{ url: 'https://example.org' }] }] },
      ['$.records[0].releases', 'linked'],
    ],
  ])('refuses %s and names the path', (_name, value, expected) => {
    expect(refusal(value)).toEqual(expected);
  });

  it('refuses a file that is too large before reading it', () => {
    expect(refusal(' '.repeat(MAX_PACKAGE_LENGTH + 1))).toEqual(['$', 'too-large']);
  });

  it('says in both languages what to do', () => {
    const result = readPackage('{}');
    expect(result.ok ? null : result.sentence).toEqual({
      en: expect.stringMatching(/\.$/),
      zh: expect.stringMatching(/。$/),
    });
  });
});

describe('numbers', () => {
  it.each([
    ['193817.39', '193817.39'],
    ['1311264.0', '1311264'],
    ['99999999999999.99', '99999999999999.99'],
    ['1e3', '1000'],
    ['2.5E1', '25'],
    ['1.5e-2', '0.015'],
    ['0.0', '0'],
    ['-0', '0'],
    ['-12.50', '-12.5'],
    ['1e999999999', null],
  ])('%s is %s, to the last digit', (literal, expected) => {
    expect(decimalText(new JsonNumber(literal))).toBe(expected);
  });

  it('reads and writes what JSON.parse and JSON.stringify do', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const [read] = readJson(JSON.stringify(value));
        expect(JSON.parse(writeJson(read as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('never answers what is not JSON', () => {
    for (const text of [
      '{"a":1,}',
      '[1,]',
      '01',
      '1.',
      "{'a':1}",
      '"\u0001"',
      'nul',
      '{"a" 1}',
      '[1 2',
      '{1:2}',
      '+1',
    ])
      expect(() => readJson(text), text).toThrow();
  });
});

describe('whole packages', () => {
  it.each(SAMPLES.map((s) => [s.name, s.text]))('%s is read', (_name, text) => {
    const result = readPackage(text);
    expect(result.ok).toBe(true);
    expect(result.ok && result.releases.length).toBeGreaterThan(0);
  });

  it.each([
    ['planning-release-package.json', ['$.releases[0] tb-1 planning']],
    ['tender-release-package.json', ['$.releases[0] tb-2 tender']],
    [
      'award-release-package.json',
      ['$.releases[0] tb-3 tenderAmendment', '$.releases[1] tb-4 award,contract'],
    ],
    [
      'record-package.json',
      ['$.records[0].releases[0] tb-2 tender', '$.records[0].compiledRelease tb-compiled compiled'],
    ],
    ['chinese-release-package.json', ['$.releases[0] lib-1 tender']],
    ['packages-after-each-other.jsonl', ['$[0].releases[0] tb-2 tender', '$[1].releases[0] lib-1 tender']],
    ['bare-release.json', ['$ tb-2 tender']],
  ])('%s has these releases', (name, expected) => {
    const result = readPackage(OWN_SAMPLES.find((sample) => sample.name === name)?.text ?? '');
    if (!result.ok) throw new Error(`${result.code} at ${result.path}`);
    expect(result.releases.map((r) => `${r.path} ${r.id} ${r.tag.join()}`)).toEqual(expected);
  });

  it('of our own are there; published ones are whole or absent', () => {
    expect(OWN_SAMPLES).toHaveLength(7);
    expect([0, 11]).toContain(PUBLISHED_SAMPLES.length);
  });
});
