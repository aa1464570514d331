import { deflateRawSync } from 'node:zlib';

/** An archive, written by hand so that each field of it can lie. */
export interface Member {
  readonly path: string | Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly store?: boolean;
  /** Fields of the central directory that are to lie. */
  readonly lie?: Partial<{
    size: number;
    packedSize: number;
    crc32: number;
    method: number;
    flags: number;
    offset: number;
  }>;
}

export const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

export function makeZip(members: readonly Member[], lie: { count?: number; comment?: string } = {}): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const headers: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const put = (...bytes: Uint8Array<ArrayBuffer>[]): void => {
    for (const part of bytes) {
      parts.push(part);
      offset += part.length;
    }
  };
  for (const { path, content, store = false, lie: fields = {} } of members) {
    const name = typeof path === 'string' ? text(path) : path;
    const packed = store ? content : Uint8Array.from(deflateRawSync(content));
    const flags = typeof path === 'string' ? 0x800 : 0;
    const told = {
      ...{ size: content.length, packedSize: packed.length, crc32: crc32(content) },
      ...{ method: store ? 0 : 8, flags, offset },
      ...fields,
    };
    const common = (at: number): [number, number, number][] => [
      [at, 2, 20],
      [at + 2, 2, told.flags],
      [at + 4, 2, told.method],
      [at + 10, 4, told.crc32],
      [at + 14, 4, told.packedSize],
      [at + 18, 4, told.size],
      [at + 22, 2, name.length],
    ];
    headers.push(fieldsOf(46, [[0, 4, 0x02014b50], ...common(6), [42, 4, told.offset]]), name);
    put(fieldsOf(30, [[0, 4, 0x04034b50], ...common(4)]), name, packed);
  }
  const directory = offset;
  put(...headers);
  const comment = text(lie.comment ?? '');
  const count = lie.count ?? members.length;
  put(
    fieldsOf(22, [
      [0, 4, 0x06054b50],
      [8, 2, count],
      [10, 2, count],
      [12, 4, offset - directory],
      [16, 4, directory],
      [20, 2, comment.length],
    ]),
    comment,
  );
  return new Blob(parts);
}

function fieldsOf(
  length: number,
  fields: readonly (readonly [at: number, bytes: number, value: number])[],
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(length));
  for (const [at, bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  return new Uint8Array(view.buffer);
}

/** Bit by bit: slow, and another way than the module under test goes. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
