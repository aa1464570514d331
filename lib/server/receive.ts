import { iterate } from '@/lib/sealing/bytes';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import { TooLargeError, type Storage, type Stored } from './storage';

export interface Received extends Stored {
  /** All of it is UTF-8 without NUL. */
  isText: boolean;
}

export interface Incoming {
  body: ReadableStream<Uint8Array> | null;
  /** What the Content-Length header states; null without one. */
  announced: number | null;
}

/** Sees every piece on its way to the disk. A refusal stops the upload there. */
export type Look = (piece: Uint8Array) => Refusal | null;

class Stopped extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Stopped';
    this.refusal = refusal;
  }
}

/** The connection broke before the announced end. Told apart from a full disk, which is our fault. */
class BrokenOff extends Error {}

async function* watched(
  body: ReadableStream<Uint8Array>,
  looks: readonly Look[],
): AsyncGenerator<Uint8Array> {
  const pieces = iterate(body);
  try {
    for (;;) {
      const next = await pieces.next().catch((cause: unknown) => {
        throw new BrokenOff('The connection broke off', { cause });
      });
      if (next.done === true) return;
      for (const look of looks) {
        const refusal = look(next.value);
        if (refusal) throw new Stopped(refusal);
      }
      yield next.value;
    }
  } finally {
    await pieces.return(undefined);
  }
}

/** Watches for text while the bytes pass; `isText` is to be asked once, at the end. */
function textWatch(): { look: Look; isText: () => boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = true;
  const decode = (piece?: Uint8Array) => {
    if (!text) return;
    try {
      decoder.decode(piece, { stream: piece !== undefined });
      if (piece?.includes(0)) text = false;
    } catch {
      text = false;
    }
  };
  return {
    look: (piece) => {
      decode(piece);
      return null;
    },
    isText: () => {
      decode();
      return text;
    },
  };
}

/**
 * Streams a request's body into the storage, a piece at a time. Nothing is kept of what is too large, of what ended
 * before its announced length, or of what broke off.
 */
export async function receive(
  storage: Storage,
  { body, announced }: Incoming,
  limit: number,
  look?: Look,
): Promise<({ ok: true } & Received) | Refusal> {
  const tooLarge = tooLargeFor(limit);
  if (announced !== null && announced > limit) return tooLarge;
  if (body === null) return refuse('upload-truncated', { detail: '0' });
  const text = textWatch();
  try {
    const stored = await storage.put(watched(body, look ? [text.look, look] : [text.look]), limit);
    if (stored.size === 0 || (announced !== null && stored.size !== announced)) {
      await storage.remove(stored.key);
      return refuse('upload-truncated', { detail: String(stored.size) });
    }
    return { ok: true, ...stored, isText: text.isText() };
  } catch (error) {
    if (error instanceof TooLargeError) return tooLarge;
    if (error instanceof Stopped) return error.refusal;
    if (error instanceof BrokenOff) return refuse('upload-truncated');
    throw error;
  }
}

/** The limit is named in the refusal, as people write it. */
export const tooLargeFor = (limit: number): Refusal =>
  refuse('upload-too-large', { detail: `${limit / 1024 ** 2} MB` });

/** Content-Length as a number; null where it is absent (chunked) or not a length. */
export function announcedLength(request: Request): number | null {
  const text = request.headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
