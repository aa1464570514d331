import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commit } from '@/lib/record/commitment';
import { fromHex, isHex, toHex, toHex0x } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import { entrySchema, recordSchema } from '@/lib/record/record';
import { signRecord, verifySignature } from '@/lib/record/sign';
import { SAMPLE_ENTRY, SAMPLE_RECORD } from './sample';

const code = (name: string) => expect.objectContaining({ code: name });

describe('canonical text (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units, as the example of RFC 8785 §3.2.3 demands', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\u{1f600}': 'Smile',
      '\u0080': 'Control',
      ö: 'Latin',
    };
    const keys = [...canonicalText(value).matchAll(/:"(\w+)/g)].map(([, word]) => word);
    expect(keys).toEqual(['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Smile', 'Hebrew']);
  });

  it('writes strings as RFC 8785 §3.2.2.2', () => {
    expect(canonicalText('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  it.each<[string, unknown, string]>([
    ['fractions', { a: 1.5 }, 'not-an-integer'],
    ['integers past 2^53', [2 ** 53], 'not-an-integer'],
    ['negative zero', -0, 'not-an-integer'],
    ['NaN', Number.NaN, 'not-an-integer'],
    ['undefined members', { a: undefined }, 'undefined-value'],
    ['holes in arrays', [, 1], 'undefined-value'],
    ['lone surrogates', { a: '\ud800' }, 'lone-surrogate'],
    ['lone surrogates in keys', { '\udc00': 1 }, 'lone-surrogate'],
    ['dates', { a: new Date(0) }, 'unsupported-value'],
    ['functions', { toJSON: () => 1 }, 'unsupported-value'],
    ['big integers', 1n, 'unsupported-value'],
    ['symbols as keys', { [Symbol('a')]: 1 }, 'unsupported-value'],
    ['__proto__ as a key', JSON.parse('{"__proto__":1}') as unknown, 'forbidden-key'],
    ['depth 65', nested(65), 'too-deep'],
    ['circles', circle(), 'too-deep'],
  ])('refuses %s', (_, value, expected) => expect(() => canonicalText(value)).toThrow(code(expected)));

  it('takes depth 64', () => expect(canonicalText(nested(64))).toBe('['.repeat(64) + ']'.repeat(64)));

  it('survives a round trip, and does not depend on the order of keys', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((n) => n + 0),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).filter((k) => k !== '__proto__'),
          tie('value'),
          { noNullPrototype: true },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalText(value);
        expect(parseStrict(text, { canonical: true })).toEqual(value);
        expect(parseStrict(JSON.stringify(value, null, 2))).toEqual(value);
        expect(canonicalText(reversed(value))).toBe(text);
      }),
    );
  });
});

