import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/record/jcs';
import { concat, portableHash, uint32, uint64, utf8 } from '@/lib/sealing/bytes';
import { FIXED_HEADER_LENGTH, headerLength, parseEnvelope } from '@/lib/sealing/envelope';
import { isSafeFileName } from '@/lib/sealing/file-name';
import type { EnvelopeSource } from '@/lib/sealing/open';
import { openEnvelope } from '@/lib/sealing/open';
import { decodeManifest, encodeManifest, MAX_MANIFEST_BYTES } from '@/lib/sealing/package';
import { paddedLength } from '@/lib/sealing/padme';
import { readPackage } from '@/lib/sealing/read-package';
import { subsets } from '@/lib/sealing/shamir';
import { filled, makeIdentity, makeKeySet, makeManifest, openRequest, release, seal } from './fixture';

const identity = makeIdentity(makeKeySet(2, 3));
const MIB = 1024 * 1024;
const file = utf8('content');
const manifest = makeManifest(identity, [{ name: 'offer.pdf', bytes: file }]);

/** Refuses to give what it does not have, and remembers what it was asked for. */
function meteredSource(bytes: Uint8Array) {
  const asked: [number, number][] = [];
  const source: EnvelopeSource = {
    size: bytes.length,
    async *stream(from, to) {
      asked.push([from, to]);
      if (from < 0 || to > bytes.length || from > to) throw new Error(`out of range: ${from} to ${to}`);
      yield bytes.subarray(from, to);
    },
  };
  return { source, asked };
}

/** A package's bytes, then zeros for ever; counts what was taken. */
function endless(beginning: Uint8Array) {
  const taken = { bytes: 0 };
  const source = (async function* () {
    taken.bytes += beginning.length;
    yield beginning;
    for (const zeros = new Uint8Array(MIB); ; taken.bytes += zeros.length) yield zeros;
  })();
  return { source, taken };
}

async function readEndless(beginning: Uint8Array, plainLength: number) {
  const { source, taken } = endless(beginning);
  let given = 0;
  const padding = (length: number) => [new Uint8Array(length)];
  const expected = { identity, plainLength, padding, newHash: portableHash };
  const sink = { data: (_: number, bytes: Uint8Array) => void (given += bytes.length) };
  const outcome = await readPackage(source, expected, sink).catch((error: unknown) => error);
  return { outcome, taken: taken.bytes, given };
}

describe('an envelope that states more than it has', () => {
  it.each<[string, Uint8Array, (whole: Uint8Array) => Uint8Array]>([
    ['a larger payload', uint64(2 ** 40), (whole) => whole],
    ['the largest payload that can be counted', uint64(2 ** 53 - 1), (whole) => whole],
    ['more than can be counted', new Uint8Array(8).fill(0xff), (whole) => whole],
    ['a payload, and ends with its header', uint64(72), (whole) => whole.subarray(0, headerLength(3))],
    ['three shares, and ends after one', uint64(72), (whole) => whole.subarray(0, headerLength(1))],
  ])('%s: invalid, and nothing is read that is not there', async (_, length, cut) => {
    const sealed = await seal();
    const bytes = sealed.bytes.slice();
    bytes.set(length, 52);
    const { source, asked } = meteredSource(cut(bytes));
    const shares = [await release(sealed, 1), await release(sealed, 2)];
    const request = openRequest(sealed, cut(bytes), shares, { source });
    const code = 'envelope-length';
    expect(await openEnvelope(request)).toMatchObject({ outcome: 'invalid', code, seed: null });
    expect(asked).toHaveLength(2);
  });

  it('an empty file is read without a fault, and so is every beginning of an envelope', async () => {
    const sealed = await seal();
    for (let length = 0; length <= headerLength(3); length += 31) {
      const { source } = meteredSource(sealed.bytes.subarray(0, length));
      const request = openRequest(sealed, sealed.bytes.subarray(0, length), [], { source });
      expect(await openEnvelope(request)).toMatchObject({ outcome: 'invalid', seed: null });
    }
    const parse = () => parseEnvelope(sealed.bytes.subarray(0, FIXED_HEADER_LENGTH));
    expect(parse).toThrow(expect.objectContaining({ code: 'envelope-length' }));
  });
});

