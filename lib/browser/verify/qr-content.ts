import { readDigest } from './intake/digest-text';

/** What a printed code says. Nothing of it is followed: a code may have been pasted over another. */
export type QrContent =
  | { readonly kind: 'digest'; readonly sha256: string }
  /** A record whose evidence this registry is asked for. */
  | { readonly kind: 'record'; readonly recordId: string }
  /** Evidence or a receipt itself. */
  | { readonly kind: 'file'; readonly text: string }
  /** It leads to the place where files are checked, as the codes on early receipts do. */
  | { readonly kind: 'verify-page'; readonly host: string }
  | { readonly kind: 'other'; readonly text: string };

const RECORD = /\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/i;
const DIGEST = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i;
/** Longest code (version 40) in characters, and some. */
const LONGEST = 8000;

/** Never throws. */
export function readQr(content: string): QrContent {
  const text = content.trim().slice(0, LONGEST);
  if (/^\{[^]*"tenderproof-(?:evidence|receipt)\/\d/.test(text)) return { kind: 'file', text };
  const digest = readDigest(text);
  if (digest.ok) return { kind: 'digest', sha256: digest.sha256 };
  if (!URL.canParse(text)) return { kind: 'other', text };
  const { protocol, host, pathname, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return { kind: 'other', text };
  const where = `${pathname}${search}${hash}`;
  const named = DIGEST.exec(where)?.[0];
  if (named !== undefined) return { kind: 'digest', sha256: named.toLowerCase() };
  const recordId = RECORD.exec(where)?.[0];
  if (recordId !== undefined) return { kind: 'record', recordId: recordId.toLowerCase() };
  return /\/verify\/?$/.test(pathname) ? { kind: 'verify-page', host } : { kind: 'other', text };
}
