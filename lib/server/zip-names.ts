/** Where the list of a ZIP archive's members lies, from its last bytes. */
export interface ZipDirectory {
  offset: number;
  size: number;
  entries: number;
}

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MEMBER_SIGNATURE = 0x02014b50;
const MEMBER_LENGTH = 46;
/** The end record is followed by a comment of at most 65,535 bytes. */
export const ZIP_TAIL = END_LENGTH + 65_535;

/**
 * Finds the end-of-central-directory record (APPNOTE 4.3.16) in the last bytes of a file.
 * @param tail the last `ZIP_TAIL` bytes of the file, or all of it.
 * @returns null when there is none that fits `size`: the archive was cut off, or is not one.
 */
export function zipDirectory(tail: Uint8Array, size: number): ZipDirectory | null {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_LENGTH + view.getUint16(at + 20, true) !== tail.length) continue;
    const directory = {
      entries: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    // The list ends where the end record begins, at most: anything else points outside of the file.
    return directory.offset + directory.size <= size - tail.length + at ? directory : null;
  }
  return null;
}

/** Names of the members (APPNOTE 4.3.12); null when the list is damaged. */
export function zipNames(directory: Uint8Array, entries: number): string[] | null {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const names: string[] = [];
  let at = 0;
  for (let i = 0; i < entries; i += 1) {
    if (at + MEMBER_LENGTH > directory.length || view.getUint32(at, true) !== MEMBER_SIGNATURE) return null;
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const end = at + MEMBER_LENGTH + (name ?? 0);
    if (end > directory.length) return null;
    names.push(new TextDecoder().decode(directory.subarray(at + MEMBER_LENGTH, end)));
    at = end + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}
