import type { HttpResponse } from 'tus-js-client';
import type { ActRefusal } from '@/lib/forms/act-result';
import { noAnswer, refusalIn, refusalOfUpload, sentIn, type Answer, type Sent } from './answer';

/** The requests of one upload, by the tus protocol 1.0.0. Each may throw LineError and GoneError. */
export interface RegistryLine {
  /** Begins an upload. */
  begin(): Promise<{ ok: true; url: string } | ActRefusal>;
  /** Sends from where the registry stands to the end; tells how much is sent, and how much of it has arrived. */
  send(url: string, piece: number, tell: (sent: number, arrived: number) => void): Promise<Sent | null>;
  /** Asks for the outcome of an upload that is complete; null when it is not. */
  conclude(url: string): Promise<Sent | null>;
}

export interface LineOptions {
  tenderId: string;
  /** Ciphertext only. */
  envelope: Blob;
  /** BCP 47, for the sentence of a refusal. */
  language: string;
  signal: AbortSignal;
}

const ENDPOINT = '/api/v1/envelopes/tus';
const OFFSET_STREAM = 'application/offset+octet-stream';
/** A connection on which nothing has moved for so long is dead, in milliseconds. */
const STALL = 90_000;

/** Loads what sends, before it is needed: later the platform may not answer. */
export const loadTus = () => import('tus-js-client');

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, cache: 'no-store' });
  } catch (error) {
    throw noAnswer(error);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  const text = await response.text().catch(() => '');
  return { status: response.status, text, ...(retryAfter > 0 ? { retryAfter } : {}) };
}

export function registryLine({ tenderId, envelope, language, signal }: LineOptions): RegistryLine {
  const own = { 'Accept-Language': language };
  const common = { 'Tus-Resumable': '1.0.0', ...own };
  const conclude = async (url: string): Promise<Sent | null> => {
    const headers = { ...common, 'Upload-Offset': String(envelope.size), 'Content-Type': OFFSET_STREAM };
    const response = await ask(url, { method: 'PATCH', headers, body: new Uint8Array(0), signal });
    const answer = await answerOf(response);
    if (response.ok) return sentIn(answer.text);
    // Another place than the end: not all of it has arrived.
    return answer.status === 409 && !answer.text.startsWith('{') ? null : refusalOfUpload(answer);
  };
  return {
    async begin() {
      const headers = { ...common, 'Upload-Length': String(envelope.size) };
      const url = `${ENDPOINT}?tender=${encodeURIComponent(tenderId)}`;
      const response = await ask(url, { method: 'POST', headers, signal });
      const place = response.headers.get('location');
      if (response.status === 201 && place?.startsWith(ENDPOINT)) return { ok: true, url: place };
      return refusalIn(await answerOf(response));
    },
    // The library adds the protocol's own headers: given twice, a browser joins them to what no server takes.
    send: (url, piece, tell) => sendPieces({ url, piece, envelope, headers: own, signal, tell, conclude }),
    conclude,
  };
}

interface Pieces {
  url: string;
  piece: number;
  envelope: Blob;
  headers: Record<string, string>;
  signal: AbortSignal;
  tell: (sent: number, arrived: number) => void;
  conclude: RegistryLine['conclude'];
}

async function sendPieces(pieces: Pieces): Promise<Sent | null> {
  const { url, signal, conclude } = pieces;
  const tus = await loadTus().catch((error: unknown) => {
    throw noAnswer(error);
  });
  signal.throwIfAborted();
  const answer = await runTus(tus, pieces);
  if (answer.status < 300 && answer.status >= 200) return sentIn(answer.text) ?? conclude(url);
  // Where the registry stands is asked without a body: its sentence is to be had by asking for the outcome.
  const wordless = answer.text === '' && (answer.status === 401 || answer.status === 403);
  return wordless ? conclude(url) : refusalOfUpload(answer);
}

/** The last answer of a run of tus-js-client: status 0 when the connection failed. */
function answerIn(response: HttpResponse | null): Answer {
  const retryAfter = Number(response?.getHeader('Retry-After') ?? 0);
  return { status: response?.getStatus() ?? 0, text: response?.getBody() ?? '', retryAfter };
}

/**
 * One run of tus-js-client: it asks where the registry stands, then sends piece after piece. Trying again is not its
 * business. @throws LineError when nothing moves; the signal's reason when it is stopped
 */
function runTus(
  { Upload, DetailedError }: Awaited<ReturnType<typeof loadTus>>,
  { url, piece, envelope, headers, signal, tell }: Pieces,
): Promise<Answer> {
  let arrived = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<Answer>((resolve, reject) => {
    const stop = (reason: Error) => {
      void upload.abort();
      reject(reason);
    };
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop(noAnswer('nothing moves')), STALL);
    };
    const upload = new Upload(envelope, {
      uploadUrl: url,
      chunkSize: piece,
      headers,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onAfterResponse: (_request, response) => {
        arrived = Math.max(arrived, Number(response.getHeader('Upload-Offset') ?? 0));
        alive();
      },
      onProgress: (sent) => {
        alive();
        tell(sent, arrived);
      },
      onSuccess: ({ lastResponse }) => resolve(answerIn(lastResponse)),
      onError: (error) =>
        error instanceof DetailedError ? resolve(answerIn(error.originalResponse)) : reject(error),
    });
    signal.addEventListener('abort', () => stop(signal.reason as Error), { once: true });
    alive();
    upload.start();
  }).finally(() => clearTimeout(timer));
}
