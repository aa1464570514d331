import type { ActRefusal, ActResult } from '@/lib/forms/act-result';

/** What a request came to: an HTTP status, 0 when none came, and its body. */
export interface Answer {
  status: number;
  text: string;
  /** Seconds that the server asks to wait. */
  retryAfter?: number;
}

/** What an upload has become: its row's identifier. */
export type Sent = ActResult<{ upload: string }>;

/** The line, or the platform, failed for now: what has arrived stays, and the same is tried again. */
export class LineError extends Error {
  /** Not before so many seconds. */
  readonly after: number;
  /** Something on the way takes no piece of this size. */
  readonly tooMuch: boolean;
  constructor({ status, text, retryAfter = 0 }: Answer) {
    super(`HTTP ${status}: ${text.slice(0, 100)}`);
    this.name = 'LineError';
    this.after = retryAfter;
    this.tooMuch = status === 413;
  }
}

/** The platform knows no such upload (any more): another is to be begun. */
export class GoneError extends Error {}

/** What went wrong on our side of the line: no answer at all. */
export const noAnswer = (error: unknown): LineError =>
  new LineError({ status: 0, text: error instanceof Error ? error.message : String(error) });

function parse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The upload that a body tells of, or null. */
export function sentIn(text: string): Sent | null {
  const { id } = parse(text);
  return typeof id === 'string' ? { ok: true, upload: id } : null;
}

/** Statuses that say "not now", whatever else the body says (RFC 9110, RFC 6585, RFC 4918 for 423). */
const NOT_NOW: readonly number[] = [408, 423, 425, 429];

/**
 * A refusal of the registry, to be told as it is. Whatever else may have answered, a portal of a hotel or a proxy under
 * maintenance, is trouble of the line. @throws LineError
 */
export function refusalIn(answer: Answer): ActRefusal {
  const { status, text } = answer;
  const { code, message } = parse(text);
  const refused = status >= 400 && status < 500 && !NOT_NOW.includes(status);
  if (!refused || typeof code !== 'string' || typeof message !== 'string') throw new LineError(answer);
  return { ok: false, code, message };
}

/** The same about an upload that has begun. @throws LineError; GoneError where there is none (any more) */
export function refusalOfUpload(answer: Answer): ActRefusal {
  if (answer.status === 404 || answer.status === 410) throw new GoneError();
  return refusalIn(answer);
}
