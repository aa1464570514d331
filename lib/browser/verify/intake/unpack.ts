import { bytesOf, ZipRefused, type ZipEntry } from './zip-directory';

const LOCAL = { signature: 0x04034b50, length: 30 };

/**
 * An entry of an archive, unpacked as it is read. It errors with `ZipRefused` as soon as it yields more than the
 * directory promised, and at its end when there was less or the check sum differs. @throws ZipRefused
 */
export async function unpack(archive: Blob, entry: ZipEntry): Promise<ReadableStream<Uint8Array>> {
  if (entry.encrypted) throw new ZipRefused('encrypted');
  if (entry.method !== 0 && entry.method !== 8) throw new ZipRefused('method');
  const local = await bytesOf(archive, entry.offset, LOCAL.length);
  if (local.byteLength < LOCAL.length || local.getUint32(0, true) !== LOCAL.signature)
    throw new ZipRefused('damaged');
  const from = entry.offset + LOCAL.length + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = archive.slice(from, from + entry.packedSize).stream();
  return held(entry.method === 0 ? packed : inflated(packed), entry);
}

function inflated(packed: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  return packed.pipeThrough(new DecompressionStream('deflate-raw'));
}

/** Passes on what comes, as long as it keeps to the promise of the directory. */
function held(stream: ReadableStream<Uint8Array>, { size, crc32 }: ZipEntry): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let bytes = 0;
  let sum = 0xffffffff;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const refuse = (): void => {
        controller.error(new ZipRefused('damaged'));
        void reader.cancel().catch(() => undefined);
      };
      try {
        const { done, value } = await reader.read();
        if (done) return bytes === size && (sum ^ 0xffffffff) >>> 0 === crc32 ? controller.close() : refuse();
        bytes += value.length;
        if (bytes > size) return refuse();
        sum = crc32Of(value, sum);
        controller.enqueue(value);
      } catch {
        // Not a deflated stream at all, or the archive was taken away meanwhile.
        refuse();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO 3309) so far, without the inversions at its beginning and end. */
function crc32Of(bytes: Uint8Array, sum: number): number {
  let value = sum;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return value;
}
