import { createSHA256 } from 'hash-wasm';
import { hashWhole } from './hash-whole';

/**
 * SHA-256 of a file in the fastest way that its size allows, as 64 hexadecimal digits.
 * @param limit bytes that may be held in memory: see `wholeLimit`. Above it, memory use does not depend on the size.
 * @param onBytes told how many bytes were read so far.
 * @throws what reading the file throws.
 */
export async function hashBlob(file: Blob, limit: number, onBytes: (bytes: number) => void): Promise<string> {
  const whole = file.size <= limit ? await hashWhole(file, onBytes) : null;
  return whole ?? hashStream(file.stream(), onBytes);
}

/**
 * SHA-256 of a stream, as 64 hexadecimal digits. Memory use does not depend on its length.
 * @param onBytes told the number of bytes hashed so far, after every chunk.
 * @throws what the stream throws; the signal's reason when aborted.
 */
export async function hashStream(
  stream: ReadableStream<Uint8Array>,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hasher = await createSHA256();
  const reader = stream.getReader();
  let bytes = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return hasher.digest('hex');
      hasher.update(value);
      bytes += value.length;
      onBytes(bytes);
    }
  } finally {
    reader.releaseLock();
  }
}
