import { describe, expect, it } from 'vitest';
import { decodeRlp, encodeRlp, type RlpItem } from '@/lib/evidence/rlp';
import { fromHex, toHex } from '@/lib/record/hex';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const row = ['asdf', 'qwer', 'zxcv'].map(text);

/** Facts of ethereum/tests, RLPTests/rlptest.json: an item and its encoding. */
const VALID: readonly (readonly [string, RlpItem, string])[] = [
  ['emptystring', text(''), '80'],
  ['bytestring00', text('\0'), '00'],
  ['bytestring01', Uint8Array.of(1), '01'],
  ['bytestring7F', Uint8Array.of(0x7f), '7f'],
  ['shortstring', text('dog'), '83646f67'],
  [
    'shortstring2',
    text('Lorem ipsum dolor sit amet, consectetur adipisicing eli'),
    'b74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69',
  ],
  [
    'longstring',
    text('Lorem ipsum dolor sit amet, consectetur adipisicing elit'),
    'b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974',
  ],
  ['mediumint1', Uint8Array.of(0x80), '8180'],
  ['mediumint2', Uint8Array.of(3, 0xe8), '8203e8'],
  ['mediumint4', fromHex('102030405060708090a0b0c0d0e0f2'), '8f102030405060708090a0b0c0d0e0f2'],
  ['emptylist', [], 'c0'],
  ['stringlist', ['dog', 'god', 'cat'].map(text), 'cc83646f6783676f6483636174'],
  ['multilist', [text('zw'), [Uint8Array.of(4)], Uint8Array.of(1)], 'c6827a77c10401'],
  [
    'shortListMax1',
    [...row, ...row, ...row, text('asdf'), text('qwer')],
    'f784617364668471776572847a78637684617364668471776572847a78637684617364668471776572847a78637684617364668471776572',
  ],
  [
    'longList1',
    [row, row, row, row],
    'f840cf84617364668471776572847a786376cf84617364668471776572847a786376cf84617364668471776572847a786376cf84617364668471776572847a786376',
  ],
  [
    'longList2',
    Array.from({ length: 32 }, () => row),
    `f90200${'cf84617364668471776572847a786376'.repeat(32)}`,
  ],
  ['listsoflists', [[[], []], []], 'c4c2c0c0c0'],
  ['listsoflists2', [[], [[]], [[], [[]]]], 'c7c0c1c0c3c0c1c0'],
  [
    'dictTest1',
    [1, 2, 3, 4].map((n) => [text(`key${n}`), text(`val${n}`)]),
    'ecca846b6579318476616c31ca846b6579328476616c32ca846b6579338476616c33ca846b6579348476616c34',
  ],
  ['bigint', fromHex(`01${'00'.repeat(32)}`), `a101${'00'.repeat(32)}`],
];

/** Facts of ethereum/tests, RLPTests/invalidRLPTest.json. */
const INVALID: readonly (readonly [string, string])[] = [
  ['int32Overflow', 'bf0f000000000000021111'],
  ['int32Overflow2', 'ff0f000000000000021111'],
  ['wrongSizeList', 'f80180'],
  ['wrongSizeList2', 'f80100'],
  ['incorrectLengthInArray', 'b9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df0'],
  [
    'randomRLP',
    'f861f83eb9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df027b90015002d5ef8325ae4d034df55d4b58d0dfba64d61ddd17be00000b9001a00dae30907045a2f66fa36f2bb8aa9029cbb0b8a7b3b5c435ab331',
  ],
  ['bytesShouldBeSingleByte00', '8100'],
  ['bytesShouldBeSingleByte01', '8101'],
  ['bytesShouldBeSingleByte7F', '817f'],
  [
    'leadingZerosInLongLengthArray1',
    'b90040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
  ],
  ['leadingZerosInLongLengthArray2', 'b800'],
  [
    'leadingZerosInLongLengthList1',
    'fb00000040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
  ],
  ['leadingZerosInLongLengthList2', 'f800'],
  ['nonOptimalLongLengthArray1', 'b81000112233445566778899aabbccddeeff'],
  ['nonOptimalLongLengthArray2', 'b801ff'],
  ['nonOptimalLongLengthList1', 'f810000102030405060708090a0b0c0d0e0f'],
  ['nonOptimalLongLengthList2', 'f803112233'],
];

describe('RLP', () => {
  it.each(VALID)('encodes and decodes as published: %s', (_, item, encoding) => {
    expect(toHex(encodeRlp(item))).toBe(encoding);
    expect(decodeRlp(fromHex(encoding))).toEqual(item);
  });

  it.each(INVALID)('refuses as published: %s', (_, encoding) => {
    expect(decodeRlp(fromHex(encoding))).toBeNull();
  });

  it('refuses nothing, what is cut short, what goes on, and what nests too deep', () => {
    expect(decodeRlp(new Uint8Array())).toBeNull();
    for (const [, , encoding] of VALID) {
      expect(decodeRlp(fromHex(`${encoding}00`))).toBeNull();
      if (encoding.length > 2) expect(decodeRlp(fromHex(encoding.slice(0, -2)))).toBeNull();
    }
    const nested = (depth: number): RlpItem => (depth === 0 ? [] : [nested(depth - 1)]);
    expect(decodeRlp(encodeRlp(nested(8)))).toEqual(nested(8));
    expect(decodeRlp(encodeRlp(nested(9)))).toBeNull();
  });

  it('decodes nothing that it would not write so itself', () => {
    // Every string of two bytes, and of three with the first byte of a list or a long form.
    const tried = Array.from({ length: 1 << 16 }, (_, n) => Uint8Array.of(n >> 8, n & 255));
    for (const first of [0x80, 0x81, 0x82, 0xb8, 0xc1, 0xc2, 0xf8]) {
      for (let n = 0; n < 1 << 16; n += 7) tried.push(Uint8Array.of(first, n >> 8, n & 255));
    }
    let decoded = 0;
    for (const bytes of tried) {
      const item = decodeRlp(bytes);
      if (item === null) continue;
      decoded += 1;
      expect(toHex(encodeRlp(item))).toBe(toHex(bytes));
    }
    expect(decoded).toBeGreaterThan(10_000);
  });
});
