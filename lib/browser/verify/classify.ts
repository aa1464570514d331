/**
 * What a dropped file is, before it is read. `secret` files (keys, recovery files) are not read at all beyond the bytes
 * that show what they are: a page that asks for evidence has no business with them, and people should not learn to drop
 * them into pages.
 */
export type FileClass = 'document' | 'evidence' | 'receipt' | 'secret';

/** Enough to see the beginning of a format's name in our JSON files, and the header of an age file. */
export const HEAD_BYTES = 256;

const SECRET_NAME = /\.(?:recovery|key|keyfile)(?:\.json|\.age)?$|\.age$/i;
const AGE_HEAD = /^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----)/;
const FORMAT_HEAD = /^\s*\{[^{}]*?"format"\s*:\s*"tenderproof-([a-z-]+)\//;

/** @param head the first `HEAD_BYTES` bytes of the file as Latin-1 or UTF-8 text. */
export function classifyFile(name: string, head: string): FileClass {
  if (SECRET_NAME.test(name) || AGE_HEAD.test(head)) return 'secret';
  const format = FORMAT_HEAD.exec(head)?.[1];
  if (format === 'evidence') return 'evidence';
  if (format === 'receipt') return 'receipt';
  if (format !== undefined) return 'secret';
  return /\.evidence\.json$/i.test(name) ? 'evidence' : 'document';
}

/** True when the name alone tells that the file is not to be opened. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
