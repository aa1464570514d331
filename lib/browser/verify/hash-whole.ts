import { toHex } from '@/lib/record/hex';

const MB = 1024 * 1024;
/** What any machine bears: the file and the copy that WebCrypto makes of it. */
const ANYWHERE = 128 * MB;
/** And one that says that it has eight gigabytes, the most that a browser admits to. */
const ROOMY = 1024 * MB;
const ROOMY_GB = 8;

/** What a browser tells of its machine (Device Memory API, User-Agent Client Hints); both are Chromium's alone. */
export interface Machine {
  readonly deviceMemory?: number;
  readonly userAgentData?: { readonly mobile?: boolean };
}

/**
 * How large a file may be, in bytes, to be hashed with all of it in memory. A telephone ends a page that asks for much,
 * however much it has.
 */
export function wholeLimit({ deviceMemory = 0, userAgentData }: Machine): number {
  return deviceMemory >= ROOMY_GB && userAgentData?.mobile === false ? ROOMY : ANYWHERE;
}

/**
 * SHA-256 of a file by WebCrypto, as 64 hexadecimal digits: twice as fast as by WebAssembly, but WebCrypto takes nothing
 * by pieces, so the file is in memory.
 * @param onBytes told how many bytes were read so far; the hashing comes after the last.
 * @returns null where the memory is not to be had.
 * @throws what reading the file throws.
 */
export async function hashWhole(file: Blob, onBytes: (bytes: number) => void): Promise<string | null> {
  let memory: ArrayBuffer;
  try {
    memory = new ArrayBuffer(file.size);
  } catch {
    return null;
  }
  const whole = await fill(memory, file.stream(), onBytes);
  if (whole === null) throw new Error('The file changed while it was read');
  try {
    return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)));
  } catch {
    return null;
  }
}

/**
 * Reads straight into the memory where the browser can (Safari cannot): to copy pieces of 64 KiB takes half as long again.
 * @returns the memory, filled; null unless the stream fits it exactly
 */
async function fill(
  memory: ArrayBuffer,
  stream: ReadableStream<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer | null> {
  let bytes = 0;
  let whole = memory;
  const reader = byteReader(stream);
  while (reader !== null && bytes < whole.byteLength) {
    const { done, value } = await reader.read(new Uint8Array(whole, bytes));
    // The memory goes to the stream and comes back with each piece.
    if (value !== undefined) whole = value.buffer;
    if (done) return null;
    bytes += value.length;
    onBytes(bytes);
  }
  reader?.releaseLock();
  const rest = stream.getReader();
  for (;;) {
    const { done, value } = await rest.read();
    if (done) return bytes === whole.byteLength ? whole : null;
    if (bytes + value.length > whole.byteLength) return null;
    new Uint8Array(whole).set(value, bytes);
    bytes += value.length;
    onBytes(bytes);
  }
}

function byteReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
