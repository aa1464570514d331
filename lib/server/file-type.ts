import { safeFileName } from '@/lib/sealing/file-name';
import { ZIP_TAIL, zipDirectory, zipNames } from './zip-names';

/** How the content of a kind of file is told. */
type Check =
  | { by: 'bytes'; begins: readonly number[] }
  | { by: 'text'; first?: RegExp }
  | { by: 'zip' }
  /** Office Open XML: the folder that its main part lies in. */
  | { by: 'ooxml'; folder: string }
  /** OpenDocument: the first member, stored, states the media type. */
  | { by: 'odf' };

interface Kind {
  mediaType: string;
  check: Check;
}

const ooxml = (name: string, folder: string): Kind => ({
  mediaType: `application/vnd.openxmlformats-officedocument.${name}`,
  check: { by: 'ooxml', folder },
});
const odf = (name: string): Kind => ({
  mediaType: `application/vnd.oasis.opendocument.${name}`,
  check: { by: 'odf' },
});
const bytes = (mediaType: string, ...begins: number[]): Kind => ({
  mediaType,
  check: { by: 'bytes', begins },
});

/** What may be uploaded, by extension. Anything else is refused: nothing that a reader's computer would run. */
export const FILE_KINDS: Readonly<Record<string, Kind>> = {
  pdf: bytes('application/pdf', 0x25, 0x50, 0x44, 0x46, 0x2d),
  png: bytes('image/png', 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  jpg: bytes('image/jpeg', 0xff, 0xd8, 0xff),
  jpeg: bytes('image/jpeg', 0xff, 0xd8, 0xff),
  docx: ooxml('wordprocessingml.document', 'word/'),
  xlsx: ooxml('spreadsheetml.sheet', 'xl/'),
  pptx: ooxml('presentationml.presentation', 'ppt/'),
  odt: odf('text'),
  ods: odf('spreadsheet'),
  odp: odf('presentation'),
  zip: { mediaType: 'application/zip', check: { by: 'zip' } },
  txt: { mediaType: 'text/plain', check: { by: 'text' } },
  csv: { mediaType: 'text/csv', check: { by: 'text' } },
  xml: { mediaType: 'application/xml', check: { by: 'text', first: /^\ufeff?\s*</ } },
  json: { mediaType: 'application/json', check: { by: 'text', first: /^\ufeff?\s*[[{"\d\-tfn]/ } },
};

/** Media types that a browser states for programs and for pages that run as programs. */
const RUNS =
  /javascript|ecmascript|x-msdownload|x-msdos|x-executable|x-sh\b|x-elf|java-archive|html|svg|x-httpd/i;

export interface NamedFile {
  /** Safe to write to any disk and to show to anybody. */
  name: string;
  kind: Kind;
}

/** The name without path, control or direction characters: what a person may be shown. */
export const plainName = (given: string): string =>
  safeFileName(given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1));

/**
 * The file's name without path, control or direction characters, and the kind that its extension states.
 * @param declared media type that the browser states; only believed when it says that this is a program.
 * @returns null for an extension that is not accepted.
 */
export function nameFile(given: string, declared: string): NamedFile | null {
  const name = plainName(given);
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1).toLowerCase();
  const kind = dot > 0 && Object.hasOwn(FILE_KINDS, extension) ? FILE_KINDS[extension] : undefined;
  return kind === undefined || RUNS.test(declared) ? null : { name, kind };
}

/** A file that is stored, readable in parts. */
export interface Readable {
  size: number;
  /** The first bytes, at least 512 of them where the file is as long. */
  head: Uint8Array;
  /** Whether all of it is UTF-8 without NUL; looked at while it was stored. */
  isText: boolean;
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Does the content agree with what the extension states? Reads the ends of the file, never all of it. */
export async function agrees(kind: Kind, file: Readable): Promise<boolean> {
  const { check } = kind;
  if (check.by === 'bytes') return check.begins.every((byte, i) => file.head[i] === byte);
  if (check.by === 'text') {
    const start = new TextDecoder().decode(file.head);
    return file.isText && (check.first === undefined || check.first.test(start));
  }
  const names = await membersOf(file);
  if (names === null) return false;
  if (check.by === 'zip') return true;
  if (check.by === 'odf') return statesMediaType(file.head, kind.mediaType);
  // A document that carries macros is a program in a document's clothes.
  return (
    names.includes('[Content_Types].xml') &&
    names.some((name) => name.startsWith(check.folder)) &&
    !names.some((name) => /(^|\/)vbaProject\.bin$/i.test(name))
  );
}

/** Largest list of members that is read: far above what 100 MB of documents need. */
const MAX_DIRECTORY = 16 * 1024 * 1024;

async function membersOf(file: Readable): Promise<string[] | null> {
  const local =
    file.head[0] === 0x50 && file.head[1] === 0x4b && file.head[2] === 0x03 && file.head[3] === 0x04;
  if (!local) return null;
  const tail = await file.read(Math.max(0, file.size - ZIP_TAIL), file.size);
  const directory = zipDirectory(tail, file.size);
  if (directory === null || directory.size > MAX_DIRECTORY) return null;
  return zipNames(await file.read(directory.offset, directory.offset + directory.size), directory.entries);
}

/** OpenDocument 1.3 part 2 §3.3: the first member is `mimetype`, stored, and its content the media type. */
function statesMediaType(head: Uint8Array, mediaType: string): boolean {
  const at = (from: number, length: number) => new TextDecoder().decode(head.subarray(from, from + length));
  return at(30, 8) === 'mimetype' && at(38, mediaType.length) === mediaType;
}

/** The name to download a document under: its title, with the extension of its kind where the title has none. */
export function documentName(title: string, mediaType: string): string {
  const extensions = Object.keys(FILE_KINDS).filter((key) => FILE_KINDS[key]?.mediaType === mediaType);
  const [extension] = extensions;
  const complete = extensions.some((e) => title.toLowerCase().endsWith(`.${e}`));
  return safeFileName(complete || extension === undefined ? title : `${title}.${extension}`);
}
