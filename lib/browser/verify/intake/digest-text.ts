export type PastedDigest =
  | {
      readonly ok: true;
      readonly sha256: string;
      /** It was not written as the registry writes it (upper case, spaces, a prefix): said, since it was changed here. */
      readonly tidied: boolean;
    }
  | { readonly ok: false; readonly code: 'empty' | 'length' | 'not-hex'; readonly digits: number };

/** What people paste around a digest: `sha256:`, `0x`, and the file's name that sha256sum writes behind it. */
const DECORATION = /^(?:sha-?256\s*[:=(]?\s*|0x)|\s+\*?\S+\.\w{1,8}$/giu;

/** Reads a pasted SHA-256: 64 hexadecimal digits, in whatever case and groups. Never throws. */
export function readDigest(text: string): PastedDigest {
  // Whatever else was in the clipboard need not be searched to its end.
  const trimmed = text.trim().slice(0, 1000);
  if (trimmed === '') return { ok: false, code: 'empty', digits: 0 };
  const digits = trimmed
    .replace(DECORATION, '')
    .replaceAll(/[\s:_-]+/g, '')
    .toLowerCase();
  if (!/^[0-9a-f]*$/.test(digits)) return { ok: false, code: 'not-hex', digits: digits.length };
  if (digits.length !== 64) return { ok: false, code: 'length', digits: digits.length };
  return { ok: true, sha256: digits, tidied: digits !== trimmed };
}
