import type { SealingErrorCode } from '@/lib/sealing/error';
import type { PackageManifest } from '@/lib/sealing/package';
import { concat, utf8 } from '@/lib/sealing/bytes';
import { canonicalText } from '@/lib/record/jcs';

type BadManifest = [SealingErrorCode, string, unknown];

const list = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));

/** Manifests that are refused, as values, texts or bytes, each for one reason. */
export function badManifests(honest: PackageManifest): BadManifest[] {
  return [...badShapes(honest), ...badDeclared(honest), ...badFiles(honest), ...badPrices(honest)];
}

function badShapes(honest: PackageManifest): BadManifest[] {
  const text = canonicalText(honest);
  const without = Object.fromEntries(Object.entries(honest).filter(([key]) => key !== 'consortium'));
  const shape = 'package-shape' as const;
  return [
    [shape, 'a space before it', ` ${text}`],
    [shape, 'keys in another order', `{"v":1,${text.slice(1).replace(',"v":1}', '}')}`],
    [shape, 'a key twice', text.replace('"lot":""', '"lot":"","lot":""')],
    [shape, 'a key too many', { ...honest, note: 'hidden' }],
    [shape, 'a key too few', without],
    [shape, 'another version', { ...honest, v: 2 }],
    [shape, 'a number for a lot', { ...honest, lot: 1 }],
    [shape, 'half a number', text.replace('"v":1}', '"v":1.5}')],
    [shape, 'a needless escape', text.replace('org-acme', 'org-\\u0061cme')],
    [shape, 'bytes that are not UTF-8', concat(utf8(text.slice(0, -1)), Uint8Array.of(0xff, 0x7d))],
    [shape, 'a byte order mark', concat(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(text))],
    [shape, 'nothing in it', new Uint8Array(0)],
    ['package-other-identity', 'another tenderer', { ...honest, tenderer: 'org-other' }],
    ['package-other-identity', 'another tender', { ...honest, ocid: 'ocds-e3hb2t-0002' }],
    ['package-other-identity', 'another lot', { ...honest, lot: '1' }],
    ['package-other-identity', 'another part', { ...honest, part: 'financial' }],
  ];
}

function badDeclared(honest: PackageManifest): BadManifest[] {
  const partner = (i: number) => ({ id: `p${i}`, name: 'P' });
  const consortium = (what: string, value: unknown): BadManifest => [
    'package-consortium',
    what,
    { ...honest, consortium: value },
  ];
  const declarations = (what: string, value: unknown): BadManifest => [
    'package-declarations',
    what,
    { ...honest, declarations: value },
  ];
  return [
    consortium('21 partners', list(21, partner)),
    consortium('a partner twice', [partner(1), partner(1)]),
    consortium('the tenderer as its own partner', [{ id: honest.tenderer, name: 'ACME' }]),
    consortium('a partner without name', [{ id: 'p', name: '' }]),
    consortium('a partner with a share', [{ ...partner(1), share: '50' }]),
    consortium('a partner’s id of 201 characters', [{ id: 'i'.repeat(201), name: 'P' }]),
    consortium('a partner’s name of 301 code units', [{ id: 'p', name: '💶'.repeat(151) }]),
    consortium('null for a consortium', null),
    declarations(
      '51 declarations',
      list(51, (i) => `d${i}`),
    ),
    declarations('a declaration twice', ['a', 'a']),
    declarations('an empty declaration', ['']),
    declarations('a declaration of 61 characters', ['d'.repeat(61)]),
    declarations('a declaration that is no text', [true]),
  ];
}

function badFiles(honest: PackageManifest): BadManifest[] {
  const [entry] = honest.files;
  const file = (change: object) => ({ ...honest, files: [{ ...entry, ...change }] });
  const name = (bad: string): BadManifest => [
    'package-file-name',
    `the file name ${JSON.stringify(bad)}`,
    file({ name: bad }),
  ];
  return [
    ...['../x', 'a\\b', 'con.txt', 'x.', ' x', 'a\u202efdp.exe', 'u\u0308.pdf', ''].map(name),
    ['package-file-name', 'a file name of 241 bytes', file({ name: '字'.repeat(80) + 'x' })],
    [
      'package-duplicate-name',
      'a file name twice, in another case',
      { ...honest, files: [entry, { ...entry, name: 'OFFER.pdf' }] },
    ],
    ['package-file-empty', 'an empty file', file({ size: 0 })],
    ['package-file-empty', 'a file of less than nothing', file({ size: -1 })],
    ['package-shape', 'a file of 2^40 + 1 bytes, as it says', file({ size: 2 ** 40 + 1 })],
    [
      'package-too-large',
      'two files of 2^40 bytes, as it says',
      {
        ...honest,
        files: [
          { ...entry, size: 2 ** 40 },
          { ...entry, name: 'b', size: 2 ** 40 },
        ],
      },
    ],
    ['package-shape', '101 files', { ...honest, files: list(101, (i) => ({ ...entry, name: `f${i}` })) }],
    ['package-shape', 'a media type with parameters', file({ mediaType: 'text/plain; charset=x' })],
    ['package-shape', 'a digest in upper case', file({ sha256: 'AB'.repeat(32) })],
    ['package-shape', 'a size as text', file({ size: '7' })],
  ];
}

function badPrices(honest: PackageManifest): BadManifest[] {
  const row = { itemId: '1', quantity: '2', unitPrice: '10.5', amount: '21.00' };
  const good = { currency: 'EUR', items: [row], total: '21.00' };
  const price = (code: SealingErrorCode, what: string, change: object): BadManifest => [
    code,
    `a price form with ${what}`,
    { ...honest, priceForm: { ...good, ...change } },
  ];
  const rows = (code: SealingErrorCode, what: string, change: object, total = good.total) =>
    price(code, what, { items: [{ ...row, ...change }], total });
  return [
    price('price-form-shape', 'a currency in lower case', { currency: 'eur' }),
    price('price-form-shape', 'no row', { items: [], total: '0.00' }),
    price('price-form-shape', 'an item twice', { items: [row, row], total: '42.00' }),
    price('price-form-shape', 'a key too many', { note: '' }),
    rows('price-form-shape', 'a trailing zero', { unitPrice: '10.50' }),
    rows('price-form-shape', 'a negative price', { unitPrice: '-10.5' }),
    rows('price-form-shape', 'quantity 0', { quantity: '0', amount: '0.00' }, '0.00'),
    rows('price-form-shape', 'a price of five decimals', { unitPrice: '10.50001' }),
    rows('price-form-shape', 'a price in scientific notation', { unitPrice: '1e1' }),
    rows('price-form-shape', 'a price as a number', { unitPrice: 10 }),
    rows('price-form-amount', 'an amount rounded down', { unitPrice: '10.4975', amount: '20.99' }, '20.99'),
    rows('price-form-amount', 'an amount without cents', { amount: '21' }),
    price('price-form-total', 'a total that is a cent more', { total: '21.01' }),
  ];
}
