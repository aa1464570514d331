import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes over a plain ArrayBuffer, which WebCrypto accepts without a copy. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** Concatenation into fresh memory. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Constant-time for equal lengths: comparisons of commitments must not tell where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // By words where the memory allows it: whole envelopes are compared at every opening.
  const words = (a.byteOffset | b.byteOffset) % 4 === 0 ? a.length >> 2 : 0;
  const x = words === 0 ? new Int32Array(0) : new Int32Array(a.buffer, a.byteOffset, words);
  const y = words === 0 ? x : new Int32Array(b.buffer, b.byteOffset, words);
  let difference = 0;
  for (let i = 0; i < words; i++) difference |= (x[i] ?? 0) ^ (y[i] ?? 0);
  for (let i = words * 4; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Big-endian 32-bit unsigned integer. */
export function uint32(value: number): Bytes {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

/** Big-endian 64-bit unsigned integer of a safe JavaScript integer. */
export function uint64(value: number): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

/** A running SHA-256. The shells pass a faster one than the default where the platform has it. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** 32 bytes; to be called once, last. */
  digest(): Uint8Array;
}

export type NewHash = () => RunningHash;

export const portableHash: NewHash = () => {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

/**
 * Regroups a stream into pieces of exactly `size` bytes, the last one shorter, and empty when the length is a multiple.
 * The memory of a piece is used again for the second piece after it: whoever needs it for longer takes a copy.
 */
export async function* regroup(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Bytes> {
  // Fresh memory for each piece would cost as much as hashing it: it is cleared, mapped and collected again.
  let [buffer, other] = [new Uint8Array(size), new Uint8Array(size)];
  let filled = 0;
  for await (const piece of source) {
    let at = 0;
    while (at < piece.length) {
      const take = Math.min(size - filled, piece.length - at);
      buffer.set(piece.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled === size) {
        yield buffer;
        [buffer, other] = [other, buffer];
        filled = 0;
      }
    }
  }
  yield buffer.slice(0, filled);
}

/** Reads a ReadableStream as an AsyncIterable: Safari and older Chromium lack the built-in iteration. */
export async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