describe('a package that states more than it has', () => {
  it('a manifest above 4 MiB is refused after its first four bytes', async () => {
    const { outcome, taken } = await readEndless(uint32(MAX_MANIFEST_BYTES + 1), 2 ** 33);
    expect(outcome).toMatchObject({ code: 'package-too-large' });
    expect(taken).toBe(4);
  });

  it('a manifest of 4 MiB is read no further than it says', async () => {
    const { outcome, taken } = await readEndless(uint32(MAX_MANIFEST_BYTES), 2 ** 33);
    expect(outcome).toMatchObject({ code: 'package-shape' });
    expect(taken).toBeLessThanOrEqual(4 + MAX_MANIFEST_BYTES + MIB);
  });

  const stating = (size: number) => {
    const text = utf8(canonicalText({ ...manifest, files: [{ ...manifest.files[0], size }] }));
    return concat(uint32(text.length), text);
  };
  it.each([2 ** 20, 2 ** 39])(
    'a file of %i bytes is refused before any byte of it is passed on',
    async (size) => {
      const { outcome, given } = await readEndless(stating(size), 4096);
      expect(outcome).toMatchObject({ code: 'package-length' });
      expect(given).toBe(0);
    },
  );

  it('files of more than 2^40 bytes together are refused, however long the payload says it is', async () => {
    const two = {
      ...manifest,
      files: [1, 2].map((i) => ({ ...manifest.files[0], name: `${i}`, size: 2 ** 40 })),
    };
    const text = utf8(canonicalText(two));
    const { outcome, given } = await readEndless(concat(uint32(text.length), text), 2 ** 42);
    expect(outcome).toMatchObject({ code: 'package-too-large' });
    expect(given).toBe(0);
  });

  it('what goes on behind the padding is refused, and read no further', async () => {
    const text = encodeManifest(manifest);
    const beginning = concat(uint32(text.length), text, file);
    const plainLength = paddedLength(beginning.length);
    const { outcome, taken, given } = await readEndless(beginning, plainLength);
    expect(outcome).toMatchObject({ code: 'package-length' });
    expect(given).toBe(file.length);
    expect(taken).toBeLessThanOrEqual(beginning.length + 2 * MIB);
  });
});

describe('a manifest made to take time', () => {
  const decode = (change: object) => () => decodeManifest(utf8(canonicalText({ ...manifest, ...change })));
  const named = (name: string) => ({ files: [{ ...manifest.files[0], name }] });
  const row = { itemId: '1', quantity: '1', unitPrice: '1', amount: '1.00' };
  const priced = (change: object) => ({
    priceForm: { currency: 'EUR', items: [{ ...row, ...change }], total: '1.00' },
  });
  /** Unicode normalisation takes time in the square of the length of such a text. */
  const marks = `a${'\u0301\u0316'.repeat(500_000)}`;

  it.each<[string, string, () => unknown]>([
    ['package-file-name', 'a file name of a million combining marks', decode(named(marks))],
    ['package-file-name', 'a file name of a million letters', decode(named('x'.repeat(1_000_000)))],
    [
      'package-shape',
      'a media type of a million letters',
      decode({ files: [{ ...manifest.files[0], mediaType: `a/${'b'.repeat(1e6)}` }] }),
    ],
    [
      'package-consortium',
      'a partner of a million letters',
      decode({ consortium: [{ id: 'x'.repeat(1e6), name: 'X' }] }),
    ],
    [
      'package-declarations',
      'a declaration of a million letters',
      decode({ declarations: ['x'.repeat(1e6)] }),
    ],
    [
      'package-declarations',
      'a hundred thousand declarations',
      decode({ declarations: Array(1e5).fill('') }),
    ],
    ['price-form-shape', 'a price of a million digits', decode(priced({ unitPrice: '9'.repeat(1e6) }))],
    [
      'price-form-shape',
      'a quantity of a million decimals',
      decode(priced({ quantity: `0.${'0'.repeat(1e6)}` })),
    ],
    ['price-form-amount', 'an amount of a million digits', decode(priced({ amount: '1'.repeat(1e6) }))],
    ['package-shape', 'a million lists in one another', () => decodeManifest(utf8('['.repeat(1e6)))],
    [
      'package-shape',
      'twenty thousand keys',
      () =>
        decodeManifest(
          utf8(canonicalText(Object.fromEntries(Array.from({ length: 2e4 }, (_, i) => [`k${i}`, 0])))),
        ),
    ],
    ['package-shape', 'a text of four million letters', () => decodeManifest(utf8(`"${'x'.repeat(4e6)}"`))],
    ['package-shape', 'more than 4 MiB', () => decodeManifest(utf8(`"${'x'.repeat(MAX_MANIFEST_BYTES)}"`))],
  ])('%s: %s', (code, _, run) => {
    const began = performance.now();
    expect(run).toThrow(expect.objectContaining({ code }));
    // The combining marks alone would take half an hour; even a busy machine parses in seconds.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('a long name is refused by its length, without looking further', () => {
    expect(isSafeFileName(marks)).toBe(false);
    expect(isSafeFileName('é'.repeat(120))).toBe(true);
    expect(isSafeFileName('é'.repeat(121))).toBe(false);
  });
});

describe('shares made to take time', () => {
  it('there are 12 870 choices of members at most', () => {
    const members = Array.from({ length: 16 }, (_, i) => i);
    const counts = members.map((k) => [...subsets(members, k + 1)].length);
    expect(Math.max(...counts)).toBe(12_870);
  });

  it('wrong shares of all 16 members leave the bid undecided within seconds', async () => {
    const sealed = await seal({ keySet: makeKeySet(3, 16) });
    const shares = Array.from({ length: 16 }, (_, i) => ({
      index: i + 1,
      bytes: new Uint8Array(randomBytes(32)),
    }));
    const undecided = { outcome: 'undecided', reason: 'shares-do-not-combine' };
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, shares))).toEqual(undecided);
  });

  it('a thousand shares of one member count as one', async () => {
    const sealed = await seal();
    const shares = Array.from({ length: 1000 }, (_, i) => ({ index: 1, bytes: filled(i % 256) }));
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, shares))).toEqual({
      outcome: 'undecided',
      reason: 'shares-missing',
    });
  });
});
