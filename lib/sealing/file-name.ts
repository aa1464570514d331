import { isWellFormed } from '@/lib/record/unicode';

const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
/** Control characters, path and shell separators, and the direction overrides that make "fdp.exe" look like "exe.pdf". */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const MAX_BYTES = 240;

/** Whether a name can be written to any disk and shown to anybody without meaning something else there. */
export function isSafeFileName(name: string): boolean {
  return (
    name !== '' &&
    // First, since normalising takes time in the square of the length: a long name would stall an opening for hours.
    name.length <= MAX_BYTES &&
    isWellFormed(name) &&
    name === name.normalize('NFC') &&
    new TextEncoder().encode(name).length <= MAX_BYTES &&
    !FORBIDDEN.test(name) &&
    !/^[. ]|[. ]$/.test(name) &&
    !RESERVED.test(name)
  );
}

/** The nearest safe name: forbidden characters become "_", the length is cut before the extension. */
export function safeFileName(name: string): string {
  const forbidden = new RegExp(FORBIDDEN.source, 'gu');
  let safe = name
    .replace(/\p{Cs}/gu, '_')
    .normalize('NFC')
    .replace(forbidden, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (safe === '') safe = 'file';
  if (RESERVED.test(safe)) safe = `_${safe}`;
  const dot = safe.lastIndexOf('.');
  const extension = dot > 0 && safe.length - dot <= 12 ? safe.slice(dot) : '';
  let stem = [...safe.slice(0, safe.length - extension.length)];
  while (new TextEncoder().encode(stem.join('') + extension).length > MAX_BYTES) stem = stem.slice(0, -1);
  const result = stem.join('').replace(/[. ]+$/, '') + extension;
  return isSafeFileName(result) ? result : 'file';
}

/** Names that some file systems cannot keep apart are the same name. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
