import { keccak_256 } from '@noble/hashes/sha3.js';
import { describe, expect, it } from 'vitest';
import { encodeRlp, type RlpItem } from '@/lib/evidence/rlp';
import { EMPTY_TRIE, keccakHex, lookup, nodesByHash } from '@/lib/evidence/trie';
import { fromHex, toHex } from '@/lib/record/hex';
import { hexPrefix, naiveTrie } from './naive-trie';

const hexOf = (value: string): string =>
  value.startsWith('0x') ? value.slice(2) : toHex(new TextEncoder().encode(value));
const bytes = (value: string): Uint8Array => fromHex(hexOf(value));

/** The entries that are left, and their root: facts of ethereum/tests, TrieTests/trietest.json. */
const PUBLISHED: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    'emptyValues',
    { do: 'verb', horse: 'stallion', doge: 'coin', dog: 'puppy' },
    '5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84',
  ],
  [
    'jeff',
    {
      '0x0000000000000000000000000000000000000000000000000000000000000045':
        '0x22b224a1420a802ab51d326e29fa98e34c4f24ea',
      '0x0000000000000000000000000000000000000000000000000000000000000046':
        '0x67706c2076330000000000000000000000000000000000000000000000000000',
      '0x000000000000000000000000697c7b8c961b56f675d570498424ac8de1a918f6':
        '0x6f6f6f6820736f2067726561742c207265616c6c6c793f000000000000000000',
      '0x0000000000000000000000007ef9e639e2733cb34e4dfc576d4b23f72db776b2':
        '0x4655474156000000000000000000000000000000000000000000000000000000',
      '0x000000000000000000000000ec4f34c97e43fbb2816cfd95e388353c7181dab1':
        '0x4e616d6552656700000000000000000000000000000000000000000000000000',
      '0x4655474156000000000000000000000000000000000000000000000000000000':
        '0x7ef9e639e2733cb34e4dfc576d4b23f72db776b2',
      '0x4e616d6552656700000000000000000000000000000000000000000000000000':
        '0xec4f34c97e43fbb2816cfd95e388353c7181dab1',
      '0x6f6f6f6820736f2067726561742c207265616c6c6c793f000000000000000000':
        '0x697c7b8c961b56f675d570498424ac8de1a918f6',
    },
    '9f6221ebb8efe7cff60a716ecb886e67dd042014be444669f0159d8e68b42100',
  ],
  [
    'insert-middle-leaf',
    {
      key1aa: '0123456789012345678901234567890123456789xxx',
      key1: '0123456789012345678901234567890123456789Very_Long',
      key2bb: 'aval3',
      key2: 'short',
      key3cc: 'aval3',
      key3: '1234567890123456789012345678901',
    },
    'cb65032e2f76c48b82b5c24b3db8f670ce73982869d38cd39a624f23d62a9e89',
  ],
];

const EMPTY = '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';
const CODE = 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470';

/** Accounts by address, of ethereum/tests, TrieTests/hex_encoded_securetrie_test.json, test1. */
const SECURE: Readonly<Record<string, string>> = {
  a94f5374fce5edbc8e2a8697c15331677e6ebf0b: `f848018405f446a7a0${EMPTY}a0${CODE}`,
  '095e7baea6a6c7c4c2dfeb977efac326af552d87': `f8440101a0${EMPTY}a004bccc5d94f4d1f99aab44369a910179931772f2a5c001c3229f57831c102769`,
  d2571607e241ecf590ed94b12d87c94babe36db6: `f8440180a0ba4b47865c55a341a4a78759bb913cd15c3ee8eaf30a62fa8d1c8863113d84e8a0${CODE}`,
  '62c01474f089b07dae603491675dc5b5748f7049': `f8448080a0${EMPTY}a0${CODE}`,
  '2adc25665018aa1fe0e6bc666dac8fc2697ff9ba': `f8478083019a59a0${EMPTY}a0${CODE}`,
};