describe('strict parsing', () => {
  it.each([
    ['{"a":1,"a":2}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['{"__proto__":{}}', 'forbidden-key'],
    ['{} {}', 'trailing-bytes'],
    ['{}\u0000', 'trailing-bytes'],
    ['\ufeff{}', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['[1,]', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['"\n"', 'syntax'],
    ['"\\x41"', 'syntax'],
    ['1.0', 'not-an-integer'],
    ['1e2', 'not-an-integer'],
    ['-0', 'not-an-integer'],
    ['9007199254740993', 'not-an-integer'],
    ['01', 'trailing-bytes'],
    ['NaN', 'syntax'],
    ['', 'syntax'],
    ['{"a":1', 'syntax'],
    ['"\\ud800"', 'lone-surrogate'],
    ['['.repeat(100_000), 'too-deep'],
    ['{"b":1,"a":2}', 'not-canonical', true],
    ['{ "a":1}', 'not-canonical', true],
    ['"\\u0041"', 'not-canonical', true],
  ] as [string, string, boolean?][])('refuses %j', (text, expected, canonical = false) => {
    expect(() => parseStrict(text.slice(0, 200_000), { canonical })).toThrow(code(expected));
  });

  it('refuses what is too long', () => {
    expect(() => parseStrict(' '.repeat(11), { maxLength: 10 })).toThrow(code('too-long'));
  });

  it('answers with JSON.parse where JSON.parse is right', () => {
    const text = ' {"a" : [1, -2, true, null, "\\u00e9\\n\\"", {"b": {}}], "c":[]} ';
    expect(parseStrict(text)).toEqual(JSON.parse(text));
  });
});

describe('records', () => {
  it('takes a whole record, and one of the registry without process', () => {
    expect(recordSchema.parse(SAMPLE_RECORD)).toEqual(SAMPLE_RECORD);
    const { ocid, unit, stage, round, ...rest } = SAMPLE_RECORD;
    expect([ocid, unit, stage, round]).not.toContain(undefined);
    expect(recordSchema.safeParse(rest).success).toBe(true);
  });

  it.each<[string, object]>([
    ['an unknown member', { extra: 1 }],
    ['another version', { v: 2 }],
    ['a UUID of version 4', { id: '01926c5e-7a10-4c3d-9b1e-2f4a5b6c7d8e' }],
    ['a time without milliseconds', { time: '2026-01-31T09:30:00Z' }],
    ['a day that does not exist', { time: '2026-02-30T09:30:00.000Z' }],
    ['stage 8', { stage: 8 }],
    ['a stage by name', { stage: 'award' }],
    ['an undefined stage', { stage: undefined }],
    ['an upper-case reference', { refs: ['B'.repeat(64)] }],
    ['floating-point money', { data: { amount: 0.1 } }],
    ['data that is a list', { data: [] }],
    ['a size below zero', { documents: [{ ...SAMPLE_RECORD.documents[0], size: -1 }] }],
    ['a type with a space', { type: 'no tice' }],
  ])('refuses %s', (_, change) =>
    expect(recordSchema.safeParse({ ...SAMPLE_RECORD, ...change }).success).toBe(false),
  );
});

describe('commitments', () => {
  const salt = new Uint8Array(32).fill(9);

  it('is SHA-256(salt ‖ JCS(entry)), as Node computes it', () => {
    const expected = createHash('sha256')
      .update(salt)
      .update(canonicalText(SAMPLE_ENTRY), 'utf8')
      .digest('hex');
    expect(toHex(commit(salt, SAMPLE_ENTRY))).toBe(expected);
  });

  it('refuses salts of another length', () => {
    expect(() => commit(new Uint8Array(31), SAMPLE_ENTRY)).toThrow(RangeError);
  });

  it('changes with every part of the entry and with the salt', () => {
    const other = { ...SAMPLE_ENTRY, record: { ...SAMPLE_RECORD, time: '2026-01-31T09:30:00.001Z' } };
    const digests = [
      commit(salt, SAMPLE_ENTRY),
      commit(salt, other),
      commit(new Uint8Array(32), SAMPLE_ENTRY),
    ];
    expect(new Set(digests.map(toHex)).size).toBe(3);
  });
});

describe('signatures', () => {
  const secret = new Uint8Array(32).fill(3);
  const publicKey = ed25519.getPublicKey(secret);
  const signature = signRecord(SAMPLE_RECORD, secret, 'c'.repeat(64));

  it('verifies for the record and key it was made with, and for no other', () => {
    expect(entrySchema.safeParse({ record: SAMPLE_RECORD, signatures: [signature] }).success).toBe(true);
    expect(verifySignature(SAMPLE_RECORD, signature, publicKey)).toBe(true);
    expect(verifySignature({ ...SAMPLE_RECORD, stage: 2 }, signature, publicKey)).toBe(false);
    expect(verifySignature(SAMPLE_RECORD, signature, ed25519.getPublicKey(new Uint8Array(32)))).toBe(false);
  });

  it('refuses keys of small order, which would sign anything under lenient rules', () => {
    const forged = { ...signature, signature: `01${'0'.repeat(126)}` };
    expect(verifySignature(SAMPLE_RECORD, forged, Uint8Array.of(1, ...new Uint8Array(31)))).toBe(false);
  });

  it('answers false, not an exception, to malformed keys and signatures', () => {
    expect(verifySignature(SAMPLE_RECORD, signature, new Uint8Array(5))).toBe(false);
    expect(verifySignature(SAMPLE_RECORD, { ...signature, signature: 'zz' }, publicKey)).toBe(false);
  });
});

describe('hexadecimal', () => {
  it('reads and writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    expect(toHex0x(Uint8Array.of(10, 255))).toBe('0x0aff');
    expect(isHex('0aff', 2)).toBe(true);
  });

  it.each(['0', '0A', '0x00', 'zz'])('refuses %j', (text) => expect(() => fromHex(text)).toThrow(RangeError));
});

function nested(depth: number): unknown {
  let value: unknown[] = [];
  for (let i = 1; i < depth; i += 1) value = [value];
  return value;
}

function circle(): unknown {
  const value: unknown[] = [];
  value.push(value);
  return value;
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
