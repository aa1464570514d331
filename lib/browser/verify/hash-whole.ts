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
  let whole: Uint8Array<ArrayBuffer>;
  try {
    whole = new Uint8Array(file.size);
  } catch {
    return null;
  }
  const reader = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    // A file that grows while it is read is not the file that was chosen: `set` refuses what goes beyond its size.
    whole.set(value, bytes);
    bytes += value.length;
    onBytes(bytes);
  }
  if (bytes !== file.size) throw new Error('The file changed while it was read');
  try {
    return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)));
  } catch {
    return null;
  }
}
