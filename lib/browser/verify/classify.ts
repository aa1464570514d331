/** Files that hold a secret of their owner, by what they are; `secret`: one that this program does not know. */
export const SECRET_KINDS = ['key', 'recovery', 'draft', 'secret'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/**
 * What a dropped file is, before it is read. Secret files (keys, recovery files, drafts of bids) are not read at all
 * beyond the bytes that show what they are: a page that asks for evidence has no business with them, and people should
 * not learn to drop them into pages. Neither their content nor their digest goes anywhere.
 */
export type FileClass = 'document' | 'evidence' | 'receipt' | SecretKind;

/** Enough to see a format's name, or the lock of a secret, in our JSON files, in whatever order their fields stand. */
export const HEAD_BYTES = 4096;

const SECRET_NAMES: readonly (readonly [RegExp, SecretKind])[] = [
  [/\.tpdraft$/i, 'draft'],
  [/^tenderproof-recovery\b|\.recovery(?:\.json|\.age)?$/i, 'recovery'],
  [/^tenderproof-key\b|\.(?:key|keyfile)(?:\.json|\.age)?$/i, 'key'],
  [/\.age$/i, 'secret'],
];

const SECRET_FORMATS: Readonly<Record<string, SecretKind>> = {
  key: 'key',
  keyfile: 'key',
  recovery: 'recovery',
  'recovery-file': 'recovery',
  draft: 'draft',
};

const DRAFT_HEAD = /^tenderproof-draft\//;
const AGE_HEAD = /^(?:age-encryption\.org\/|\s*-----BEGIN AGE ENCRYPTED FILE-----)/;
/** In JSON a quotation mark inside a text is escaped, so a text that only mentions the lock does not match. */
const AGE_INSIDE = /^\s*\{[^]*[^\\]"-----BEGIN AGE ENCRYPTED FILE-----/;
const FORMAT_HEAD = /^\s*\{[^{}]*?"format"\s*:\s*"tenderproof-([a-z-]+)\//;

/** @param head the first `HEAD_BYTES` bytes of the file as Latin-1 or UTF-8 text. */
export function classifyFile(name: string, head: string): FileClass {
  // What an editor has saved as UTF-16 has a zero byte beside each letter, and a mark of the byte order before them.
  const text = head.replaceAll('\0', '').replace(/^[^{\w\s-]{1,3}(?=\s*[{\w-])/, '');
  const format = FORMAT_HEAD.exec(text)?.[1];
  return (
    secretByName(name) ??
    (format === undefined ? undefined : ofFormat(format)) ??
    secretByHead(text) ??
    (/\.evidence\.json$/i.test(name) ? 'evidence' : 'document')
  );
}

/** What the name alone tells of a file that is not to be opened. */
export function secretByName(name: string): SecretKind | undefined {
  return SECRET_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

function ofFormat(format: string): FileClass {
  if (format === 'evidence' || format === 'receipt') return format;
  return SECRET_FORMATS[format] ?? 'secret';
}

function secretByHead(text: string): SecretKind | undefined {
  if (DRAFT_HEAD.test(text)) return 'draft';
  return AGE_HEAD.test(text) || AGE_INSIDE.test(text) ? 'secret' : undefined;
}

export function isSecret(kind: FileClass): kind is SecretKind {
  return SECRET_KINDS.some((secret) => secret === kind);
}
