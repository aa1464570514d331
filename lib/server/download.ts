import { webStream } from './stored-range';

/** A file to send: `read` gives the bytes from `from` up to, not including, `to`. */
export interface Download {
  name: string;
  mediaType: string;
  size: number;
  /** 64 hex digits: also the entity tag, as a document never changes under its address. */
  sha256: string;
  /** Whether the answer depends on who asks. */
  shared: boolean;
  read(from: number, to: number): AsyncGenerator<Uint8Array>;
}

interface Range {
  from: number;
  to: number;
}

/**
 * A single byte range (RFC 9110 §14.2). `undefined`: send everything (no range, several, or another unit); null: none
 * of the file is asked for.
 */
export function parseRange(header: string | null, size: number): Range | null | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') return Number(last) === 0 ? null : { from: Math.max(0, size - Number(last)), to: size };
  const from = Number(first);
  const to = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= size ? null : { from, to };
}

/** RFC 6266 with RFC 5987: plain letters for old readers, and the name as it is. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function headersOf({ name, mediaType, sha256, shared }: Download): Headers {
  return new Headers({
    'Content-Type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'Content-Disposition': attachment(name),
    ETag: `"${sha256}"`,
    'Accept-Ranges': 'bytes',
    // What strangers uploaded is never run under our name, whatever it turns out to be (next.config.js says it too).
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // A file that could be read once can be withdrawn (an erasure): caches ask again.
    'Cache-Control': shared ? 'public, no-cache' : 'private, no-cache',
  });
}

/**
 * The framework sends no length, so a stored file that was cut off would look whole to its reader: the answer breaks off
 * instead of ending.
 */
async function* complete(source: AsyncGenerator<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const piece of source) {
    sent += piece.length;
    yield piece;
  }
  if (sent !== length) throw new Error(`A stored file gave ${sent} bytes instead of ${length}`);
}

/** Sends a file: whole, a range of it, or 304 when the reader has it. */
export function sendFile(request: Request, file: Download): Response {
  const headers = headersOf(file);
  const tag = `"${file.sha256}"`;
  const known = request.headers.get('if-none-match');
  if (known !== null && (known === '*' || known.split(',').some((t) => t.trim().replace(/^W\//, '') === tag)))
    return new Response(null, { status: 304, headers });
  const condition = request.headers.get('if-range');
  const range =
    condition === null || condition === tag ? parseRange(request.headers.get('range'), file.size) : undefined;
  if (range === null) {
    headers.set('Content-Range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = range ?? { from: 0, to: file.size };
  if (range) headers.set('Content-Range', `bytes ${from}-${to - 1}/${file.size}`);
  const body = request.method === 'HEAD' ? null : webStream(complete(file.read(from, to), to - from));
  return new Response(body, { status: range ? 206 : 200, headers });
}
