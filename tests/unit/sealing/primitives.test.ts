import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { combine } from 'shamir-secret-sharing';
import { describe, expect, it } from 'vitest';
import { concat, equalBytes, regroup } from '@/lib/sealing/bytes';
import { openedLength, sealedLength, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { paddingStream } from '@/lib/sealing/derive';
import { fileNameKey, isSafeFileName, safeFileName } from '@/lib/sealing/file-name';
import { paddedLength } from '@/lib/sealing/padme';
import { combineShares, splitSecret, subsets } from '@/lib/sealing/shamir';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('Shamir', () => {
  const sharing = fc
    .tuple(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 16 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .chain(([k, n]) => fc.tuple(fc.constant(k), fc.constant(n), bytes(32), bytes((k - 1) * 32)));

  it('any k shares give the secret, by our code and by shamir-secret-sharing', async () => {
    await fc.assert(
      fc.asyncProperty(sharing, fc.nat(), async ([k, n, secret, coefficients], turn) => {
        const shares = splitSecret(secret, coefficients, k, n);
        const chosen = shares.map((_, i) => shares[(i + turn) % n]).slice(0, k);
        const known = chosen.filter((share) => share !== undefined);
        expect(combineShares(known)).toEqual(new Uint8Array(secret));
        if (k >= 2) {
          const theirs = known.map((share) => concat(share.bytes, Uint8Array.of(share.index)));
          expect(new Uint8Array(await combine(theirs))).toEqual(new Uint8Array(secret));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses doubled indices, none, and thresholds out of range', () => {
    const share = { index: 1, bytes: new Uint8Array(32) };
    expect(() => combineShares([share, share])).toThrow(expect.objectContaining({ code: 'share-shape' }));
    expect(() => combineShares([])).toThrow(expect.objectContaining({ code: 'share-shape' }));
    for (const [k, n] of [
      [0, 3],
      [4, 3],
      [2, 17],
      [1.5, 3],
    ] as const) {
      const split = () => splitSecret(new Uint8Array(32), new Uint8Array(0), k, n);
      expect(split).toThrow(expect.objectContaining({ code: 'threshold-range' }));
    }
  });

  it('lists every subset once', () => {
    expect([...subsets([1, 2, 3, 4], 2)]).toEqual([
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
      [3, 4],
    ]);
    expect(
      [
        ...subsets(
          Array.from({ length: 11 }, (_, i) => i),
          7,
        ),
      ].length,
    ).toBe(330);
    expect([...subsets([1, 2], 3)]).toEqual([]);
  });
});

describe('Padmé', () => {
  it.each([
    [0, 0],
    [1, 1],
    [8, 8],
    [9, 10],
    [64, 64],
    [65, 72],
    [1000, 1024],
    [1025, 1088],
    [2 ** 33 + 1, 2 ** 33 + 2 ** 27],
  ])('%i bytes become %i', (length, padded) => expect(paddedLength(length)).toBe(padded));

  it('never shrinks, adds less than 12 %, and is a fixed point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (length) => {
        const padded = paddedLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded - length).toBeLessThan(Math.max(2, length * 0.12));
        expect(paddedLength(padded)).toBe(padded);
      }),
    );
  });
});

describe('bytes', () => {
  it('are equal exactly when all are, at any alignment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 3 }), fc.nat(), (content, offset, at) => {
        const moved = concat(new Uint8Array(offset), content).subarray(offset);
        expect(equalBytes(content, moved)).toBe(true);
        expect(equalBytes(content, concat(content, Uint8Array.of(0)))).toBe(false);
        if (content.length === 0) return;
        moved[at % content.length] = (moved[at % content.length] ?? 0) ^ 0x10;
        expect(equalBytes(content, moved)).toBe(false);
      }),
    );
  });

  it('of padding are one keystream, whatever the length, and ChaCha20’s', () => {
    const key = new Uint8Array(32).fill(9);
    const long = concat(...paddingStream(key, 200_001));
    expect(long.length).toBe(200_001);
    expect(concat(...paddingStream(key, 70_000))).toEqual(long.slice(0, 70_000));
    // Node's ChaCha20 takes counter (4 bytes, little-endian) and nonce together.
    const cipher = createCipheriv('chacha20', key, new Uint8Array(16));
    expect(new Uint8Array(cipher.update(new Uint8Array(200_001)))).toEqual(long);
  });
});

describe('streams', () => {
  it('regroup keeps the bytes; every piece but the last is full and the last is shorter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.integer({ min: 1, max: 17 }),
        async (parts, size) => {
          const source = (async function* () {
            yield* parts;
          })();
          const out: Uint8Array[] = [];
          for await (const piece of regroup(source, size)) out.push(piece.slice());
          expect(concat(...out)).toEqual(concat(...parts));
          expect(out.slice(0, -1).every((piece) => piece.length === size)).toBe(true);
          expect(out.at(-1)?.length).toBeLessThan(size);
        },
      ),
    );
  });

  it('lengths of sealed messages map back, and impossible ones do not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 36 }), (length) => {
        expect(openedLength(TENDERPROOF_1MIB, sealedLength(TENDERPROOF_1MIB, length))).toBe(length);
      }),
    );
    for (const sealed of [0, 55, 56, 71, 56 + 1048592, 56 + 1048592 + 15]) {
      expect(openedLength(TENDERPROOF_1MIB, sealed)).toBeUndefined();
    }
  });
});

describe('file names', () => {
  it.each(['offer.pdf', '投标文件.docx', 'Ünï cödé (1).zip', '.a'.slice(1), 'a'.repeat(240)])(
    'takes %s',
    (name) => expect(isSafeFileName(name)).toBe(true),
  );

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    'a\0b',
    'a\nb',
    'C:x',
    'CON',
    'nul.txt',
    'x.',
    ' x',
    'x ',
    'a\u202Efdp.exe',
    'u\u0308.pdf',
    '\ud800',
    'a'.repeat(241),
    '字'.repeat(81),
  ])('refuses %j', (name) => {
    expect(isSafeFileName(name)).toBe(false);
    expect(isSafeFileName(safeFileName(name))).toBe(true);
  });

  it('makes any name safe, keeps safe ones, and sees the same name in another case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name);
        expect(isSafeFileName(safe)).toBe(true);
        if (isSafeFileName(name)) expect(safe).toBe(name);
      }),
    );
    expect(fileNameKey('OFFER.PDF')).toBe(fileNameKey('offer.pdf'));
  });
});
