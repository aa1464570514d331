import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, SHAPES } from '@/lib/sealing/fingerprint';
import { FINGERPRINT_WORDS } from '@/lib/sealing/fingerprint-words';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const anyDigest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('hex'));

/** Letters to add, drop or change to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1)
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === b[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}

const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

describe('the words', () => {
  const { en, zh } = FINGERPRINT_WORDS;

  it('are 256 in each language, none twice', () => {
    for (const list of [en, zh]) {
      expect(list).toHaveLength(256);
      expect(new Set(list).size).toBe(256);
    }
  });

  it('in English are short and told apart by their beginning, and by ear', () => {
    for (const word of en) expect(word).toMatch(/^[a-z]{3,9}$/);
    expect(new Set(en.map((word) => word.slice(0, 4))).size).toBe(256);
    expect(pairs(en).filter(([a, b]) => distance(a, b) < 3)).toEqual([]);
  });

  it('in Chinese are two characters each, and no character stands in two words', () => {
    for (const word of zh) expect(word).toMatch(/^\p{Script=Han}{2}$/u);
    expect(new Set(zh.join('')).size).toBe(512);
  });
});

it('is published for others to compute: words and shapes as in the specification', () => {
  const published = readFileSync(
    join(import.meta.dirname, '../../../public/spec/fingerprint-words.json'),
    'utf8',
  );
  expect(JSON.parse(published)).toEqual({ ...FINGERPRINT_WORDS, shapes: SHAPES });
});

describe('the fingerprint of a key set', () => {
  it('is eight words and sixteen shapes of the digest’s own bytes, always the same', () => {
    const hex = `00ff0a${'00'.repeat(4)}07${'1f'.repeat(8)}${'00'.repeat(16)}`;
    const { words, shapes } = fingerprintOf(hex);
    const { en, zh } = FINGERPRINT_WORDS;
    expect(words.en).toEqual([en[0], en[255], en[10], en[0], en[0], en[0], en[0], en[7]]);
    expect(words.zh).toEqual([zh[0], zh[255], zh[10], zh[0], zh[0], zh[0], zh[0], zh[7]]);
    expect(shapes).toEqual(Array.from({ length: 8 }, () => [SHAPES[1], SHAPES[15]]).flat());
    expect(fingerprintOf(hex)).toEqual(fingerprintOf(hex));
  });

  it('gives back the bytes: no two of its values look alike', () => {
    expect(new Set(SHAPES).size).toBe(16);
    fc.assert(
      fc.property(anyDigest, (hex) => {
        const { words, shapes } = fingerprintOf(hex);
        const bytes = (list: readonly string[], all: readonly string[]) => list.map((x) => all.indexOf(x));
        const first = Buffer.from(hex, 'hex');
        expect(bytes(words.en, FINGERPRINT_WORDS.en)).toEqual([...first.subarray(0, 8)]);
        expect(bytes(words.zh, FINGERPRINT_WORDS.zh)).toEqual([...first.subarray(0, 8)]);
        const halves = bytes(shapes, SHAPES);
        expect(Array.from({ length: 8 }, (_, i) => halves[2 * i]! * 16 + halves[2 * i + 1]!)).toEqual([
          ...first.subarray(8, 16),
        ]);
      }),
    );
  });

  it('changes nearly everywhere when one character of what was hashed changes', () => {
    const differing = (a: readonly string[], b: readonly string[]) => a.filter((x, i) => x !== b[i]).length;
    let words = 0;
    let shapes = 0;
    const runs = 300;
    for (let i = 0; i < runs; i += 1) {
      const [a, b] = [fingerprintOf(digest(`key set ${i}`)), fingerprintOf(digest(`key set ${i}.`))];
      words += differing(a.words.en, b.words.en);
      shapes += differing(a.shapes, b.shapes);
    }
    expect(words / runs).toBeGreaterThan(7.9);
    expect(shapes / runs).toBeGreaterThan(14.7);
  });

  it.each(['', 'ab', 'AB'.repeat(32), `0x${'ab'.repeat(31)}`])('refuses %j, which is no digest', (text) => {
    expect(() => fingerprintOf(text)).toThrow(RangeError);
  });
});
