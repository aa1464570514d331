/*
 * The list of files in a ZIP archive (APPNOTE 6.3, section 4.3), read from its end with bounded memory. Whoever made the
 * archive may want to exhaust the reader's device, so it is refused as a whole when what it promises is out of bounds.
 */

export type ZipFault =
  /** No archive, or one whose parts contradict each other. */
  | 'damaged'
  /** ZIP64, or an archive of several volumes. */
  | 'too-large'
  | 'too-many'
  | 'expands-too-far'
  | 'ratio'
  | 'overlap'
  | 'encrypted'
  | 'method';

export class ZipRefused extends Error {
  readonly code: ZipFault;

  constructor(code: ZipFault) {
    super(`The archive cannot be opened here: ${code}`);
    this.name = 'ZipRefused';
    this.code = code;
  }
}

export interface ZipEntry {
  /** Path within the archive, for people: nothing is ever written under it. */
  readonly path: string;
  /** Bytes when unpacked, as the archive promises. */
  readonly size: number;
  readonly packedSize: number;
  readonly crc32: number;
  /** 0 stored, 8 deflated; others cannot be unpacked here. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Where the local header begins. */
  readonly offset: number;
}

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of the directory: what is held in memory. */
  readonly directory: number;
  /** Bytes of all entries when unpacked. */
  readonly expanded: number;
  /** How many times larger an entry may become than it is packed, once it is larger than `ratioFrom`. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 2000,
  directory: 2_097_152,
  expanded: 4_294_967_296,
  // Text and blank scans come to 100 or so; what is made to explode comes to 1,000.
  ratio: 250,
  ratioFrom: 1_048_576,
};

const END = { signature: 0x06054b50, length: 22, longestComment: 65_535 };
const HEADER = { signature: 0x02014b50, length: 46 };
const LOCAL_LENGTH = 30;

/** The entries of an archive that are files. @throws ZipRefused */
export async function readZip(archive: Blob, limits: ZipLimits = ZIP_LIMITS): Promise<ZipEntry[]> {
  const end = await endOf(archive);
  if (end.directorySize > limits.directory || end.count > limits.entries) throw new ZipRefused('too-many');
  const directory = await bytesOf(archive, end.directoryOffset, end.directorySize);
  const entries = headersOf(directory, end.count);
  refuseBombs(entries, limits);
  refuseOverlap(entries, end.directoryOffset);
  return entries.filter(({ path }) => !path.endsWith('/'));
}

/** What the archive's last bytes say of its directory. */
async function endOf(archive: Blob) {
  const from = Math.max(0, archive.size - END.length - END.longestComment);
  const tail = await bytesOf(archive, from, archive.size - from);
  for (let at = tail.byteLength - END.length; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END.signature) continue;
    if (at + END.length + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
    const count = tail.getUint16(at + 10, true);
    const directorySize = tail.getUint32(at + 12, true);
    const directoryOffset = tail.getUint32(at + 16, true);
    if (count === 0xffff || directorySize === 0xffffffff || directoryOffset === 0xffffffff)
      throw new ZipRefused('too-large');
    const whole = tail.getUint16(at + 4, true) === 0 && tail.getUint16(at + 8, true) === count;
    if (!whole) throw new ZipRefused('too-large');
    if (directoryOffset + directorySize !== from + at) throw new ZipRefused('damaged');
    return { count, directorySize, directoryOffset };
  }
  throw new ZipRefused('damaged');
}

function headersOf(directory: DataView, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < directory.byteLength) {
    if (at + HEADER.length > directory.byteLength) throw new ZipRefused('damaged');
    if (directory.getUint32(at, true) !== HEADER.signature) throw new ZipRefused('damaged');
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.getUint16(at + field, true));
    const next = at + HEADER.length + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    if (next > directory.byteLength) throw new ZipRefused('damaged');
    entries.push(entryAt(directory, at, name ?? 0));
    at = next;
  }
  if (entries.length !== count) throw new ZipRefused('damaged');
  return entries;
}

function entryAt(directory: DataView, at: number, nameLength: number): ZipEntry {
  const flags = directory.getUint16(at + 8, true);
  const name = new Uint8Array(directory.buffer, directory.byteOffset + at + HEADER.length, nameLength);
  const entry = {
    path: pathOf(name, (flags & 0x800) !== 0),
    encrypted: (flags & 1) !== 0,
    method: directory.getUint16(at + 10, true),
    crc32: directory.getUint32(at + 16, true),
    packedSize: directory.getUint32(at + 20, true),
    size: directory.getUint32(at + 24, true),
    offset: directory.getUint32(at + 42, true),
  };
  if ([entry.packedSize, entry.size, entry.offset].includes(0xffffffff)) throw new ZipRefused('too-large');
  return entry;
}

/** Older programs write names in the system's own code page: here that is most often Chinese. */
function pathOf(name: Uint8Array, isUtf8: boolean): string {
  const decode = (label: string, fatal: boolean): string => new TextDecoder(label, { fatal }).decode(name);
  let path: string;
  try {
    path = decode('utf-8', !isUtf8);
  } catch {
    path = decode('gb18030', false);
  }
  // A name must not rearrange the line that it stands in.
  return path.replaceAll('\\', '/').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

function refuseBombs(entries: readonly ZipEntry[], limits: ZipLimits): void {
  const expanded = entries.reduce((sum, { size }) => sum + size, 0);
  if (expanded > limits.expanded) throw new ZipRefused('expands-too-far');
  const explodes = ({ size, packedSize }: ZipEntry): boolean =>
    size > limits.ratioFrom && size > packedSize * limits.ratio;
  if (entries.some(explodes)) throw new ZipRefused('ratio');
}

/** Entries that share bytes make a small archive expand without bound, each of them looking harmless. */
function refuseOverlap(entries: readonly ZipEntry[], directoryOffset: number): void {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  inOrder.forEach(({ offset, packedSize }, i) => {
    const next = inOrder[i + 1]?.offset ?? directoryOffset;
    if (offset + LOCAL_LENGTH + packedSize > next) throw new ZipRefused('overlap');
  });
}

/** @throws Error when the file cannot be read */
export async function bytesOf(blob: Blob, from: number, length: number): Promise<DataView> {
  return new DataView(await blob.slice(from, from + length).arrayBuffer());
}