describe('the trie', () => {
  it.each(PUBLISHED)('has the published root, and every entry under it: %s', (_, entries, root) => {
    const all = Object.entries(entries);
    const trie = naiveTrie(new Map(all.map(([key, value]) => [hexOf(key), bytes(value)])));
    expect(trie.root).toBe(root);
    const nodes = nodesByHash(trie.nodes);
    for (const [key, value] of all) {
      expect(lookup(root, bytes(key), nodes)).toEqual({ kind: 'value', value: bytes(value) });
      for (const other of [`${hexOf(key)}00`, hexOf(key).slice(0, -2)]) {
        if (all.some(([present]) => hexOf(present) === other)) continue;
        expect(lookup(root, fromHex(other), nodes).kind).toBe('absent');
      }
    }
  });

  it('reads accounts under the hash of their address, as published', () => {
    const hashed = (address: string) => keccak_256(fromHex(address));
    const trie = naiveTrie(
      new Map(Object.entries(SECURE).map(([address, account]) => [toHex(hashed(address)), fromHex(account)])),
    );
    expect(trie.root).toBe('730a444e08ab4b8dee147c9b232fc52d34a223d600031c1e9d25bfc985cbd797');
    for (const [address, account] of Object.entries(SECURE)) {
      const found = lookup(trie.root, hashed(address), nodesByHash(trie.nodes));
      expect(found).toEqual({ kind: 'value', value: fromHex(account) });
    }
    expect(lookup(trie.root, hashed('00'.repeat(20)), nodesByHash(trie.nodes)).kind).toBe('absent');
  });

  it('without entries has the published root, and nothing in it', () => {
    expect(EMPTY_TRIE).toBe(EMPTY);
    expect(lookup(EMPTY, new Uint8Array(32), new Map())).toEqual({ kind: 'absent' });
  });

  it('answers for many keys as the naive one, with short nodes inside others, and for each node left out as missing', () => {
    // Keys of two bytes lie close together, and values of one byte are short enough to be embedded.
    for (const [width, count] of [
      [2, 40],
      [2, 3000],
      [32, 300],
    ] as const) {
      const key = (n: number) => keccak_256(Uint8Array.of(n >> 8, n & 255)).slice(0, width);
      const value = (n: number) => keccak_256(key(n)).slice(0, 1 + (n % 33));
      const entries = new Map(Array.from({ length: count }, (_, n) => [toHex(key(n)), value(n)]));
      const trie = naiveTrie(entries);
      const nodes = nodesByHash(trie.nodes);
      for (let n = 0; n < 2 * count; n += 1) {
        const expected = entries.get(toHex(key(n)));
        const used: string[] = [];
        const found = lookup(trie.root, key(n), nodes, (hash) => used.push(hash));
        expect(found).toEqual(
          expected === undefined ? { kind: 'absent' } : { kind: 'value', value: expected },
        );
        const [last = ''] = used.slice(-1);
        const without = new Map([...used.slice(0, -1)].map((hash) => [hash, nodes.get(hash) as Uint8Array]));
        expect(lookup(trie.root, key(n), without)).toEqual({ kind: 'missing', hash: last });
      }
    }
  });

  it.each<[string, RlpItem]>([
    ['a string', Uint8Array.of(1, 2, 3)],
    ['three items', [Uint8Array.of(0x20), Uint8Array.of(1), Uint8Array.of(1)]],
    ['a path that is a list', [[], Uint8Array.of(1)]],
    ['no path at all', [new Uint8Array(), Uint8Array.of(1)]],
    ['an unknown flag', [Uint8Array.of(0x40), Uint8Array.of(1)]],
    ['an even path with something beside its flag', [Uint8Array.of(0x21), Uint8Array.of(1)]],
    ['a leaf without a value', [hexPrefix([], true), new Uint8Array()]],
    ['a leaf whose value is a list', [hexPrefix([], true), []]],
    ['an extension without a path', [hexPrefix([], false), new Uint8Array(32)]],
    ['an extension that leads nowhere', [hexPrefix([1, 2], false), new Uint8Array()]],
    ['a reference of 31 bytes', [hexPrefix([1, 2], false), new Uint8Array(31)]],
    [
      'a long node in its parent',
      [hexPrefix([1, 2], false), [hexPrefix([], true), new Uint8Array(32).fill(7)]],
    ],
    [
      'a branch with a long node in it',
      Array.from({ length: 17 }, () => [Uint8Array.of(0x20), new Uint8Array(40)]),
    ],
  ])('takes for no node: %s', (_, item) => {
    const node = encodeRlp(item);
    const found = lookup(keccakHex(node), Uint8Array.of(0x12), nodesByHash([node]));
    expect(found).toEqual({ kind: 'malformed' });
  });
});
