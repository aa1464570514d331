import type { ActResult } from '@/lib/forms/act-result';
import type { UploadProgress } from '@/components/sealing/bid-types';

interface Sending {
  tenderId: string;
  /** Ciphertext only. */
  envelope: Blob;
  /** BCP 47, for the sentence of a refusal. */
  language: string;
  onProgress: UploadProgress;
  signal: AbortSignal;
}

type Outcome = ActResult<{ upload: string }>;

function outcomeOf(request: XMLHttpRequest): Outcome {
  const body = JSON.parse(request.responseText) as Record<string, unknown>;
  if (request.status === 201 && typeof body.id === 'string') return { ok: true, upload: body.id };
  const { code, message } = body;
  if (typeof code !== 'string' || typeof message !== 'string') throw new Error(`HTTP ${request.status}`);
  return { ok: false, code, message };
}

/**
 * Streams the sealed envelope to the registry. XMLHttpRequest, because fetch reports no progress of what it sends.
 * @throws when the connection fails or something other than the registry answers; AbortError when it is stopped
 */
export function sendEnvelope({
  tenderId,
  envelope,
  language,
  onProgress,
  signal,
}: Sending): Promise<Outcome> {
  const request = new XMLHttpRequest();
  const done = new Promise<Outcome>((resolve, reject) => {
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onload = () => {
      try {
        resolve(outcomeOf(request));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('No answer'));
      }
    };
    request.onerror = () => reject(new Error('The connection failed'));
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
  });
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', `/api/v1/envelopes?tender=${encodeURIComponent(tenderId)}`);
  request.setRequestHeader('Accept-Language', language);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(envelope);
  return done;
}
