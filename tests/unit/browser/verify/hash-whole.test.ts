import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashBlob } from '@/lib/browser/verify/hash-stream';
import { hashWhole, wholeLimit } from '@/lib/browser/verify/hash-whole';

const MB = 1024 * 1024;
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);
const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A file whose stream does not give what its size says. */
function liar(size: number, bytes: Uint8Array<ArrayBuffer>): Blob {
  return { size, stream: () => new Blob([bytes]).stream() } as unknown as Blob;
}

/** As browsers have it that cannot read into given memory. */
function withoutBytes(bytes: Uint8Array<ArrayBuffer>): Blob {
  const pieces = [bytes.slice(0, 70_000), bytes.slice(70_000)];
  const stream = () =>
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
  return { size: bytes.length, stream } as unknown as Blob;
}

describe('a file hashed with all of it in memory', () => {
  for (const length of [0, 1, 64, 65_536, 3 * MB + 5])
    it(`has the digest that anybody computes, at ${length} bytes`, async () => {
      const bytes = bytesOf(length);
      let told = 0;
      expect(await hashWhole(new Blob([bytes]), (count) => (told = count))).toBe(expected(bytes));
      expect(told).toBe(length);
    });

  it('has it also where the browser only hands out pieces', async () => {
    const bytes = bytesOf(200_000);
    const heard: number[] = [];
    expect(await hashWhole(withoutBytes(bytes), (count) => heard.push(count))).toBe(expected(bytes));
    expect(heard).toEqual([70_000, 200_000]);
  });

  it('gives the same by streaming, just above what memory is allowed', async () => {
    const bytes = bytesOf(MB + 1);
    const heard: number[] = [];
    for (const limit of [MB, MB + 1])
      expect(await hashBlob(new Blob([bytes]), limit, (count) => heard.push(count))).toBe(expected(bytes));
    expect(heard.filter((count) => count === MB + 1)).toHaveLength(2);
  });

  it('is streamed where the memory is not to be had', async () => {
    const bytes = bytesOf(1000);
    const file = liar(Number.MAX_SAFE_INTEGER, bytes);
    expect(await hashWhole(file, () => undefined)).toBeNull();
    expect(await hashBlob(file, Number.MAX_SAFE_INTEGER, () => undefined)).toBe(expected(bytes));
  });

  it('refuses a file that shrinks or grows while it is read', async () => {
    await expect(hashWhole(liar(11, bytesOf(10)), () => undefined)).rejects.toThrow('changed');
    await expect(hashWhole(liar(9, bytesOf(10)), () => undefined)).rejects.toThrow();
  });

  it('takes a gigabyte only of a computer that says that it has eight', () => {
    expect(wholeLimit({})).toBe(128 * MB);
    expect(wholeLimit({ deviceMemory: 8 })).toBe(128 * MB);
    expect(wholeLimit({ deviceMemory: 8, userAgentData: { mobile: true } })).toBe(128 * MB);
    expect(wholeLimit({ deviceMemory: 4, userAgentData: { mobile: false } })).toBe(128 * MB);
    expect(wholeLimit({ deviceMemory: 8, userAgentData: { mobile: false } })).toBe(1024 * MB);
  });
});
